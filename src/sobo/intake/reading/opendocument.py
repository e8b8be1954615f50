"""The anatomy of an .ods workbook (OASIS OpenDocument 1.3, part 3)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sobo.intake.reading import archives, markup
from sobo.intake.reading.anatomy import SheetAnatomy, Span, WorkbookAnatomy, spread
from sobo.intake.reading.limits import Limits
from sobo.kernel.excel import column_letters

LAST_COLUMN = 16_384
LAST_ROW = 1_048_576


def read_anatomy(path: Path, *, limits: Limits) -> WorkbookAnatomy:
    """Scan every table of a verified .ods file, in the order of its tabs."""
    scan = _DocumentScan()
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("content.xml")
        markup.read_tags(archives.inflate(archive, part, limits=limits), scan.on_tag)
    return scan.workbook


class _DocumentScan:
    """Follows the tags of the document; repeated rows and cells are counted, not expanded."""

    def __init__(self) -> None:
        self.workbook = WorkbookAnatomy()
        self._sheet = SheetAnatomy()
        self._next_row = self._next_column = self._next_column_style = 1
        self._row = self._row_count = 1

    def on_tag(self, tag: str, attributes: markup.Attributes) -> None:
        if tag in ("table-cell", "covered-table-cell"):
            self._read_cell(_local(attributes))
        elif tag == "table-row":
            self._open_row(_local(attributes))
        elif tag == "table-column":
            self._read_column(_local(attributes))
        elif tag == "table":
            self._open_table(_local(attributes))
        elif tag == "table-source":
            self.workbook.has_external_links = True

    def _open_table(self, attributes: markup.Attributes) -> None:
        self._sheet = SheetAnatomy(attributes.get("name", ""))
        self.workbook.sheets.append(self._sheet)
        self._next_row = self._next_column_style = 1

    def _read_column(self, attributes: markup.Attributes) -> None:
        count = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility", "visible") != "visible":
            hidden = spread(self._next_column_style, count, ceiling=LAST_COLUMN)
            self._sheet.hidden_columns.update(hidden)
        self._next_column_style += count

    def _open_row(self, attributes: markup.Attributes) -> None:
        self._row, self._row_count = self._next_row, _count(attributes, "number-rows-repeated")
        self._next_row += self._row_count
        self._next_column = 1
        if attributes.get("visibility", "visible") != "visible":
            self._sheet.hidden_rows.update(spread(self._row, self._row_count, ceiling=LAST_ROW))

    def _read_cell(self, attributes: markup.Attributes) -> None:
        column, count = self._next_column, _count(attributes, "number-columns-repeated")
        self._next_column += count
        self._note_span(column, attributes)
        has_value, has_formula = "value-type" in attributes, "formula" in attributes
        if has_value:
            self._sheet.holds(self._row + self._row_count - 1, column + count - 1)
        if has_formula:
            self._note_formula(column, has_value=has_value)
        if attributes.get("value-type") == "error":
            self._sheet.errors.append(f"{column_letters(column)}{self._row}")

    def _note_formula(self, column: int, *, has_value: bool) -> None:
        self._sheet.formulas += 1
        if not has_value:
            self._sheet.formulas_without_value.append(f"{column_letters(column)}{self._row}")

    def _note_span(self, column: int, attributes: markup.Attributes) -> None:
        rows = _count(attributes, "number-rows-spanned")
        columns = _count(attributes, "number-columns-spanned")
        if rows > 1 or columns > 1:
            last_row, last_column = self._row + rows - 1, column + columns - 1
            self._sheet.merged.append(Span(self._row, column, last_row, last_column))


def _local(attributes: markup.Attributes) -> markup.Attributes:
    """Attributes without namespaces; LibreOffice's own `calcext:value-type` comes last and wins."""
    return {markup.local_name(name): value for name, value in attributes.items()}


def _count(attributes: markup.Attributes, name: str) -> int:
    value = attributes.get(name, "1")
    return max(1, int(value)) if value.isdecimal() else 1
