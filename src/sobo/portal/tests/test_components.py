"""The parts of a page, as those who use it meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.paginator import Paginator

from sobo.portal.gallery import SampleForm
from sobo.portal.tests.rendering import render


def field(name: str, answers: dict[str, Any] | None = None) -> str:
    return render("{{ ui.field(form[name]) }}", {"form": SampleForm(answers), "name": name})


def test_a_wrong_field_leads_from_the_input_to_its_help_and_its_error() -> None:
    html = field("personal_number", {"personal_number": "07921900012"})

    assert 'aria-describedby="id_personal_number_helptext id_personal_number_error"' in html
    assert 'id="id_personal_number_helptext"' in html
    assert 'id="id_personal_number_error"' in html
    assert 'aria-invalid="true"' in html
    assert "ô này có 11" in html


@pytest.mark.parametrize(("name", "is_required"), [("full_name", True), ("note", False)])
def test_required_fields_say_so_in_words(name: str, is_required: bool) -> None:
    assert ("bắt buộc" in field(name)) is is_required


@pytest.mark.parametrize("name", ["gender", "policies"])
def test_a_group_of_choices_has_its_question_as_legend(name: str) -> None:
    html = field(name)

    assert "<fieldset" in html
    assert f"<legend>{SampleForm.base_fields[name].label}" in html


def test_the_summary_of_errors_leads_to_each_field() -> None:
    form = SampleForm({"full_name": "Nguyễn Văn Mẫu", "born_on": "8/3", "gender": "1"})
    html = render("{{ ui.error_summary(form) }}", {"form": form})

    assert 'href="#id_born_on"' in html
    assert 'href="#id_ethnic_group"' in html
    assert "#id_full_name" not in html


@pytest.mark.parametrize(
    ("sort", "order", "link"),
    [
        ("", None, "?q=1&amp;sort=name"),
        ("name", "ascending", "?q=1&amp;sort=-name"),
        ("-name", "descending", "?q=1&amp;sort=name"),
        ("age", None, "?q=1&amp;sort=name"),
    ],
)
def test_a_heading_sorts_and_sorts_back(sort: str, order: str | None, link: str) -> None:
    html = render('{{ ui.th("Họ tên", key="name", sort=sort, query="q=1") }}', {"sort": sort})

    assert f'href="{link}"' in html
    assert (f'aria-sort="{order}"' in html) if order else ("aria-sort" not in html)


def pager(number: int) -> str:
    page = Paginator(range(1128), 40).page(number)
    return render('{{ ui.pager(page, query="sort=name", unit="người học") }}', {"page": page})


def test_the_pager_says_where_one_is_and_keeps_the_order() -> None:
    html = pager(7)

    assert "241–280 trong 1.128 người học" in html
    assert '<span aria-current="page">7</span>' in html
    assert 'rel="prev" href="?sort=name&amp;page=6"' in html
    assert 'rel="next" href="?sort=name&amp;page=8"' in html


@pytest.mark.parametrize(("number", "missing"), [(1, 'rel="prev"'), (29, 'rel="next"')])
def test_the_pager_does_not_lead_past_its_ends(number: int, missing: str) -> None:
    assert missing not in pager(number)


@pytest.mark.parametrize(
    ("score", "words"), [(100, "100 · xanh"), (90, "90 · xanh"), (89, "89 · vàng"), (74, "74 · đỏ")]
)
def test_a_quality_score_carries_the_word_of_its_colour(score: int, words: str) -> None:
    assert words in render("{{ ui.quality(score) }}", {"score": score})


def test_what_changed_shows_blanks_as_words() -> None:
    html = render('{{ ui.diff([("Nơi sinh", none, "Huế"), ("Lớp", "1/3", none)]) }}')

    assert '<span class="soft">(trống)</span>' in html
    assert '<ins class="after">Huế</ins>' in html
    assert '<del class="before">1/3</del>' in html


def test_values_are_written_as_text_never_as_markup() -> None:
    html = render(
        "{{ ui.definition_list([(label, value)]) }}{{ ui.badge('done', value) }}",
        {"label": "<b>", "value": "<script>alert(1)</script>"},
    )

    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_figure_that_breaks_its_sum_says_so_in_words() -> None:
    html = render("{{ official.figure({'value': 225, 'broken': true}) }}")

    assert "không khớp tổng" in html


def test_a_place_without_a_value_is_drawn_blank_and_listed() -> None:
    rows = [
        {"code": "01", "label": "Hà Nội", "value": 0.884},
        {"code": "96", "label": "Cà Mau", "value": None},
    ]
    html = render(
        '{{ draw.provinces("p", "Tựa", rows, [0.5, 0.6, 0.7, 0.8], ["Tỉnh", "Đã nhận"],'
        ' measure="phan_tram", places=1) }}',
        {"rows": rows},
    )

    assert "Hà Nội: 88,4\N{NO-BREAK SPACE}%" in html
    assert "Cà Mau: –" in html
    assert 'class="step-0"' in html
