"""The columns of a sheet of a file beside ours: labels and how full they are, never a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sobo.intake import storage
from sobo.intake.models import Batch
from sobo.intake.queries.rows import choices, levels_of
from sobo.intake.reading.likeness import Suggestion, describe
from sobo.intake.reading.tables import FoundTable, find_table
from sobo.intake.reading.workbook import Workbook, read_workbook
from sobo.intake.recognition import Choice, best_choice, headings_of
from sobo.registry.sheets import SHEETS, Sheet, sheet_by_key


@dataclass(frozen=True, kw_only=True)
class FileColumn:
    """One column of the file, and which of ours it is or may be."""

    letter: str
    label: str
    filled: int
    distinct: int
    key: str
    """Ours; empty where nobody said."""
    suggestions: Sequence[Suggestion]


@dataclass(frozen=True, kw_only=True)
class FileSheet:
    """One sheet of the file as it would be read; columns nobody knows come first."""

    name: str
    sheet: Sheet | None
    """Ours; none where it is left out."""
    heading_row: int | None
    rows: int
    columns: list[FileColumn]
    missing: list[str]
    """Labels of required columns that no column of the file holds."""


def sheet_names(batch: Batch) -> list[str]:
    """The names of the file's sheets, in their order. Raises `FileRefused`."""
    return [sheet.name for sheet in read_workbook(storage.original(batch.public_id)).sheets]


def file_sheet(batch: Batch, name: str, *, key: str | None, heading_row: int | None) -> FileSheet:
    """One sheet of the file, read as one of ours.

    `key` and `heading_row` are what a person asks to see; none: what was chosen, remembered or
    recognised. Raises `KeyError` for a sheet that is not in the file, `FileRefused`.
    """
    workbook = read_workbook(storage.original(batch.public_id))
    choice = _choice(batch, workbook, name, key)
    if not choice.sheet:
        return FileSheet(name=name, sheet=None, heading_row=None, rows=0, columns=[], missing=[])
    return _read_as(batch, workbook, name, choice, heading_row or choice.heading_row)


def _choice(batch: Batch, workbook: Workbook, name: str, key: str | None) -> Choice:
    """What is chosen for a sheet; asked to be another of ours, it is looked at afresh."""
    source = workbook.sheet(name)
    chosen = choices(batch, workbook).get(name) or best_choice(source, levels_of(batch))
    return chosen if key is None or key == chosen.sheet else Choice(sheet=key)


def _read_as(
    batch: Batch, workbook: Workbook, name: str, choice: Choice, heading_row: int | None
) -> FileSheet:
    sheet = sheet_by_key(choice.sheet)
    headings = headings_of(sheet, levels_of(batch))
    same_row = heading_row == choice.heading_row
    table = find_table(
        workbook.sheet(name),
        headings,
        mapping=(choice.columns or None) if same_row else None,
        heading_row=heading_row,
    )
    return FileSheet(
        name=name,
        sheet=sheet,
        heading_row=table.heading_rows[-1] if table.heading_rows else None,
        rows=len(table.frame),
        columns=sorted(_columns_of(table), key=lambda column: bool(column.key)),
        missing=[sheet.columns[key].label() for key in table.missing],
    )


def _columns_of(table: FoundTable) -> Iterator[FileColumn]:
    """The columns that are one of ours or hold something."""
    keys = {letter: key for key, letter in table.letters.items()}
    others = {column.letter: column for column in table.unmapped}
    for column in table.columns:
        key, other = keys.get(column.letter, ""), others.get(column.letter)
        if key or other:
            said = other or describe(column, table.frame[key], [])
            yield FileColumn(
                letter=column.letter,
                label=column.label,
                filled=said.filled,
                distinct=said.distinct,
                key=key,
                suggestions=() if key else said.suggestions,
            )


def our_columns(batch: Batch, sheet: Sheet, language: str) -> list[tuple[str, str]]:
    """Key and label of every column the school has in one of our sheets."""
    columns = sheet.columns_for(levels_of(batch)).values()
    return [(column.key, column.label(language)) for column in columns]


def our_sheets(language: str) -> list[tuple[str, str]]:
    """Key and name of each of our sheets."""
    return [(sheet.key, sheet.name_en if language == "en" else sheet.name) for sheet in SHEETS]
