"""Headings recognised or asked about, rows kept or left out, and every choice told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from sobo.intake.reading.headings import Heading, ValueKind
from sobo.intake.reading.notes import REMARKS, Note
from sobo.intake.reading.tables import FoundTable, find_headings, find_table
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.tests.reading.workbooks import (
    HEADINGS,
    LABELS,
    LEARNERS,
    SheetPlan,
    plain_list,
    write_csv,
    write_xlsx,
)


def found(
    tmp_path: Path,
    plan: SheetPlan,
    mapping: Mapping[str, str] | None = None,
    heading_row: int | None = None,
) -> FoundTable:
    (sheet,) = read_workbook(write_xlsx(tmp_path / "a.xlsx", plan)).sheets
    return find_table(sheet, HEADINGS, mapping=mapping, heading_row=heading_row)


def codes(table: FoundTable) -> list[str]:
    return [note.code for note in table.notes]


def relabelled(**labels: str) -> SheetPlan:
    plan = plain_list()
    for key, label in labels.items():
        plan.cells.pop((0, list(LABELS).index(key)))
        plan.write(0, list(LABELS).index(key), label)
    return plan


def below(*rows: tuple[str, ...]) -> SheetPlan:
    plan = plain_list()
    for at, row in enumerate(rows, start=len(LEARNERS) + 1):
        for column, text in enumerate(row):
            plan.write(at, column, text)
    return plan


def test_the_clean_file_is_read_with_its_sheet_rows_and_letters(tmp_path: Path) -> None:
    table = found(tmp_path, plain_list())
    assert table.frame["row"].to_list() == list(range(2, len(LEARNERS) + 2))
    assert table.frame["born_on"][0] == "2019-09-02"
    assert table.frame["height"][0] == "110"
    assert table.letters == dict(zip(LABELS, "ABCDEFGH", strict=True))
    assert codes(table) == ["TA-0103"]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("name", "HỌ VÀ  TÊN"),
        ("name", "Ho va ten"),
        ("name", "Họ và tên:"),
        ("name", "Họ và tên học sinh (viết hoa)"),
        ("born_on", "Ngày\nsinh\n(dd/mm/yyyy)"),
        ("class", "Tên lớp *"),
        ("father", "Cha: họ tên"),
    ],
)
def test_labels_are_known_in_every_dress(tmp_path: Path, key: str, label: str) -> None:
    headings = [
        Heading(each.key, (*each.labels, "Họ và tên học sinh"), each.required, each.kind)
        if each.key == "name"
        else each
        for each in HEADINGS
    ]
    (sheet,) = read_workbook(write_xlsx(tmp_path / "a.xlsx", relabelled(**{key: label}))).sheets
    assert find_headings(sheet, headings)[key] == "ABCDEFGH"[list(LABELS).index(key)]


@pytest.mark.parametrize("depth", [1, 12, 40])
def test_the_heading_may_stand_far_down(tmp_path: Path, depth: int) -> None:
    plan = SheetPlan(
        cells={(row + depth - 1, column): v for (row, column), v in plain_list().cells.items()}
    )
    table = found(tmp_path, plan)
    assert table.heading_rows == range(depth, depth + 1)
    assert table.frame.height == len(LEARNERS)


def test_a_missing_required_heading_is_named_and_guessed_from_values(tmp_path: Path) -> None:
    plan = relabelled(sex="")
    table = found(tmp_path, plan)
    assert table.missing == ("sex",)
    (note,) = [note for note in table.notes if note.code == "TA-0104"]
    assert "Giới tính" in note.vi
    (unmapped,) = table.unmapped
    assert (unmapped.letter, unmapped.label, unmapped.filled) == ("C", "", len(LEARNERS))
    assert unmapped.suggestions[0].key == "sex"


def test_a_foreign_label_gets_ranked_suggestions_with_reasons(tmp_path: Path) -> None:
    table = found(tmp_path, relabelled(born_on="Ngày tháng năm sinh", number="Mã định danh CCCD"))
    first = {column.letter: column.suggestions[0] for column in table.unmapped}
    assert {letter: each.key for letter, each in first.items()} == {"B": "born_on", "E": "number"}
    assert "Ngày sinh" in first["B"].vi
    assert "ngày tháng" in first["B"].vi
    assert all(0 < each.score <= 1 for each in first.values())


def test_what_is_unknown_is_described_without_any_value(tmp_path: Path) -> None:
    plan = plain_list()
    plan.write(0, 8, "Mã bí mật")
    plan.write(1, 8, "tuyệt mật 123")
    (column,) = found(tmp_path, plan).unmapped
    assert (column.letter, column.filled, column.distinct) == ("I", 1, 1)
    assert "tuyệt mật" not in repr(column)


def test_an_agreed_mapping_is_used_as_it_is(tmp_path: Path) -> None:
    mapping = {"A": "mother", "H": "name"}
    table = found(tmp_path, plain_list(), mapping=mapping)
    assert table.letters == {"mother": "A", "name": "H"}
    assert table.frame.columns == ["row", "mother", "name"]
    assert table.frame["mother"][0] == "Nguyễn Văn An"


def test_an_agreed_heading_row_is_used_where_no_label_is_known(tmp_path: Path) -> None:
    plan = SheetPlan(cells={(0, 0): "x", (1, 0): "cột một", (2, 0): "An", (3, 0): "Bình"})
    table = found(tmp_path, plan, mapping={"A": "name"}, heading_row=2)
    assert table.frame.rows() == [(3, "An"), (4, "Bình")]


def test_a_repeated_label_takes_the_filled_column_and_says_so(tmp_path: Path) -> None:
    plan = relabelled(height="Lớp")
    for row in range(1, len(LEARNERS) + 1):
        plan.cells[row, 5] = plan.cells.pop((row, 3))
    table = found(tmp_path, plan)
    assert table.letters["class"] == "F"
    (note,) = [note for note in table.notes if note.code == "TA-0106"]
    assert note.details["letters"] == "D, F"


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (("Tổng cộng", "", "8"), False),
        (("Tổng số: 8 học sinh",), False),
        (("CỘNG:",), False),
        (("Tống Thị Sương",), True),
        (("Cộng Văn Lâm", "02/09/2019", "Nam", "1B"), True),
        (("Danh sách này có 8 học sinh",), False),
        (("", "Hà Nội, ngày 10 tháng 9 năm 2026"), False),
        (("Người lập biểu", "", "", "", "HIỆU TRƯỞNG"), False),
        (("", "(Ký, ghi rõ họ tên)"), False),
    ],
)
def test_what_stands_below_is_data_unless_it_says_otherwise(
    tmp_path: Path, row: tuple[str, ...], kept: bool
) -> None:
    table = found(tmp_path, below(row))
    last = len(LEARNERS) + 2
    assert (last in table.frame["row"].to_list()) is kept
    left_out = [each for note in table.notes for each in note.rows if each > 1]
    assert left_out == ([] if kept else [last])


def test_the_name_under_a_signature_goes_with_it(tmp_path: Path) -> None:
    table = found(tmp_path, below(("HIỆU TRƯỞNG",), (), (), ("Phạm Thị Mai",)))
    assert table.frame.height == len(LEARNERS)


def test_a_second_list_below_a_signature_is_read_too(tmp_path: Path) -> None:
    labels = tuple(LABELS.values())
    learner = ("Đỗ Minh Khôi", "03/04/2019", "Nam", "1C")
    table = found(
        tmp_path, below(("HIỆU TRƯỞNG",), ("Phạm Thị Mai",), ("LỚP 1C",), labels, learner)
    )
    assert table.frame["name"][-1] == "Đỗ Minh Khôi"
    assert table.frame.height == len(LEARNERS) + 1


def test_formula_like_texts_stay_texts(tmp_path: Path) -> None:
    table = found(tmp_path, below(("=HYPERLINK(1)", "02/09/2019", "Nam", "1B")))
    assert table.frame["name"][-1] == "=HYPERLINK(1)"
    assert "TA-0121" in codes(table)


def test_serial_days_become_days_and_are_counted(tmp_path: Path) -> None:
    plan = plain_list()
    plan.cells[1, 1] = 43710
    table = found(tmp_path, plan)
    assert table.frame["born_on"][0] == "2019-09-02"
    (note,) = [note for note in table.notes if note.code == "TA-0109"]
    assert (note.count, note.details["letters"]) == (1, "B")


def shifted(first: int, by: int) -> SheetPlan:
    """The plain list with all values from a column on moved sideways under their headings."""
    plan = plain_list()
    cells = {
        (row, column + by if row and column >= first else column): value
        for (row, column), value in plan.cells.items()
        if not (row and by < 0 and first + by <= column < first)
    }
    return SheetPlan(cells=cells)


@pytest.mark.parametrize(("first", "by"), [(1, 1), (2, 1), (1, 2), (2, -1), (3, -1)])
def test_a_shift_is_proposed_and_undone_by_agreeing(tmp_path: Path, first: int, by: int) -> None:
    plan = shifted(first, by)
    table = found(tmp_path, plan)
    assert table.shift is not None
    assert table.shift.by == by
    assert ("TA-0110" if by > 0 else "TA-0125") in codes(table)
    mended = found(tmp_path, plan, mapping=table.shift.mapping)
    lost = {list(LABELS)[first + by]} if by < 0 else set()
    clean = found(tmp_path, plain_list()).frame
    kept = [key for key in clean.columns if key not in lost]
    assert mended.frame.select(kept).equals(clean.select(kept))


def test_a_right_file_is_never_called_shifted(tmp_path: Path) -> None:
    assert found(tmp_path, plain_list()).shift is None


def test_rows_longer_than_the_heading_are_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", plain_list())
    extra = ",".join(["Vũ Thị Yến", "01/02/2019", "Nữ", "1B", "", "", "", "", "thừa"])
    path.write_text(path.read_text() + "\n" * 60 + extra + "\n")
    (sheet,) = read_workbook(path).sheets
    table = find_table(sheet, HEADINGS)
    (note,) = [note for note in table.notes if note.code == "TA-0124"]
    assert note.rows == (len(LEARNERS) + 62,)
    assert table.frame["name"][-1] == "Vũ Thị Yến"


def test_hidden_columns_and_rows_are_read_and_told(tmp_path: Path) -> None:
    plan = plain_list()
    plan.hidden_columns, plan.hidden_rows = {3}, {2}
    table = found(tmp_path, plan)
    assert table.frame["class"][1] == "1A"
    assert {"TA-0107", "TA-0108"} <= set(codes(table))


def test_a_number_longer_than_excel_keeps_shows_that_it_was_cut(tmp_path: Path) -> None:
    plan = plain_list()
    plan.cells[1, 4] = 1234567890123456789
    assert "e+" in found(tmp_path, plan).frame["number"][0]


def test_a_sheet_without_known_headings_is_still_shown(tmp_path: Path) -> None:
    plan = SheetPlan(cells={(0, 0): "alpha", (0, 1): "beta", (1, 0): "x", (1, 1): date(2020, 1, 2)})
    table = found(tmp_path, plan)
    assert codes(table)[0] == "TA-0120"
    assert [column.label for column in table.unmapped] == ["alpha", "beta"]
    assert table.frame.height == 1


def test_every_note_speaks_both_languages_with_figures_as_people_write_them() -> None:
    note = Note("TA-0109", {"count": 1214, "letters": "B"})
    assert "1.214 ngày" in note.vi
    assert all(remark.vi != remark.en for remark in REMARKS.values())


def test_kinds_without_values_say_nothing_of_a_column(tmp_path: Path) -> None:
    headings = [Heading("a", ("Mã",), kind=ValueKind.CODE), *HEADINGS]
    (sheet,) = read_workbook(write_xlsx(tmp_path / "a.xlsx", plain_list())).sheets
    assert find_table(sheet, headings).shift is None
