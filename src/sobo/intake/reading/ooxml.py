"""The anatomy of an .xlsx workbook (ECMA-376 part 1, SpreadsheetML).

The values come from the compiled reader; this scan of the same parts finds what that reader
does not tell: hidden rows and columns, formulas that were never computed, error cells, and how
far the cells reach.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sobo.intake.reading import archives, markup
from sobo.intake.reading.anatomy import SheetAnatomy, WorkbookAnatomy, spread
from sobo.intake.reading.limits import Limits
from sobo.kernel.excel import column_letters, column_number

WORKBOOK_PART = "xl/workbook.xml"
RELATIONSHIPS_PART = "xl/_rels/workbook.xml.rels"
LAST_COLUMN = 16_384
DIGITS = "0123456789"
CELL_WITH_REFERENCE = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}")
# A cell as nearly all are: its place, perhaps a style and a type, and nothing or a plain value.
# Only where what follows names its own place, or that would slide into the gap; no `>` inside
# a value, or the end of a comment could be taken away with it.
ORDINARY_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]+")?(?: t="(?:s|n|b|str|inlineStr)")?'
    rb"(?:(/)>|>(?:<v>[^<>]*</v>|<is><t[^<>]*>[^<>]*</t></is>)</c>)"
    rb'(?=<c r="|</row>)'
)

# A row that is not hidden and has nothing left in it, before a row that names its own number.
EMPTIED_ROW = re.compile(
    rb'<row r="[0-9]+"(?: (?!hidden)[\w:]+="[^"<>]*")*(?:/>|></row>)(?=<row r="|</sheetData>)'
)


def read_anatomy(path: Path, *, limits: Limits) -> WorkbookAnatomy:
    """Scan every worksheet of a verified .xlsx file, in the order of its tabs.

    Sheets that hold no cells (charts, dialogs) get an empty anatomy, so that positions agree.
    """
    with zipfile.ZipFile(path) as archive:
        workbook, tabs = _read_workbook_part(archive, limits=limits)
        parts = _read_relationships(archive, limits=limits)
        for name, identifier in tabs:
            part = parts.get(identifier, "")
            workbook.sheets.append(_read_sheet(archive, part, name, limits=limits))
        names = archive.namelist()
        workbook.has_external_links = any(name.startswith("xl/externalLinks/") for name in names)
    return workbook


def _read_workbook_part(
    archive: zipfile.ZipFile, *, limits: Limits
) -> tuple[WorkbookAnatomy, list[tuple[str, str]]]:
    """The workbook's own facts, and (name, relationship) of every tab."""
    workbook, tabs = WorkbookAnatomy(), list[tuple[str, str]]()

    def on_tag(tag: str, attributes: markup.Attributes) -> None:
        if tag == "workbookPr":
            workbook.counts_days_from_1904 = markup.is_true(attributes.get("date1904"))
        elif tag == "sheet":
            tabs.append((attributes.get("name", ""), _relationship(attributes)))

    _scan(archive, WORKBOOK_PART, on_tag, limits=limits)
    return workbook, tabs


def _relationship(attributes: markup.Attributes) -> str:
    named = {markup.local_name(name): value for name, value in attributes.items()}
    return named.get("id", "")


def _read_relationships(archive: zipfile.ZipFile, *, limits: Limits) -> dict[str, str]:
    parts: dict[str, str] = {}

    def on_tag(tag: str, attributes: markup.Attributes) -> None:
        if tag == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            parts[attributes.get("Id", "")] = target.lstrip("/")

    _scan(archive, RELATIONSHIPS_PART, on_tag, limits=limits)
    return parts


def _scan(
    archive: zipfile.ZipFile,
    name: str,
    on_tag: Callable[[str, markup.Attributes], None],
    *,
    limits: Limits,
) -> None:
    if name in archive.namelist():
        chunks = archives.inflate(archive, archive.getinfo(name), limits=limits)
        markup.read_tags(chunks, on_tag)


def _read_sheet(archive: zipfile.ZipFile, part: str, name: str, *, limits: Limits) -> SheetAnatomy:
    scan = _SheetScan(name)
    if part not in archive.namelist():
        return scan.sheet
    chunks = archives.inflate(archive, archive.getinfo(part), limits=limits)
    markup.read_tags(_without_ordinary_cells(chunks, scan.sheet), scan.on_tag)
    return scan.finish()


def _without_ordinary_cells(chunks: Iterator[bytes], sheet: SheetAnatomy) -> Iterator[bytes]:
    """Take ordinary cells out before parsing, remembering only how far they reach.

    Parsing every tag of 100,000 rows would take four times as long as reading their values.
    """
    for chunk in chunks:
        pieces = ORDINARY_CELL.split(chunk)
        blank = pieces[3::4]
        if any(blank):
            places = zip(pieces[1::4], pieces[2::4], blank, strict=True)
            filled = [(letters, row) for letters, row, is_blank in places if not is_blank]
            columns, rows = {letters for letters, _ in filled}, {row for _, row in filled}
        else:
            columns, rows = set(pieces[1::4]), set(pieces[2::4])
        if columns:
            sheet.holds(max(map(int, rows)), max(map(_column_number, columns)))
        yield EMPTIED_ROW.sub(b"", b"".join(pieces[0::4]))


def _column_number(letters: bytes) -> int:
    return column_number(letters.decode())


class _SheetScan:
    """Follows the tags of one worksheet; a cell is judged when the next one opens."""

    def __init__(self, name: str) -> None:
        self.sheet = SheetAnatomy(name)
        self._row = 0
        self._column = 0
        self._reference = ""
        self._kind: str | None = None
        self._has_formula = False
        self._has_value = False

    def on_tag(self, tag: str, attributes: markup.Attributes) -> None:
        if tag in ("v", "is"):
            self._has_value = True
        elif tag == "c":
            self._close_cell()
            self._reference = attributes.get("r", "")
            self._kind = attributes.get("t")
            self._column += 1
        elif tag == "row":
            self._open_row(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag == "col":
            self._read_column(attributes)

    def finish(self) -> SheetAnatomy:
        self._close_cell()
        return self.sheet

    def _open_row(self, attributes: markup.Attributes) -> None:
        self._close_cell()
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0
        if markup.is_true(attributes.get("hidden")):
            self.sheet.hidden_rows.add(self._row)

    def _read_column(self, attributes: markup.Attributes) -> None:
        if markup.is_true(attributes.get("hidden")):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.sheet.hidden_columns.update(spread(first, last - first + 1, ceiling=LAST_COLUMN))

    def _close_cell(self) -> None:
        self._locate()
        if self._has_value or self._has_formula:
            self.sheet.holds(self._row, self._column)
            if self._has_formula:
                self._note_formula()
            if self._kind == "e":
                self.sheet.errors.append(self._address)
        self._reference = ""
        self._has_value = self._has_formula = False
        self._kind = None

    def _locate(self) -> None:
        """Cells may name their place or just follow one another."""
        if CELL_WITH_REFERENCE.fullmatch(self._reference):
            letters = self._reference.rstrip(DIGITS)
            self._column = column_number(letters)
            self._row = int(self._reference[len(letters) :])

    def _note_formula(self) -> None:
        self.sheet.formulas += 1
        if not self._has_value:
            self.sheet.formulas_without_value.append(self._address)

    @property
    def _address(self) -> str:
        return f"{column_letters(self._column)}{self._row}"
