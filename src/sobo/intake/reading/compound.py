"""The OLE compound file that wraps .xls workbooks and password-protected .xlsx ones.

Layout after Microsoft's open specification [MS-CFB]: a header, chains of sectors, a directory
of named streams.  Chains are followed only as far as the file is long, so that a chain that
bites its own tail ends as a broken file.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import chain

from sobo.intake.reading.refusals import FileRefused

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
SECTOR_SHIFTS = (9, 12)
DIRECTORY_ENTRY_BYTES = 128
SECTORS_LISTED_IN_HEADER = 109
LAST_REAL_SECTOR = 0xFFFFFFFA
ROOT_ENTRY = 5
MINI_SECTOR_BYTES = 64


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file held in memory, by name.

    Raises FileRefused (TA-0007) where the structure does not hold together.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._read_header()
            self._allocation = self._read_allocation_table()
            self._entries = self._read_directory()
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise FileRefused("TA-0007") from error

    @property
    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of the stream of that name; KeyError where there is none."""
        for entry in self._entries:
            if entry.name == name:
                return self._content_of(entry)
        raise KeyError(name)

    def _read_header(self) -> None:
        content = self._content
        shift: int = struct.unpack_from("<H", content, 30)[0]
        if shift not in SECTOR_SHIFTS:
            raise FileRefused("TA-0007")
        self._sector_bytes = 1 << shift
        self._sector_count = len(content) // self._sector_bytes + 1
        (self._directory_start,) = struct.unpack_from("<I", content, 48)
        (self._mini_cutoff, self._mini_start) = struct.unpack_from("<II", content, 56)
        (self._more_start,) = struct.unpack_from("<I", content, 68)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        return self._content[start : start + self._sector_bytes]

    def _read_allocation_table(self) -> tuple[int, ...]:
        listed: list[int] = list(
            struct.unpack_from(f"<{SECTORS_LISTED_IN_HEADER}I", self._content, 76)
        )
        following, per_sector = self._more_start, self._sector_bytes // 4
        for _ in range(self._sector_count):
            if following >= LAST_REAL_SECTOR:
                break
            *more, following = struct.unpack(f"<{per_sector}I", self._sector(following))
            listed += more
        numbers = [number for number in listed if number < LAST_REAL_SECTOR]
        if len(numbers) > self._sector_count // per_sector + 1:
            raise FileRefused("TA-0007")  # the table would describe more sectors than there are
        sectors = (struct.unpack(f"<{per_sector}I", self._sector(number)) for number in numbers)
        return tuple(chain.from_iterable(sectors))

    def _chain(self, start: int, table: tuple[int, ...], longest: int) -> list[int]:
        numbers: list[int] = []
        while start < LAST_REAL_SECTOR:
            if len(numbers) > longest:
                raise FileRefused("TA-0007")
            numbers.append(start)
            start = table[start]
        return numbers

    def _read_chain(self, start: int) -> bytes:
        sectors = self._chain(start, self._allocation, self._sector_count)
        return b"".join(map(self._sector, sectors))

    def _read_directory(self) -> list[_Entry]:
        raw = self._read_chain(self._directory_start)
        entries = []
        for offset in range(0, len(raw) - DIRECTORY_ENTRY_BYTES + 1, DIRECTORY_ENTRY_BYTES):
            (name_bytes,) = struct.unpack_from("<H", raw, offset + 64)
            name = raw[offset : offset + max(0, min(name_bytes, 64) - 2)].decode("utf-16-le")
            start, size = struct.unpack_from("<II", raw, offset + 116)
            if name:
                entries.append(_Entry(name, raw[offset + 66], start, size))
        return entries

    def _content_of(self, entry: _Entry) -> bytes:
        try:
            if entry.size >= self._mini_cutoff:
                return self._read_chain(entry.start)[: entry.size]
            return self._read_mini_chain(entry.start)[: entry.size]
        except (struct.error, IndexError) as error:
            raise FileRefused("TA-0007") from error

    def _read_mini_chain(self, start: int) -> bytes:
        """Streams under 4 KB live in 64-byte pieces of the root entry's own stream."""
        roots = [entry.start for entry in self._entries if entry.kind == ROOT_ENTRY]
        pieces = self._read_chain(roots[0])
        raw = self._read_chain(self._mini_start)
        table = struct.unpack(f"<{len(raw) // 4}I", raw)
        numbers = self._chain(start, table, len(table))
        return b"".join(
            pieces[number * MINI_SECTOR_BYTES : (number + 1) * MINI_SECTOR_BYTES]
            for number in numbers
        )
