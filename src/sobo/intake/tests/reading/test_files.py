"""What is let in, what is turned away, and with which words."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from sobo.intake.reading.files import FileKind, recognise
from sobo.intake.reading.limits import MEGABYTE, Limits
from sobo.intake.reading.refusals import REFUSALS, FileRefused
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.tests.reading.workbooks import (
    WRITERS,
    SheetPlan,
    plain_list,
    write_ods,
    write_xls,
    write_xlsx,
)

SMALL = Limits(file_bytes=MEGABYTE, unpacked_bytes=4 * MEGABYTE, part_bytes_before_ratio=MEGABYTE)
ENTITY_BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>
"""


@pytest.mark.parametrize("kind", sorted(WRITERS))
@pytest.mark.parametrize("name", ["ds.xlsx", "ds.xls", "ds.csv", "ds"])
def test_the_kind_is_told_by_content_and_not_by_name(tmp_path: Path, kind: str, name: str) -> None:
    path = WRITERS[kind](tmp_path / name, plain_list())
    assert recognise(path, limits=Limits()) is FileKind(kind)


def repacked(source: Path, **changes: bytes) -> Path:
    """The same zip file with parts added or replaced; `__` stands for `/`, `_dot_` for `.`."""
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in changes.items()}
    target = source.with_suffix(".repacked")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in named:
                new.writestr(part, old.read(part))
        for part, data in named.items():
            new.writestr(part, data)
    return target


def good_xlsx(folder: Path) -> Path:
    return write_xlsx(folder / "good.xlsx", plain_list())


def empty_file(folder: Path) -> Path:
    path = folder / "empty.xlsx"
    path.touch()
    return path


def blank_text(folder: Path) -> Path:
    return text_file(folder, b"\xef\xbb\xbf \r\n\r\n")


def text_file(folder: Path, content: bytes) -> Path:
    path = folder / "text.csv"
    path.write_bytes(content)
    return path


def workbook_without_cells(folder: Path) -> Path:
    return write_xlsx(folder / "blank.xlsx", SheetPlan())


