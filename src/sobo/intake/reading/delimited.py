"""Text files whose values are set apart by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sobo.intake.reading import encodings
from sobo.intake.reading.limits import MEGABYTE
from sobo.intake.reading.refusals import FileRefused

SEPARATORS = ("\t", ";", ",", "|")
LINES_TO_JUDGE = 50
EXCEL_SEPARATOR_LINE = "sep="


@dataclass(frozen=True)
class Dialect:
    """How a text file is to be read; `preamble` counts lines that only declare the separator."""

    encoding: str
    separator: str
    preamble: int = 0


def recognise_dialect(path: Path) -> Dialect:
    """Guess encoding and separator from the first megabyte.

    Raises FileRefused: TA-0009 for an unknown encoding, TA-0001 for text that is no table.
    """
    with path.open("rb") as stream:
        sample = stream.read(MEGABYTE)
    encoding = encodings.guess_encoding(sample)
    text = encodings.decode(sample, encoding)
    lines = text.splitlines()[:LINES_TO_JUDGE]
    if lines and lines[0].lower().startswith(EXCEL_SEPARATOR_LINE) and len(lines[0]) > 4:
        return Dialect(encoding, lines[0][len(EXCEL_SEPARATOR_LINE)], preamble=1)
    return Dialect(encoding, _guess_separator(lines))


def _guess_separator(lines: list[str]) -> str:
    """The separator that cuts most lines into the same number of values, more than one."""
    scores = {separator: _regularity(lines, separator) for separator in SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    if scores[best] == (0, 0):
        raise FileRefused("TA-0001")
    return best


def _regularity(lines: list[str], separator: str) -> tuple[int, int]:
    """(lines of the commonest width, that width), counting only lines that were cut at all."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    except csv.Error:
        return (0, 0)
    cut = [(count, width) for width, count in widths.items() if width > 1]
    return max(cut, default=(0, 0))


def read_rows(path: Path, dialect: Dialect) -> Iterator[list[str]]:
    """Yield every record as text, blank lines included, so that records count as sheet rows.

    Raises FileRefused (TA-0007) for quotes that never close.
    """
    lines = read_lines(path, dialect.encoding)
    for _ in range(dialect.preamble):
        next(lines, "")
        yield []
    try:
        yield from csv.reader(lines, delimiter=dialect.separator)
    except (csv.Error, UnicodeError) as error:
        raise FileRefused("TA-0007") from error


def read_lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield the lines of a text file with their ends, decoded and composed (NFC)."""
    codec = "latin-1" if encoding == encodings.TCVN3 else encoding
    with path.open(encoding=codec, newline="") as stream:
        for line in stream:
            if encoding == encodings.TCVN3:
                yield line.translate(encodings.TCVN3_LETTERS)
            else:
                yield unicodedata.normalize("NFC", line)
