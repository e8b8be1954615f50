"""How much a file may ask of the machine before it is turned away."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Configurable ceilings; the defaults keep the reading of an honest file within 1 GB.

    A register of 100,000 learners by 72 columns is 7.2 million cells and about 250 MB of XML,
    which deflate shrinks ten to thirty times.  Blank formatted rows shrink up to a hundred
    times, so the ratio is only looked at once the contents are large.
    """

    file_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 1_200 * MEGABYTE
    strings_bytes: int = 256 * MEGABYTE
    part_bytes_before_ratio: int = 64 * MEGABYTE
    compression_ratio: int = 200
    archive_parts: int = 5_000
    cells: int = 16_000_000
    reader_bytes: int = 1_500 * MEGABYTE
    reader_seconds: int = 120


def as_megabytes(size: int) -> str:
    return f"{size // MEGABYTE:,} MB".replace(",", ".")
