"""Zip containers (.xlsx, .ods) opened without trusting what they say about themselves."""

from __future__ import annotations

import copy
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from sobo.intake.reading.limits import MEGABYTE, Limits, as_megabytes
from sobo.intake.reading.refusals import FileRefused

ENCRYPTED_FLAG = 0x1

# What zipfile is known to raise over a file that is no honest zip file.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    MemoryError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)


def open_archive(path: Path, *, limits: Limits) -> zipfile.ZipFile:
    """Open a zip file whose directory promises contents within the limits.

    Raises FileRefused: TA-0003 password, TA-0005 bomb, TA-0007 broken.
    """
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise FileRefused("TA-0007") from error
    try:
        _check_directory(archive.infolist(), limits=limits)
    except FileRefused:
        archive.close()
        raise
    return archive


def _check_directory(parts: list[zipfile.ZipInfo], *, limits: Limits) -> None:
    if any(part.flag_bits & ENCRYPTED_FLAG for part in parts):
        raise FileRefused("TA-0003")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes or len(parts) > limits.archive_parts:
        raise _too_much(limits)
    if len({part.filename for part in parts}) < len(parts):
        raise FileRefused("TA-0007")  # two parts of one name: readers disagree on which counts
    if any(part.file_size > limits.strings_bytes for part in parts if _holds_strings(part)):
        raise FileRefused("TA-0006", limit=as_megabytes(limits.strings_bytes))
    if any(_is_suspiciously_dense(part, limits=limits) for part in parts):
        raise _too_much(limits)


def _is_suspiciously_dense(part: zipfile.ZipInfo, *, limits: Limits) -> bool:
    if part.file_size < limits.part_bytes_before_ratio:
        return False
    return part.file_size > part.compress_size * limits.compression_ratio


def _holds_strings(part: zipfile.ZipInfo) -> bool:
    """The table of shared texts is the one part that readers must hold in memory whole."""
    return part.filename.lower().endswith("sharedstrings.xml")


def _too_much(limits: Limits) -> FileRefused:
    return FileRefused("TA-0005", limit=as_megabytes(limits.unpacked_bytes))


def verify_contents(archive: zipfile.ZipFile, *, limits: Limits) -> None:
    """Inflate every part once, so that no later reader meets more than the directory promised.

    The reader of the values is compiled code that believes the stream, not the directory; a
    part that inflates past its declared size is therefore stopped here.  No office program
    writes a DTD, and a DTD is what entity bombs are made of, so one is refused.
    """
    for part in archive.infolist():
        for chunk in inflate(archive, part, limits=limits):
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise FileRefused("TA-0007")


def inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, limits: Limits) -> Iterator[bytes]:
    """Yield a part's bytes, a megabyte at a time; refuse one larger than its directory entry."""
    # zipfile stops silently at the declared size; told a larger one, it shows a lie.
    unbounded = copy.copy(part)
    unbounded.file_size = limits.unpacked_bytes + MEGABYTE
    inflated = 0
    try:
        with archive.open(unbounded) as stream:
            while chunk := stream.read(MEGABYTE):
                inflated += len(chunk)
                if inflated > part.file_size:
                    raise _too_much(limits)
                yield chunk
    except BROKEN as error:
        raise FileRefused("TA-0007") from error


def read_part(archive: zipfile.ZipFile, name: str, *, limits: Limits) -> bytes:
    """A small part's bytes, whole."""
    return b"".join(inflate(archive, archive.getinfo(name), limits=limits))
