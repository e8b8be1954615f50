"""Huge text files in pieces."""

from __future__ import annotations

import codecs
from pathlib import Path

import polars as pl
import pytest

from sobo.intake.reading.chunks import read_csv_chunks
from sobo.intake.reading.refusals import FileRefused


def lines(count: int) -> str:
    rows = (f"0{at:05},Nguyễn Văn {at},,7.50" for at in range(count))
    return "mã,họ tên,ghi chú,điểm\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        lines(2_500).encode(),
        codecs.BOM_UTF8 + lines(2_500).encode(),
        lines(2_500).encode("utf-16"),
        lines(2_500).replace("\n", "\r\n").encode(),
        b"sep=,\n" + lines(2_500).encode(),
        lines(2_500).replace(",", ";").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "windows line ends", "separator line", "semicolons"],
)
def test_every_value_arrives_once_as_text_with_its_row(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    frames = list(read_csv_chunks(path, rows=1_000))
    assert max(frame.height for frame in frames) <= 1_000
    whole = pl.concat(frames)
    assert whole.schema == {
        "row": pl.Int32,
        "mã": pl.String,
        "họ tên": pl.String,
        "ghi chú": pl.String,
        "điểm": pl.String,
    }
    first = 3 if content.startswith(b"sep") else 2
    assert whole["row"].to_list() == list(range(first, first + 2_500))
    assert whole.row(7)[1:] == ("000007", "Nguyễn Văn 7", None, "7.50")


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ten,lop\nNguye\u0302\u0303n,1A\n")
    (frame,) = read_csv_chunks(path)
    assert frame["ten"][0] == "Nguyễn"


@pytest.mark.parametrize(("content", "code"), [(b"", "TA-0002"), (b"a,b\n1,2\n3,4,5\n", "TA-0007")])
def test_broken_files_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        list(read_csv_chunks(path))
    assert refused.value.code == code