def picture(folder: Path) -> Path:
    return text_file(folder, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")


def prose(folder: Path) -> Path:
    return text_file(folder, "Kính gửi nhà trường\nTôi xin gửi danh sách sau\n".encode())


def word_document(folder: Path) -> Path:
    path = folder / "letter.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def macros_in_xlsx(folder: Path) -> Path:
    return repacked(good_xlsx(folder), xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0")


def macros_in_ods(folder: Path) -> Path:
    source = write_ods(folder / "good.ods", plain_list())
    return repacked(source, Basic__Standard__Module1_dot_xml=b"<script/>")


def macros_in_xls(folder: Path) -> Path:
    """OBJPROJ right behind the BOF record of the workbook stream says that macros are inside."""
    return with_record(folder, struct.pack("<HH", 0x00D3, 0))


def password_in_xls(folder: Path) -> Path:
    return with_record(folder, struct.pack("<HHH", 0x002F, 2, 0))


def with_record(folder: Path, record: bytes) -> Path:
    """Put a record in the place of WINDOW1, which every writer emits and no reader needs."""
    path = write_xls(folder / "good.xls", plain_list())
    content = path.read_bytes()
    window = content.index(struct.pack("<HH", 0x003D, 18))
    filler = struct.pack("<HH", 0x00E1, 18 - len(record)) + bytes(18 - len(record))
    path.write_bytes(content[:window] + record + filler + content[window + 22 :])
    return path


def password_in_xlsx(folder: Path) -> Path:
    """Office wraps an encrypted .xlsx into a compound file with a stream of this name."""
    path = write_xls(folder / "wrapped.xlsx", plain_list())
    old, new = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    content = path.read_bytes()
    at = content.index(old)
    renamed = content[:at] + new + content[at + len(new) :]
    name_bytes = at + 64
    size = struct.pack("<H", len(new) + 2)
    path.write_bytes(renamed[:name_bytes] + size + renamed[name_bytes + 2 :])
    return path


def truncated_zip(folder: Path) -> Path:
    path = good_xlsx(folder)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def truncated_xls(folder: Path) -> Path:
    path = write_xls(folder / "good.xls", plain_list())
    path.write_bytes(path.read_bytes()[:1500])
    return path


def corrupted_part(folder: Path) -> Path:
    path = good_xlsx(folder)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    content[start + 80 : start + 90] = b"\xff" * 10
    path.write_bytes(content)
    return path


def not_well_formed(folder: Path) -> Path:
    return repacked(good_xlsx(folder), xl__worksheets__sheet1_dot_xml=b"<worksheet><row>")


def entity_bomb(folder: Path) -> Path:
    return repacked(good_xlsx(folder), xl__worksheets__sheet1_dot_xml=ENTITY_BOMB)


def bomb(folder: Path) -> Path:
    return repacked(good_xlsx(folder), xl__media__image1_dot_bmp=bytes(3 * MEGABYTE))


def bomb_of_many_parts(folder: Path) -> Path:
    parts = {f"xl__media__{at}_dot_bmp": bytes(MEGABYTE) for at in range(5)}
    return repacked(good_xlsx(folder), **parts)


def bomb_that_lies_about_its_size(folder: Path) -> Path:
    """The directory promises 100 bytes; the stream holds three megabytes."""
    path = folder / "lie.xlsx"
    blob = bytes(3 * MEGABYTE)
    with zipfile.ZipFile(good_xlsx(folder)) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr("xl/media/image1.bmp", blob, zipfile.ZIP_DEFLATED)
    content, size = path.read_bytes(), struct.pack("<I", len(blob))
    path.write_bytes(content.replace(size, struct.pack("<I", 100)))
    return path


def same_name_twice(folder: Path) -> Path:
    path = good_xlsx(folder)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return path


def too_large(folder: Path) -> Path:
    return text_file(folder, b"a,b\n" * (MEGABYTE // 4 + 1))


def forged_count(folder: Path) -> Path:
    """The reader makes room for as many shared texts as the table of them announces."""
    source = good_xlsx(folder)
    with zipfile.ZipFile(source) as archive:
        table = archive.read("xl/sharedStrings.xml")
    forged = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="99999999999"', table)
    return repacked(source, xl__sharedStrings_dot_xml=forged)


def web_page(folder: Path) -> Path:
    return text_file(folder, b"<html><body><table><tr><td>1</td></tr></table></body></html>")


def binary_workbook(folder: Path) -> Path:
    return repacked(good_xlsx(folder), xl__workbook_dot_bin=b"\0")


def unclosed_quote(folder: Path) -> Path:
    return text_file(folder, b'a,b\n1,"2\n' + b"x,y\n" * 50_000)


def stray_cell(folder: Path) -> Path:
    plan = plain_list()
    plan.cells[1_048_575, 16_383] = " "
    return write_xlsx(folder / "stray.xlsx", plan)


def stray_cell_without_address(folder: Path) -> Path:
    """A blank cell in the last column but one pushes the nameless cell after it to the end."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row></sheetData></worksheet>'
    )
    return repacked(good_xlsx(folder), xl__worksheets__sheet1_dot_xml=sheet)


def stray_cell_in_xls(folder: Path) -> Path:
    """A number record that claims row 65,536 of column 65,536, where .xls ends at column 256."""
    path = write_xls(folder / "stray.xls", SheetPlan(cells={(0, 0): 1.5, (1, 0): 2.1234567}))
    content = path.read_bytes()
    number = content.index(struct.pack("<HHHH", 0x0203, 14, 1, 0))
    place = struct.pack("<HH", 0xFFFF, 0xFFFF)
    path.write_bytes(content[: number + 4] + place + content[number + 8 :])
    return path


def repeated_cell_bomb_in_ods(folder: Path) -> Path:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="1000">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    source = write_ods(folder / "good.ods", plain_list())
    return repacked(source, content_dot_xml=content.encode())


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (picture, "TA-0001"),
        (prose, "TA-0001"),
        (word_document, "TA-0001"),
        (empty_file, "TA-0002"),
        (blank_text, "TA-0002"),
        (workbook_without_cells, "TA-0002"),
        (password_in_xlsx, "TA-0003"),
        (password_in_xls, "TA-0003"),
        (macros_in_xlsx, "TA-0004"),
        (macros_in_ods, "TA-0004"),
        (macros_in_xls, "TA-0004"),
        (bomb, "TA-0005"),
        (bomb_of_many_parts, "TA-0005"),
        (bomb_that_lies_about_its_size, "TA-0005"),
        (too_large, "TA-0006"),
        (truncated_zip, "TA-0007"),
        (truncated_xls, "TA-0007"),
        (corrupted_part, "TA-0007"),
        (not_well_formed, "TA-0007"),
        (entity_bomb, "TA-0007"),
        (same_name_twice, "TA-0007"),
        (unclosed_quote, "TA-0007"),
        (forged_count, "TA-0007"),
        (stray_cell, "TA-0008"),
        (stray_cell_without_address, "TA-0008"),
        (stray_cell_in_xls, "TA-0008"),
        (repeated_cell_bomb_in_ods, "TA-0008"),
        (web_page, "TA-0010"),
        (binary_workbook, "TA-0010"),
    ],
)
def test_hostile_and_hopeless_files_are_refused_by_name(
    tmp_path: Path, build: Callable[[Path], Path], code: str
) -> None:
    path = build(tmp_path)
    with pytest.raises(FileRefused) as refused:
        for sheet in read_workbook(path, limits=SMALL).sheets:
            list(sheet.rows())
    assert refused.value.code == code


def test_a_refusal_speaks_both_languages_and_names_the_limit() -> None:
    refused = FileRefused("TA-0008", sheet="Sheet1", cell="XFD1048576")
    assert "XFD1048576" in refused.vi
    assert "XFD1048576" in refused.en
    assert all(refusal.vi != refusal.en for refusal in REFUSALS.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_files_are_read_in_any_unicode(tmp_path: Path, encoding: str, separator: str) -> None:
    path = WRITERS["csv"](tmp_path / "a.csv", plain_list(), encoding=encoding, separator=separator)
    (sheet,) = read_workbook(path).sheets
    assert "Nguyễn Văn An" in list(sheet.rows())[1]


# The same line in the two single-byte encodings of the 1990s, as their programs wrote it.
WINDOWS_1258 = "Nguyê\u0303n Thi\u0323 Hô\u0300ng".encode("cp1258")
TCVN3 = b"Nguy\xd4n Th\xde H\xe5ng"


@pytest.mark.parametrize("name", [WINDOWS_1258, TCVN3])
def test_text_files_are_read_in_the_encodings_of_old_programs(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"stt,ten,lop\r\n1," + name + b",1A\r\n2," + name + b",1B\r\n")
    (sheet,) = read_workbook(path).sheets
    assert list(sheet.rows())[1] == ["1", "Nguyễn Thị Hồng", "1A"]


def test_text_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path, "имя,класс\nИван,1А\n".encode("koi8-r"))
    with pytest.raises(FileRefused) as refused:
        read_workbook(path)
    assert refused.value.code == "TA-0009"


def test_excels_separator_line_is_obeyed_and_counts_as_a_row(tmp_path: Path) -> None:
    path = text_file(tmp_path, b"sep=;\r\na;b\r\n1,5;2\r\n")
    (sheet,) = read_workbook(path).sheets
    assert list(sheet.rows()) == [[], ["a", "b"], ["1,5", "2"]]


def test_a_stored_zip_part_is_read_like_a_deflated_one(tmp_path: Path) -> None:
    path = tmp_path / "stored.xlsx"
    with zipfile.ZipFile(good_xlsx(tmp_path)) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part), zipfile.ZIP_STORED)
    assert recognise(path, limits=Limits()) is FileKind.XLSX


def test_an_xls_too_small_for_whole_sectors_is_still_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    path = tmp_path / "tiny.xls"
    book.save(str(path))
    assert list(read_workbook(path).sheets[0].rows()) == [["x"]]
