"""`./sobo load`: a province's learners from one text file, each row with its school's code."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection

from sobo.commands import load_
from sobo.registry.learners.models import Enrolment

SCHOOL_A, SCHOOL_B, SCHOOL_ELSEWHERE = "7925747001", "7925750001", "0401273001"
HEADINGS = (
    "Mã trường,Họ và tên,Giới tính,Ngày sinh,Dân tộc,Quốc tịch,Lớp,Khối,Trạng thái,"
    "Học 2 buổi/ngày,Bán trú,Tuyển mới đầu cấp,Mẹ: họ tên"
)


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The tests' own database is up already."""
    monkeypatch.setattr(load_, "program", nullcontext)


def row(school: str, name: str, *, school_class: str = "1A", sex: str = "Nữ") -> str:
    rest = "Đang học,Có,Không,Có,Ngô Thị Mận"
    return f"{school},{name},{sex},03/02/2020,Kinh,Việt Nam,{school_class},1,{rest}"


def run(folder: Path, *rows: str, headings: str = HEADINGS, options: tuple[str, ...] = ()) -> int:
    """Run the command as the operator does. A test is one transaction: the role is left first."""
    path = folder / "tỉnh.csv"
    path.write_text("\n".join([headings, *rows]), encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return load_.run([str(path), "--as", "loader_79", *options])


def enrolled() -> list[tuple[str, str]]:
    """Who has been loaded, by school and name; asked as the Sở's loader, who is still at work."""
    found = Enrolment.objects.filter(person__full_name__in=["Đào Minh Khuê", "Lý Thị Hoa"])
    return sorted(found.values_list("institution__code", "person__full_name"))


def test_rows_go_to_the_schools_they_name_and_not_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (row(SCHOOL_A, "Đào Minh Khuê"), row(SCHOOL_B, "Lý Thị Hoa"))
    assert run(tmp_path, *rows, options=("--commit",)) == 0
    loaded = [(SCHOOL_A, "Đào Minh Khuê"), (SCHOOL_B, "Lý Thị Hoa")]
    assert enrolled() == loaded
    assert "2 dòng: 2 đã ghi vào sổ" in capsys.readouterr().err
    assert run(tmp_path, *rows, options=("--commit",)) == 0
    assert enrolled() == loaded
    assert "2 dòng: 0 đã ghi vào sổ" in capsys.readouterr().err


def test_without_being_asked_nothing_is_written(tmp_path: Path) -> None:
    assert run(tmp_path, row(SCHOOL_A, "Đào Minh Khuê")) == 0
    assert enrolled() == []


def test_what_is_wrong_is_told_by_row_and_column_without_a_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (row(SCHOOL_A, "Đào Minh Khuê"), row(SCHOOL_A, "Bí Mật", school_class="9Z"))
    assert run(tmp_path, *rows, options=("--commit",)) == 1
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert {(line["row"], line["column"], line["rule"]) for line in lines} == {
        (3, "Lớp", "HS-0301")
    }
    assert "Bí Mật" not in told.out + told.err
    assert enrolled() == [(SCHOOL_A, "Đào Minh Khuê")]


def test_rows_of_schools_beyond_ones_reach_are_told_and_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (row(SCHOOL_ELSEWHERE, "Lý Thị Hoa"), row("", "Đào Minh Khuê"))
    assert run(tmp_path, *rows, options=("--commit",)) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["school"], line["rows"]) for line in lines] == [("", 1), (SCHOOL_ELSEWHERE, 1)]
    assert enrolled() == []


def test_columns_it_does_not_know_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, row(SCHOOL_A, "Đào Minh Khuê") + ",x", headings=f"{HEADINGS},Ghi chú riêng")
    assert "bỏ qua: Ghi chú riêng" in capsys.readouterr().err


def test_of_two_headings_for_one_column_the_first_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = f"{HEADINGS},Họ tên,full_name"
    lines = row(SCHOOL_A, "Đào Minh Khuê") + ",Ai Đó,Ai Khác"
    assert run(tmp_path, lines, headings=headings, options=("--commit",)) == 0
    assert enrolled() == [(SCHOOL_A, "Đào Minh Khuê")]
    assert "bỏ qua: Họ tên, full_name" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("headings", "said"),
    [("Họ và tên,Lớp", "Mã trường"), ("", "TA-0002")],
    ids=["no column of schools", "an empty file"],
)
def test_a_file_that_cannot_be_loaded_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], headings: str, said: str
) -> None:
    assert run(tmp_path, *([",".join("ab")] if headings else []), headings=headings) == 2
    assert said in capsys.readouterr().err


def test_nobody_loads_under_a_name_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "tỉnh.csv").write_text(HEADINGS, encoding="utf-8")
    assert load_.run([str(tmp_path / "tỉnh.csv"), "--as", "không ai"]) == 2
