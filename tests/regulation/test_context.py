"""What rules see around a row: the school as it would stand, returned for the workbook's rows."""

from datetime import date

import polars as pl

from sobo.registry.context import context_for
from sobo.registry.sheets import SHEETS

from .tables import CLEAN, INSTITUTION, ON, SCHOOL_YEAR, Row, rows


def learners_beside(*others: Row, classes: list[Row] | None = None) -> pl.DataFrame:
    """The clean learner as row 2 of a workbook, with others, in their context."""
    lines = [CLEAN["learners"] | {"row": 2}, *({**CLEAN["learners"], **other} for other in others)]
    return context_for(
        "learners",
        {
            "learners": rows("learners", lines),
            "classes": rows("classes", classes or [CLEAN["classes"]]),
        },
        institution=INSTITUTION,
        school_year=SCHOOL_YEAR,
        on=ON,
    )


def test_rows_of_the_register_are_counted_with_but_not_returned() -> None:
    frame = learners_beside({"row": None}, {"row": None})
    assert frame["row"].to_list() == [2]
    assert frame["rows_alike"].to_list() == [3]


def test_a_class_code_used_twice_does_not_double_its_learners() -> None:
    frame = learners_beside(classes=[CLEAN["classes"], CLEAN["classes"] | {"grade": "2"}])
    assert frame.select("row", "class_grade").rows() == [(2, "1")]


def test_a_school_known_by_its_levels_alone_is_enough() -> None:
    for sheet in SHEETS:
        frame = pl.DataFrame({"row": [2]}, schema={"row": pl.Int32})
        around = context_for(
            sheet.key, {sheet.key: frame}, institution={"levels": ["02"]},
            school_year=SCHOOL_YEAR, on=ON,
        )  # fmt: skip
        assert around["row"].to_list() == [2]


def test_age_goes_by_years_and_months_by_the_reference_day() -> None:
    frame = learners_beside({"row": 3, "birth": "2025-09-30"}, {"row": 4, "birth": "2025-10-01"})
    assert frame["age"].to_list() == [6, 1, 1]
    assert frame["months"].to_list()[1:] == [12, 11]
    assert frame["reference_on"].to_list() == [date(2026, 9, 30)] * 3
