"""What kind of file has been sent: told by its content, never by its name."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import Path

from sobo.intake.reading import archives, biff, compound, encodings
from sobo.intake.reading.limits import Limits, as_megabytes
from sobo.intake.reading.refusals import FileRefused


class FileKind(Enum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DELIMITED = "csv"


ZIP_SIGNATURE = b"PK\x03\x04"
OPENDOCUMENT_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
BYTES_TO_RECOGNISE = 1 << 16


def recognise(path: Path, *, limits: Limits) -> FileKind:
    """Tell the format of a file and refuse one that must not be opened.

    Raises FileRefused with one of the codes of `refusals.REFUSALS`.
    """
    size = path.stat().st_size
    if size == 0:
        raise FileRefused("TA-0002")
    if size > limits.file_bytes:
        raise FileRefused("TA-0006", limit=as_megabytes(limits.file_bytes))
    with path.open("rb") as stream:
        beginning = stream.read(BYTES_TO_RECOGNISE)
    if beginning.startswith(ZIP_SIGNATURE):
        return _recognise_archive(path, limits=limits)
    if beginning.startswith(compound.SIGNATURE):
        return _recognise_compound(path)
    return _recognise_text(beginning)


def _recognise_archive(path: Path, *, limits: Limits) -> FileKind:
    with archives.open_archive(path, limits=limits) as archive:
        names = frozenset(archive.namelist())
        _refuse_macros(names)
        if "xl/workbook.bin" in names:
            raise FileRefused("TA-0010", format=".xlsb")
        if "xl/workbook.xml" in names:
            kind = FileKind.XLSX
        elif _is_opendocument_spreadsheet(archive, names, limits=limits):
            kind = FileKind.ODS
        else:
            raise FileRefused("TA-0001")
        archives.verify_contents(archive, limits=limits)
    return kind


def _refuse_macros(names: frozenset[str]) -> None:
    lowered = [name.lower() for name in names]
    holds_macros = any(
        name.endswith("vbaproject.bin")
        or name.startswith(("xl/macrosheets/", "basic/", "scripts/"))
        for name in lowered
    )
    if holds_macros:
        raise FileRefused("TA-0004")


def _is_opendocument_spreadsheet(
    archive: zipfile.ZipFile, names: frozenset[str], *, limits: Limits
) -> bool:
    if not {"mimetype", "content.xml"} <= names:
        return False
    if not archives.read_part(archive, "mimetype", limits=limits).startswith(
        OPENDOCUMENT_SPREADSHEET
    ):
        return False
    if "META-INF/manifest.xml" in names:
        manifest = archives.read_part(archive, "META-INF/manifest.xml", limits=limits)
        if b"encryption-data" in manifest:
            raise FileRefused("TA-0003")
    return True


def _recognise_compound(path: Path) -> FileKind:
    container = compound.CompoundFile(path.read_bytes())
    if "EncryptedPackage" in container.names:
        raise FileRefused("TA-0003")
    if not container.names & biff.WORKBOOK_STREAMS:
        raise FileRefused("TA-0001")
    if "_VBA_PROJECT_CUR" in container.names:
        raise FileRefused("TA-0004")
    return FileKind.XLS


def _recognise_text(beginning: bytes) -> FileKind:
    if not encodings.strip_byte_order_mark(beginning).strip():
        raise FileRefused("TA-0002")
    lowered = beginning[:4096].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        raise FileRefused("TA-0010", format="XML Spreadsheet 2003")
    if b"<html" in lowered or b"<table" in lowered:
        raise FileRefused("TA-0010", format="HTML")
    if encodings.is_binary(beginning):
        raise FileRefused("TA-0001")
    return FileKind.DELIMITED
