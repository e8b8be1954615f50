"""The template, and the school's file with what is wrong in its cells."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from sobo.institutions.models import Institution
from sobo.intake import marked_workbook, models, storage, template_workbook
from sobo.intake.policies import files_may_leave
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.template_workbook import LISTS, Template
from sobo.kernel.actor import Actor
from sobo.registry.sheets import CLASSES, SHEETS
from sobo.specification.fields import Level

from .workbooks import ON, YEAR, child, commit, found_in, learners, rules_in, send, table


def template(clerk: Actor, *, with_persons: bool) -> bytes:
    assert clerk.institution_id is not None
    school = Institution.objects.get(pk=clerk.institution_id)
    return template_workbook.build(
        Template(institution=school, school_year=YEAR, with_persons=with_persons)
    )


def sheets_of(body: bytes) -> dict[str, list[list[Any]]]:
    opened = CalamineWorkbook.from_filelike(BytesIO(body))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def test_the_template_asks_only_for_what_this_school_has(clerk: Actor) -> None:
    found = sheets_of(template(clerk, with_persons=False))
    assert list(found)[: len(SHEETS)] == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        asked = sheet.columns_for([Level.PRIMARY])
        assert found[sheet.name][0] == [column.label() for column in asked.values()]
    assert [row[0] for row in found[CLASSES.name][1:]] == ["1A", "1B"]
    assert "Nữ" in [cell for row in found[LISTS] for cell in row]


def test_the_template_names_nobody_unless_it_is_asked_to(clerk: Actor) -> None:
    plain, full = (repr(sheets_of(template(clerk, with_persons=asked))) for asked in (False, True))
    assert "Nguyễn Văn An A" not in plain
    assert "Nguyễn Văn An A" in full


def test_the_prefilled_template_sent_back_as_it_is_changes_nothing(clerk: Actor) -> None:
    commit(send(learners(child(phone="0912345678", personal_number="079220000123")), clerk), clerk)
    batch = send(template(clerk, with_persons=True), clerk)
    assert batch.state == models.CHECKED
    counted = batch.summary["checked"].values()
    assert sum(sheet["new"] + sheet["changed"] + sheet["maybe"] for sheet in counted) == 0
    assert sum(sheet["same"] for sheet in counted) == 1 + 1 + 2 + 1 + 4


def test_the_marked_workbook_finds_the_same_again_and_mended_by_it_ends_clean(clerk: Actor) -> None:
    wrong = [child(birth="31/02/2020"), child(full_name="Lê Mai Chi", school_class="9Z")]
    batch = send(learners(*wrong), clerk)
    path = storage.original(batch.public_id)
    marked = marked_workbook.marked(read_workbook(path), found_in(batch), None)
    cells = sheets_of(marked)
    assert [row[:3] for row in cells["Cần sửa"][1:]] == [
        ["Học sinh", "C2", "NG-0002"],
        ["Học sinh", "F3", "HS-0301"],
    ]
    assert cells["Học sinh"] == sheets_of(path.read_bytes())["Học sinh"]
    assert rules_in(send(marked, clerk)) == [("C2", "NG-0002"), ("F3", "HS-0301")]
    lines = cells["Học sinh"]
    lines[1][2], lines[2][5] = "03/02/2020", "1A"
    assert rules_in(send(table("Học sinh", lines), clerk)) == []


def test_a_file_marked_before_is_marked_again(clerk: Actor) -> None:
    body = learners(child(birth="31/02/2020"))
    for _time in range(3):
        batch = send(body, clerk)
        opened = read_workbook(storage.original(batch.public_id))
        body = marked_workbook.marked(opened, found_in(batch), None)
    assert list(sheets_of(body)) == ["Cần sửa", "Học sinh"]


def test_sheets_whose_long_names_begin_alike_stay_apart(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    opened = read_workbook(storage.original(batch.public_id))
    long = [
        replace(opened.sheets[0], name=f"Danh sách học sinh năm học 2026 lớp {n}A") for n in "12"
    ]
    body = marked_workbook.marked(replace(opened, sheets=tuple(long)), [], None)
    assert list(sheets_of(body))[1:] == [
        "Danh sách học sinh năm học 2026",
        "Danh sách học sinh năm học  (2)",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-2", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_text_that_looks_like_a_formula_leaves_as_text(clerk: Actor, text: str) -> None:
    batch = send(learners(child(full_name=text)), clerk)
    path = storage.original(batch.public_id)
    marked = marked_workbook.marked(read_workbook(path), found_in(batch), None)
    assert sheets_of(marked)["Học sinh"][1][0] == text
    with zipfile.ZipFile(BytesIO(marked)) as archive:
        assert b"<f>" not in b"".join(map(archive.read, archive.namelist()))


def test_where_files_may_not_leave_only_cells_and_rules_are_named(clerk: Actor) -> None:
    batch = send(learners(child(full_name="Bí Mật 007", school_class="9Z")), clerk)
    listed = repr(sheets_of(marked_workbook.findings_only(found_in(batch))))
    assert "HS-0301" in listed
    assert "Bí Mật" not in listed
    assert "9Z" not in listed


def test_silence_of_a_territory_forbids(clerk: Actor) -> None:
    assert not files_may_leave("79", ON.date())
    assert not files_may_leave("99", ON.date())
