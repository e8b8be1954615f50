"""The figures of one form: kept in the order of its cells, added, compared, signed."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from sobo.kernel.school_year import SchoolYear
from sobo.reporting.forms.definition import CellKey, Definition


class Blank(Enum):
    """Why a cell holds no figure. A blank is not zero."""

    NOT_APPLICABLE = "#"
    WAITING = "…"


Cell: TypeAlias = int | Blank


@dataclass(frozen=True, kw_only=True)
class FormValues:
    """The figures of a form for one institution, or of several added up.

    Raises `ValueError` where there are not as many figures as the form has cells.
    """

    definition: Definition
    of: str
    """Code of the institution or unit."""
    on: date
    """The reference day."""
    figures: tuple[int | None, ...]
    """In the order of `definition.cell_keys`; None where a cell is blank."""

    def __post_init__(self) -> None:
        if len(self.figures) != len(self.definition.cell_keys):
            raise ValueError(
                f"{self.definition.code} has {len(self.definition.cell_keys)} cells, "
                f"{len(self.figures)} figures given"
            )

    @property
    def school_year(self) -> SchoolYear:
        """The school year the figures belong to."""
        return SchoolYear.of(self.on)

    @cached_property
    def cells(self) -> Mapping[CellKey, Cell]:
        """Every cell with its figure, or why it has none."""
        pairs = zip(self.definition.cell_keys, self.figures, strict=True)
        return {key: self._blank(key) if n is None else n for key, n in pairs}

    def figure(self, sheet: str, row: str, column: int = 1) -> Cell:
        """One cell. Raises `KeyError` where the form has no such cell."""
        return self.cells[CellKey(sheet, row, column)]

    def _blank(self, key: CellKey) -> Blank:
        waits = self.definition.sheet_by_key[key.sheet].waits
        return Blank.NOT_APPLICABLE if waits is None else Blank.WAITING


class Difference(NamedTuple):
    """A cell whose figure changed."""

    key: CellKey
    before: Cell
    after: Cell


def add(values: Iterable[FormValues], *, of: str) -> FormValues:
    """Add the forms of several institutions into that of the unit `of`.

    Raises `ValueError` where they are not all of one edition and reference day, or there is none.
    """
    forms = list(values)
    if len({(id(form.definition), form.on) for form in forms}) != 1:
        raise ValueError("only forms of one edition and one reference day add up")
    columns = zip(*(form.figures for form in forms), strict=True)
    return FormValues(
        definition=forms[0].definition,
        of=of,
        on=forms[0].on,
        figures=tuple(_sum(column) for column in columns),
    )


def differences(before: FormValues, after: FormValues) -> tuple[Difference, ...]:
    """Cells that differ between two computations of one form, in order."""
    pairs = zip(before.cells.items(), after.cells.values(), strict=True)
    return tuple(Difference(key, old, new) for (key, old), new in pairs if old != new)


def canonical(values: FormValues) -> bytes:
    """The form as bytes that are the same for the same figures: what is digested and signed."""
    document = {
        "form": values.definition.code,
        "edition": values.definition.edition,
        "level": values.definition.level,
        "of": values.of,
        "school_year": str(values.school_year),
        "reference_day": values.on.isoformat(),
        "sheets": _by_sheet_and_row(values),
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(values: FormValues) -> str:
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(values)).hexdigest()


def _sum(figures: Sequence[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def _by_sheet_and_row(values: FormValues) -> dict[str, dict[str, list[Any]]]:
    sheets: dict[str, dict[str, list[Any]]] = {}
    for key, cell in values.cells.items():
        row = sheets.setdefault(key.sheet, {}).setdefault(key.row, [])
        row.append(cell.value if isinstance(cell, Blank) else cell)
    return sheets
