"""What the school of the story sends: its classes and learners as they are now.

Against the register fifteen children are new, and some forty-five rows have changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from sobo.demo import families, health, learners, people, support
from sobo.demo.cast import STORY_SCHOOL
from sobo.demo.learners import ENROLMENT_COLUMNS
from sobo.demo.nation import Batch, school_frame
from sobo.demo.people import PERSON_COLUMNS, Registrar
from sobo.demo.plans import SchoolPlan, plan_of
from sobo.demo.sheet_rows import sheet_rows
from sobo.registry.sheets import CLASSES, LEARNERS
from sobo.specification.fields import Level

NEWCOMERS = 15
_FIRST_ID = 900_000_000
_AFTER_ALL_NUMBERS = 500_000
"""Numbers from here on are given to nobody in the nation."""
_DRAWN_FOR_CHOICE = 2
_EVERY = 4
"""Of the twenty classes every fourth takes in nobody."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """The school and the rows of its two sheets, by the sheets' keys and in their types."""

    plan: SchoolPlan
    classes: pl.DataFrame
    learners: pl.DataFrame


def story(batch: Batch) -> Story:
    """Tell the story of the nation's first batch."""
    plan = plan_of(STORY_SCHOOL)
    known = sheet_rows(batch, LEARNERS, institution=plan.id)
    new = _newcomers(batch, plan, known)
    rows = pl.concat([_with_changes(known), new]).sort("school_class", maintain_order=True)
    return Story(plan=plan, classes=sheet_rows(batch, CLASSES, institution=plan.id), learners=rows)


def _newcomers(batch: Batch, plan: SchoolPlan, known: pl.DataFrame) -> pl.DataFrame:
    """Children who moved in this September: drawn like all others, after all others."""
    drawn = sheet_rows(_drawn(batch, plan), LEARNERS, institution=plan.id)
    strangers = drawn.filter(
        ~pl.col("full_name").is_in(known["full_name"].to_list())
        & pl.col("full_name").is_unique()
        & pl.col("disability").is_null()
    )
    one_a_class = strangers.unique("school_class", keep="first", maintain_order=True)
    spread = one_a_class.filter(pl.int_range(pl.len()) % _EVERY != 0)
    return spread.head(NEWCOMERS).with_columns(code=pl.lit(None, dtype=pl.String))


def _drawn(batch: Batch, plan: SchoolPlan) -> Batch:
    registrar = Registrar(after=_AFTER_ALL_NUMBERS)
    classes = batch.classes.filter(pl.col("institution_id") == plan.id).with_columns(
        level=pl.lit(Level.PRIMARY.value),
        size=pl.lit(_DRAWN_FOR_CHOICE),
        second_grade=pl.lit(None, dtype=pl.String),
    )
    seats = learners.seats(classes, school_frame([plan]))
    numbered = seats.with_columns(id=pl.int_range(pl.len()) + _FIRST_ID)
    persons = people.with_identity(learners.with_origins(numbered), registrar)
    pupils = learners.with_enrolment(persons.with_columns(phone=families.contact_phone()))
    pupils = pupils.with_columns(**_moved_in())
    return replace(
        batch,
        persons=pupils.select(PERSON_COLUMNS),
        enrolments=pupils.select(ENROLMENT_COLUMNS),
        guardians=families.guardians(pupils, registrar),
        health_checks=health.health_checks(pupils),
        policy_support=support.policy_support(pupils),
    )


def _moved_in() -> dict[str, pl.Expr]:
    # Before the reference day, so that the school's report grows by them.
    moved_on = pl.lit(date(2026, 9, 28))
    nothing = pl.lit(None, dtype=pl.String)
    return {
        "status": pl.lit("02"),
        "status_on": moved_on,
        "entered_on": moved_on,
        "admission": pl.lit("3"),
        "repeats": pl.lit(value=False),
        "is_new_in_level": pl.col("is_new_in_level"),
        "leaving_reason": nothing,
        "moved_to": nothing,
    }


def _with_changes(known: pl.DataFrame) -> pl.DataFrame:
    """A school's autumn: new telephones and addresses, swimming learnt, a few moved away."""
    at = pl.int_range(pl.len())
    is_quiet = (pl.col("status") == "01") & pl.col("disability").is_null()
    turn = {name: is_quiet & (at % 13 == 0) & (at // 13 % 4 == n) for n, name in enumerate(_TURNS)}
    columns = {
        column: pl.when(turn[name]).then(value).otherwise(pl.col(column)).alias(column)
        for name, changes in _TURNS.items()
        for column, value in changes.items()
    }
    return known.with_columns(columns.values())


_TURNS: Mapping[str, Mapping[str, pl.Expr]] = {
    "telephone": {"phone": pl.format("0988{}", (pl.int_range(pl.len()) * 97 + 104729) % 900000)},
    "address": {
        "residence": pl.format("Số {}, tổ {}", pl.int_range(pl.len()) % 90 + 1, pl.lit("4"))
    },
    "swimming": {"can_swim": ~pl.col("can_swim")},
    "moved away": {
        "status": pl.lit("04"),
        "status_on": pl.lit(date(2026, 10, 6)),
        "moved_to": pl.lit("02"),
    },
}
"""Every thirteenth quiet row takes its turn at one of these."""
