"""The anatomy of an .xls workbook (BIFF8, Microsoft's open specification [MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from sobo.intake.reading.anatomy import SheetAnatomy, WorkbookAnatomy, spread
from sobo.intake.reading.compound import CompoundFile
from sobo.intake.reading.refusals import FileRefused
from sobo.kernel.excel import column_letters

WORKBOOK_STREAMS = frozenset({"Workbook", "Book"})
LAST_COLUMN = 256

# Record types, by their names in [MS-XLS] 2.3.
FORMULA, EOF, DATE_1904, FILE_PASS, SUP_BOOK = 0x0006, 0x000A, 0x0022, 0x002F, 0x01AE
COL_INFO, BOUND_SHEET, ROW, BOOL_ERR = 0x007D, 0x0085, 0x0208, 0x0205
MUL_RK, OBJ_PROJ = 0x00BD, 0x00D3
SINGLE_CELLS = frozenset({FORMULA, BOOL_ERR, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E})
MACRO_SHEETS = frozenset({0x01, 0x06})

HIDDEN_COLUMN_BIT = 0x0001
HIDDEN_ROW_BIT = 0x0020
SELF_REFERENCE = 0x0401
ADD_IN_REFERENCE = 0x3A01

Record = tuple[int, bytes]


def read_anatomy(path: Path) -> WorkbookAnatomy:
    """Scan every sheet of an .xls file, in the order of its tabs.

    Raises FileRefused: TA-0003 password, TA-0004 macros, TA-0007 broken.
    """
    container = CompoundFile(path.read_bytes())
    name = next(iter(sorted(WORKBOOK_STREAMS & container.names, reverse=True)))
    stream = container.stream(name)
    try:
        workbook, tabs = _read_globals(stream)
        workbook.sheets = [_read_sheet(stream, offset, name) for name, offset in tabs]
    except struct.error as error:
        raise FileRefused("TA-0007") from error
    return workbook


def _records(stream: bytes, offset: int) -> Iterator[Record]:
    """Yield (type, body) from a substream's beginning to its EOF record."""
    end = len(stream)
    while offset + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, offset)
        if kind == EOF:
            return
        yield kind, stream[offset + 4 : offset + 4 + size]
        offset += 4 + size
    raise FileRefused("TA-0007")


def _read_globals(stream: bytes) -> tuple[WorkbookAnatomy, list[tuple[str, int]]]:
    """The workbook's own facts, and (name, offset in the stream) of every tab."""
    workbook, tabs = WorkbookAnatomy(), list[tuple[str, int]]()
    for kind, body in _records(stream, 0):
        if kind == FILE_PASS:
            raise FileRefused("TA-0003")
        if kind == OBJ_PROJ:
            raise FileRefused("TA-0004")
        if kind == DATE_1904:
            workbook.counts_days_from_1904 = body[:1] == b"\x01"
        elif kind == SUP_BOOK:
            workbook.has_external_links |= _names_another_file(body)
        elif kind == BOUND_SHEET:
            offset, _, sheet_kind = struct.unpack_from("<IBB", body)
            if sheet_kind in MACRO_SHEETS:
                raise FileRefused("TA-0004")
            tabs.append((_sheet_name(body), offset))
    return workbook, tabs


def _sheet_name(body: bytes) -> str:
    """A length, a flag (1: two bytes a letter), the letters."""
    is_wide = body[7:8] == b"\x01"
    return body[8:].decode("utf-16-le" if is_wide else "latin-1", errors="replace")


def _names_another_file(body: bytes) -> bool:
    (reference,) = struct.unpack_from("<H", body, 2)
    return reference not in (SELF_REFERENCE, ADD_IN_REFERENCE)


def _read_sheet(stream: bytes, offset: int, name: str) -> SheetAnatomy:
    sheet = SheetAnatomy(name)
    for kind, body in _records(stream, offset):
        if kind in SINGLE_CELLS:
            _read_cell(sheet, kind, body)
        elif kind == MUL_RK:
            row, _ = struct.unpack_from("<HH", body)
            (last_column,) = struct.unpack_from("<H", body, len(body) - 2)
            sheet.holds(row + 1, last_column + 1)
        elif kind == COL_INFO:
            _read_column(sheet, body)
        elif kind == ROW:
            _read_row(sheet, body)
    return sheet


def _read_cell(sheet: SheetAnatomy, kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    sheet.holds(row + 1, column + 1)
    sheet.formulas += kind == FORMULA
    if _is_error(kind, body):
        sheet.errors.append(f"{column_letters(column + 1)}{row + 1}")


def _is_error(kind: int, body: bytes) -> bool:
    if kind == BOOL_ERR:
        return body[7:8] == b"\x01"
    return kind == FORMULA and body[6:7] == b"\x02" and body[12:14] == b"\xff\xff"


def _read_column(sheet: SheetAnatomy, body: bytes) -> None:
    first, last, _, _, options = struct.unpack_from("<HHHHH", body)
    if options & HIDDEN_COLUMN_BIT:
        sheet.hidden_columns.update(spread(first + 1, last - first + 1, ceiling=LAST_COLUMN))


def _read_row(sheet: SheetAnatomy, body: bytes) -> None:
    (row,) = struct.unpack_from("<H", body)
    (options,) = struct.unpack_from("<H", body, 12)
    if options & HIDDEN_ROW_BIT:
        sheet.hidden_rows.add(row + 1)
