"""Everyone else at work in the demo: nobody plays them, but the returns on their way are theirs."""

from collections.abc import Iterable, Iterator

import polars as pl

from sobo.demo import draws, names, seats
from sobo.demo.cast import Member, cast
from sobo.demo.nation import Batch
from sobo.demo.plans import SchoolPlan, written_plans
from sobo.demo.staffing import ACCOUNTANT, CLERK, HEAD, SEVERAL_DUTIES
from sobo.demo.territory import commune_unit_code
from sobo.kernel.personal_number import FEMALE, MALE
from sobo.registry.staff.models import WORKING

_WHO_FILES = (CLERK, SEVERAL_DUTIES, ACCOUNTANT)
"""Positions that a school's paperwork falls to; where it has none, anyone but the head."""
_UPLAND_PEOPLES = {"01": 46.0, "03": 44.0, "08": 6.0, "06": 4.0}
_WOMEN = 0.5


def colleagues(batch: Batch) -> list[Member]:
    """Clerk and head of each written school of the batch, and the reviewers above them.

    Without the cast, who are the same persons in the same seats.
    """
    drawn = set(batch.institutions["id"])
    plans = [plan for plan in written_plans() if plan.id in drawn]
    played = {member.username for member in cast(batch.institutions)}
    everyone = (*_at_schools(plans, batch), *_reviewers(plans))
    return [member for member in everyone if member.username not in played]


def _at_schools(plans: Iterable[SchoolPlan], batch: Batch) -> Iterator[Member]:
    profiles = batch.institutions.select("id", "code", "head_name").rows_by_key("id", unique=True)
    clerks = _clerks(batch)
    for plan in plans:
        code, head = profiles[plan.id]
        yield Member(
            username=seats.clerk(plan), name=clerks[plan.id], role="clerk", institution_code=code
        )
        yield Member(username=seats.head(plan), name=head, role="head", institution_code=code)


def _clerks(batch: Batch) -> dict[int, str]:
    """For each school the name of the one whom its returns fall to."""
    order = {position: rank for rank, position in enumerate(_WHO_FILES)}
    rank = pl.col("position").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    persons = batch.persons.select(pl.col("id").alias("person_id"), "full_name")
    at_work = batch.posts.filter((pl.col("position") != HEAD) & pl.col("status").is_in(WORKING))
    chosen = (
        at_work.sort(rank, "person_id")
        .unique("institution_id", keep="first", maintain_order=True)
        .join(persons, on="person_id")
    )
    return dict(chosen.select("institution_id", "full_name").iter_rows())


def _reviewers(plans: Iterable[SchoolPlan]) -> Iterator[Member]:
    """One officer for each commune that manages a school."""
    managed = [plan for plan in plans if not plan.is_under_department]
    by_commune = {plan.commune: plan for plan in managed}
    for plan, name in zip(by_commune.values(), _officer_names(by_commune.values()), strict=True):
        yield Member(
            username=seats.reviewer(plan),
            name=name,
            role="reviewer",
            unit_code=commune_unit_code(plan.province, plan.commune),
        )


def _officer_names(plans: Iterable[SchoolPlan]) -> pl.Series:
    """A name for the officer of each school's commune, as its peoples give names."""
    rows = [{"id": int(plan.commune), "is_upland": plan.place.is_upland} for plan in plans]
    drawn = pl.DataFrame(rows).with_columns(
        ethnic_group=pl.when("is_upland")
        .then(draws.one_of("people of officer", _UPLAND_PEOPLES))
        .otherwise(pl.lit("01")),
        nationality=pl.lit(None, dtype=pl.String),
        sex=pl.when(draws.happens("officer is a woman", _WOMEN))
        .then(pl.lit(FEMALE))
        .otherwise(pl.lit(MALE)),
    )
    named = drawn.with_columns(naming=names.naming())
    family, rest = names.family_name("family of officer"), names.rest_of_name("officer")
    return named.select(pl.concat_str(family, rest, separator=" ")).to_series()
