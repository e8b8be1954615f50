"""Very large text files, read in pieces at the speed of compiled code."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from sobo.intake.reading.body import ROW, composed
from sobo.intake.reading.delimited import Dialect, read_lines, recognise_dialect
from sobo.intake.reading.refusals import FileRefused

ROWS_A_CHUNK = 100_000
READ_AS_THEY_ARE = frozenset({"utf-8", "utf-8-sig"})


def read_csv_chunks(path: Path, *, rows: int = ROWS_A_CHUNK) -> Iterator[pl.DataFrame]:
    """Yield a text file with its labels in the first record as frames of at most `rows` rows.

    Columns: `row` (Int32, the record's place counted from 1, so the first data row is 2), then
    one String column per label; an empty value is null.  Memory does not grow with the file.
    Raises FileRefused: TA-0002 empty, TA-0001 no table, TA-0007 ragged or broken, TA-0009
    unknown encoding.
    """
    if not path.stat().st_size:
        raise FileRefused("TA-0002")
    dialect = recognise_dialect(path)
    with _as_utf8(path, dialect) as source:
        first_row = dialect.preamble + 2
        scan = pl.scan_csv(
            source,
            separator=dialect.separator,
            skip_lines=dialect.preamble,
            infer_schema=False,
            row_index_name=ROW,
            row_index_offset=first_row,
        )
        numbered = scan.with_columns(pl.col(ROW).cast(pl.Int32))
        try:
            batches = numbered.collect_batches(chunk_size=rows, maintain_order=True)
            yield from map(composed, batches)
        except pl.exceptions.PolarsError as error:
            raise FileRefused("TA-0007") from error


@contextmanager
def _as_utf8(path: Path, dialect: Dialect) -> Iterator[Path]:
    """The file itself where it is UTF-8, else a copy that lasts while it is read."""
    if dialect.encoding in READ_AS_THEY_ARE:
        yield path
        return
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as copy:
        copy.writelines(read_lines(path, dialect.encoding))
        copy.flush()
        yield Path(copy.name)
