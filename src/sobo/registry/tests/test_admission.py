"""A learner who moves keeps one record: the new school's file brings the papers that prove it."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from sobo.kernel.actor import Actor
from sobo.registry import frames, matching
from sobo.registry.sheets import LEARNERS
from sobo.registry.writing.committing import Target, write_sheet

NAME = "Nguyễn Văn An C"


@pytest.fixture
def moving(owner: Any) -> dict[str, Any]:
    """A learner of the other province's school, as that school wrote the papers."""
    row = owner.execute(
        "SELECT id, personal_number, birth FROM people_person WHERE full_name = %s", [NAME]
    ).fetchone()
    return dict(zip(("id", "number", "birth"), row, strict=True))


@pytest.mark.parametrize(
    ("name", "keeps_the_record"), [(NAME, True), ("Nguyễn Văn Ấn Khác", False)]
)
def test_who_brings_number_birth_and_name_is_the_same_person(
    name: str, keeps_the_record: bool, moving: dict[str, Any], signed_in: Callable[[str], Actor]
) -> None:
    clerk = signed_in("clerk_a")
    rows = pl.DataFrame(
        {
            "row": [7],
            "full_name": [name],
            "birth": [moving["birth"]],
            "personal_number": [moving["number"]],
            "school_class": ["1B"],
            "grade": ["1"],
            "status": ["02"],
        },
        schema_overrides={"row": pl.Int64},
    )
    institution = clerk.institution_id
    assert institution is not None
    register = frames.sheet_rows(LEARNERS, institution_ids=[institution], school_year=2026)
    matched = matching.match(LEARNERS, rows, register).rows
    write_sheet(
        LEARNERS,
        matched,
        target=Target(institution_id=institution, school_year=2026, batch_id=None, by=clerk),
    )
    after = frames.sheet_rows(LEARNERS, institution_ids=[institution], school_year=2026)
    (person,) = after.filter(pl.col("full_name") == name)["_person"]
    assert (person == moving["id"]) is keeps_the_record
