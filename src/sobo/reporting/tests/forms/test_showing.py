"""The form on screen and on paper."""

from datetime import date

import pytest
from django.template import engines

from sobo.reporting.forms.definition import CellKey
from sobo.reporting.forms.register_rows import RegisterRows
from sobo.reporting.forms.tables import ShownTable, tables
from sobo.reporting.forms.values import FormValues, digest
from sobo.reporting.printing import FormPaper, form_document, print_form, verification_code
from sobo.reporting.tests.forms.schools import school, values

TH, MN, THCS = "02-TH-ĐN", "01-MN-ĐN", "03-THCS-ĐN"
PAPER = FormPaper(
    superior="UBND xã Mẫu",
    issuer="Trường Tiểu học Mẫu",
    receiver="UBND xã Mẫu",
    due_on=date(2026, 10, 31),
    place="Điện Biên",
    dated_on=date(2026, 10, 5),
    drawn_up_by="Phạm Thị Mẫu",
    head_title="Hiệu trưởng",
    head_name="Trần Văn Mẫu",
)


def _address(key: CellKey) -> str:
    return f"/{key.sheet}/{key.row}/{key.column}"


def _rows() -> RegisterRows:
    return school(
        classes=[{}], learners=[{"disability": "01"}] * 1105, staff=[{"contract": "5"}] * 2
    )


@pytest.fixture(scope="module")
def primary() -> FormValues:
    return values(TH, _rows())


def _sheet(shown: list[ShownTable], key: str) -> ShownTable:
    return next(table for table in shown if table.key == key)


def test_figures_link_to_what_is_under_them_and_noughts_do_not(primary: FormValues) -> None:
    shown = tables(primary, link=_address, broken={CellKey("III", "37", 5)})
    (total,) = [row for row in _sheet(shown, "III").rows if row.code == "37"]
    assert [cell.url for cell in total.cells[:2]] == ["/III/37/1", ""]
    assert [cell.broken for cell in total.cells[:6]] == [False] * 4 + [True, False]


def test_what_the_rows_leave_out_is_said_beneath_them(primary: FormValues) -> None:
    vi, en = (tables(primary, language=language) for language in ("vi", "en"))
    assert [aside.text for aside in _sheet(vi, "III").asides] == [
        "1.105 học sinh khuyết tật không học hòa nhập, cũng không học chuyên biệt"
    ]
    assert [aside.text for aside in _sheet(en, "IV").asides] == [
        "Note: civil servants among the managers: 0",
        "2 visiting or piece-work people, not counted as staff of the school",
    ]


def test_readings_name_the_rows_they_touch(primary: FormValues) -> None:
    read = {reading.text: reading.rows for reading in _sheet(tables(primary), "IV").readings}
    degrees = next(text for text in read if text.startswith("Trung cấp, cao đẳng"))
    assert read[degrees] == "81–86, 90–95, 97–102"


def test_a_waiting_sheet_says_why_and_shows_no_figures() -> None:
    budget = tables(values(MN, school({"levels": ["01"]})))[-1]
    assert budget.waits == "Chờ dữ liệu tài chính"
    assert not any(row.cells for row in budget.rows)


def test_the_page_shows_every_row_with_its_figures(primary: FormValues) -> None:
    shown = tables(primary, link=_address)
    (engine,) = engines.all()
    drawing = '{% import "reporting/form_table.html" as f %}{{ f.form(tables) }}'
    page = engine.from_string(drawing).render({"tables": shown})
    assert page.count('class="row-code"') == sum(len(table.rows) for table in shown)
    assert '<a href="/III/37/1">1.105</a>' in page
    assert "cũng không học chuyên biệt" in page
    assert "không áp dụng" in page


def test_paper_carries_titles_code_and_due_day(primary: FormValues) -> None:
    document = form_document(primary, paper=PAPER)
    assert document["title"] == "Báo cáo thống kê giáo dục tiểu học"
    assert document["period"] == "Kỳ đầu năm học 2026-2027, số liệu đến ngày 30/09/2026"
    assert document["dated"] == "Điện Biên, ngày 05 tháng 10 năm 2026"
    assert document["due_on"] == "31/10/2026"
    assert document["sheets"][1]["rows"][0]["cells"][0]["value"] == "1.105"


def test_the_verification_code_begins_the_digest(primary: FormValues) -> None:
    code = verification_code(primary)
    assert len(code) == 19
    assert digest(primary).upper().startswith(code.replace(" ", ""))


@pytest.mark.parametrize(
    ("form", "signed", "warning", "draft"),
    [
        (TH, "Đã ký 18/10/2026, 21:07", "", ""),
        (TH, "", "", "Bản nháp, chưa ký"),
        (THCS, "", "Cấu trúc suy ra, chưa đối chiếu", "Bản nháp, chưa ký"),
    ],
)
def test_drafts_and_derived_forms_say_so_on_paper(
    form: str, signed: str, warning: str, draft: str
) -> None:
    paper = FormPaper(**{**vars(PAPER), "signed": signed})
    document = form_document(values(form, school({"levels": ["02", "03"]})), paper=paper)
    assert (document["warning"], document["draft"]) == (warning, draft)


@pytest.mark.parametrize("form", [TH, MN])
def test_forms_print_as_pdf(form: str) -> None:
    printed = print_form(values(form, school({"levels": ["01", "02"]})), paper=PAPER)
    assert printed.startswith(b"%PDF-")
    assert printed.rstrip().endswith(b"%%EOF")
