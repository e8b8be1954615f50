"""The product's typeface with figures of equal width.

Be Vietnam Pro draws a "1" little more than half as wide as a "4" and has no tabular alternates
(no `tnum` feature), so columns of figures would not line up. We therefore serve copies in which
the ten digits share one advance width. Nothing else of the fonts changes, and their licence (OFL,
without a reserved name) allows it.
"""

from __future__ import annotations

import struct
from importlib.resources import files
from pathlib import Path

WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")

# Thousandths of an em: between the regular "3" (660) and "0" (676), so that the shapes keep
# their rhythm and only the "1" is visibly given more room.
DIGIT_ADVANCE = 664

_TABLE_RECORD = struct.Struct(">4sIII")
_LONG_METRIC = struct.Struct(">Hh")
_CHECKSUM_OF_A_WHOLE_FONT = 0xB1B0AFBA


def write_typeface(*, into: Path) -> list[Path]:
    """Write the four weights the stylesheet names as `BeVietnamPro-<weight>.ttf`.

    Returns the paths written; the folder is made when missing.
    """
    into.mkdir(parents=True, exist_ok=True)
    return [_write_weight(weight, into) for weight in WEIGHTS]


def with_tabular_figures(font: bytes) -> bytes:
    """A copy of a TrueType font whose digits 0–9 all advance by `DIGIT_ADVANCE`.

    Only the horizontal metrics change: a renderer places an outline by its left side bearing, so
    shifting that by half the difference keeps each digit centred in its new width.
    """
    copy = bytearray(font)
    tables = _tables(font)
    for glyph in _digit_glyphs(font, tables["cmap"][0]):
        at = tables["hmtx"][0] + _LONG_METRIC.size * glyph
        advance, bearing = _LONG_METRIC.unpack_from(font, at)
        _LONG_METRIC.pack_into(copy, at, DIGIT_ADVANCE, bearing + (DIGIT_ADVANCE - advance) // 2)
    _mend_checksums(copy, tables)
    return bytes(copy)


def original(weight: str) -> bytes:
    """The font file of a weight as its makers drew it."""
    return (files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf").read_bytes()


def digit_advances(font: bytes) -> list[int]:
    """Advance widths of the digits 0–9, in the font's own units."""
    tables = _tables(font)
    start = tables["hmtx"][0]
    glyphs = _digit_glyphs(font, tables["cmap"][0])
    return [
        _LONG_METRIC.unpack_from(font, start + _LONG_METRIC.size * glyph)[0] for glyph in glyphs
    ]


def _write_weight(weight: str, into: Path) -> Path:
    target = into / f"BeVietnamPro-{weight}.ttf"
    target.write_bytes(with_tabular_figures(original(weight)))
    return target


def _tables(font: bytes) -> dict[str, tuple[int, int]]:
    """Offset and length of every table, by tag."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = [_TABLE_RECORD.unpack_from(font, 12 + _TABLE_RECORD.size * i) for i in range(count)]
    return {tag.decode("ascii"): (offset, length) for tag, _, offset, length in records}


def _digit_glyphs(font: bytes, cmap: int) -> list[int]:
    segments = _unicode_segments(font, cmap)
    return [_glyph(font, segments, code) for code in range(ord("0"), ord("9") + 1)]


def _unicode_segments(font: bytes, cmap: int) -> int:
    """Where the Windows Unicode subtable (platform 3, encoding 1, format 4) begins."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)
        if (platform, encoding) == (3, 1):
            return cmap + int(offset)
    raise ValueError("the font has no Windows Unicode character map")


def _glyph(font: bytes, segments: int, code: int) -> int:
    """The glyph of a character, by the segment arrays of a format 4 subtable."""
    (doubled_count,) = struct.unpack_from(">H", font, segments + 6)
    ends = segments + 14
    starts = ends + doubled_count + 2
    for at in range(0, doubled_count, 2):
        (last,), (first,) = (struct.unpack_from(">H", font, base + at) for base in (ends, starts))
        if first <= code <= last:
            return _glyph_in_segment(font, starts + at, doubled_count, code - first, code)
    raise ValueError(f"the font has no glyph for {chr(code)!r}")


def _glyph_in_segment(font: bytes, start: int, width: int, position: int, code: int) -> int:
    (delta,) = struct.unpack_from(">H", font, start + width)
    (range_offset,) = struct.unpack_from(">H", font, start + 2 * width)
    if range_offset == 0:
        return int(code + delta) & 0xFFFF
    (glyph,) = struct.unpack_from(">H", font, start + 2 * width + range_offset + 2 * position)
    return int(glyph)


def _mend_checksums(font: bytearray, tables: dict[str, tuple[int, int]]) -> None:
    """Recompute the checksum of `hmtx` and of the whole, which some systems verify."""
    adjustment = tables["head"][0] + 8
    struct.pack_into(">I", font, adjustment, 0)
    for index in range(len(tables)):
        at = 12 + _TABLE_RECORD.size * index
        _, _, offset, length = _TABLE_RECORD.unpack_from(font, at)
        struct.pack_into(">I", font, at + 4, _checksum(font[offset : offset + length]))
    struct.pack_into(
        ">I", font, adjustment, (_CHECKSUM_OF_A_WHOLE_FONT - _checksum(font)) & 0xFFFFFFFF
    )


def _checksum(data: bytes | bytearray) -> int:
    padded = bytes(data) + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
