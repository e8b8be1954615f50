"""Sum checks: what breaks them, and what they say."""

from dataclasses import replace

import pytest

from sobo.reporting.forms.definition import CellKey
from sobo.reporting.forms.values import FormValues
from sobo.reporting.rules import blocking, check
from sobo.reporting.tests.forms.schools import COMMUNITY, Given, school, values

TH = "02-TH-ĐN"


def _codes(computed: FormValues) -> set[tuple[str, str, int]]:
    return {(found.rule.code, found.key.row, found.key.column) for found in check(computed)}


def _typed(computed: FormValues, key: CellKey, figure: int) -> FormValues:
    """The form with one figure changed, as no computation would give it."""
    figures = list(computed.figures)
    figures[computed.definition.cell_keys.index(key)] = figure
    return replace(computed, figures=tuple(figures))


def test_a_computed_school_breaks_nothing() -> None:
    rows = school(
        classes=[{}], learners=[{"group": "08", "study_cost_support": True}] * 3,
        staff=[{}, {"group": "3", "position": "17"}, {"group": "1", "position": "01"}],
        rooms=[{"quantity": 9}],
    )  # fmt: skip
    assert check(values(TH, rows)) == ()


@pytest.mark.parametrize(
    ("key", "figure", "broken"),
    [
        (CellKey("III", "37", 1), 5, ("BC-0001", "37", 1)),
        (CellKey("V", "120", 2), 4, ("BC-0001", "120", 1)),
        (CellKey("III", "40", 1), 2, ("BC-0002", "37", 1)),
        (CellKey("IV", "110", 1), 1, ("BC-0002", "78", 1)),
        (CellKey("III", "62", 1), 1, ("BC-0003", "62", 1)),
        (CellKey("III", "37", 2), 4, ("BC-0004", "37", 2)),
        (CellKey("III", "37", 4), 1, ("BC-0004", "37", 4)),
        (CellKey("III", "ho-tro-ngoai-danh-sach", 1), 1, ("BC-0005", "ho-tro-ngoai-danh-sach", 1)),
    ],
)
def test_a_figure_that_does_not_fit_is_found(
    key: CellKey, figure: int, broken: tuple[str, str, int]
) -> None:
    computed = values(TH, school(classes=[{}], learners=[{}] * 3))
    assert broken in _codes(_typed(computed, key, figure))


@pytest.mark.parametrize(
    ("given", "broken"),
    [({"ownership": COMMUNITY}, ("BC-0001", "01", 1)), ({"region": None}, ("BC-0002", "01", 1))],
)
def test_what_the_register_lacks_shows_in_the_sums(
    given: Given, broken: tuple[str, str, int]
) -> None:
    computed = values(TH, school(given, classes=[{}], learners=[{}]))
    assert broken in _codes(computed)
    assert blocking(computed) == check(computed)


def test_a_group_with_three_inclusive_children_asks_for_an_explanation() -> None:
    children = [{"grade": "17", "birth": "2022-02-02", "is_inclusive": True}] * 3
    given = {"levels": ["01"], "preschool_kind": "01", "kind": "13"}
    computed = values("01-MN-ĐN", school(given, classes=[{"grade": "17"}], learners=children))
    found = check(computed)
    assert blocking(computed) == ()
    assert [one.rule.code for one in found] == ["BC-0005"]
    assert "1 lớp mẫu giáo có từ 03 trẻ khuyết tật học hòa nhập trở lên" in found[0].vi
    assert "kindergarten classes with 3 or more" in found[0].en


def test_a_finding_names_row_column_and_figures_in_both_languages() -> None:
    computed = values(TH, school(classes=[{}], learners=[{}] * 3))
    (found,) = [
        one
        for one in check(_typed(computed, CellKey("III", "40", 9), 1200))
        if one.rule.code == "BC-0002"
    ]
    assert found.vi.startswith("Dòng 37 “Tổng quy mô”, cột 9 (Tư thục › Tổng số): ghi 0, tổng")
    assert found.vi.endswith("là 1.200.")
    assert found.en.startswith("Row 37 “Tổng quy mô”, column 9")
    assert not any(character.isdigit() for character in found.rule.plain_vi)
