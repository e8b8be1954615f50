"""The round as the demo finds it: who has filed, on which days, and who did it."""

from itertools import pairwise

import polars as pl
import pytest

from sobo.demo.calendar import DEMO_ON
from sobo.demo.cast import cast
from sobo.demo.colleagues import colleagues
from sobo.demo.filing import Act, acts, filed
from sobo.demo.nation import Batch
from sobo.demo.plans import SchoolPlan, written_plans
from sobo.demo.territory import Territory
from sobo.reporting.transitions import ACCEPTED, APPROVED, COMPLETED, RETURNED, REVIEWED, SIGNED

ROLES = {
    COMPLETED: "clerk",
    SIGNED: "head",
    REVIEWED: "reviewer",
    RETURNED: "reviewer",
    APPROVED: "approver",
    ACCEPTED: "ministry",
}
"""Whose step leads to a state."""


@pytest.fixture(scope="module")
def every_act() -> list[Act]:
    return [act for school in filed() for act in acts(school)]


def test_each_school_stands_at_one_place_and_every_place_is_taken() -> None:
    schools = [school.plan.key for school in filed()]
    assert len(set(schools)) == len(schools)
    assert {school.state for school in filed()} == set(ROLES)


def test_the_schools_of_the_cast_have_theirs_still_to_file(batch: Batch) -> None:
    played = {member.institution_code for member in cast(batch.institutions)}
    codes = dict(batch.institutions.select("id", "code").iter_rows())
    assert not played & {codes[school.plan.id] for school in filed()}


def test_steps_are_taken_in_office_hours_of_working_days_before_the_demo(
    every_act: list[Act],
) -> None:
    for act in every_act:
        assert act.at.date() < DEMO_ON
        assert act.at.isoweekday() <= 5
        assert 8 <= act.at.hour < 17


def test_the_steps_of_a_school_follow_one_another() -> None:
    for school in filed():
        steps = acts(school)
        assert steps[-1].target == school.state
        assert all(before.at < after.at for before, after in pairwise(steps))


def test_schools_of_the_department_pass_no_commune() -> None:
    ways = {
        school.plan.is_under_department: {act.target for act in acts(school)}
        for school in filed()
        if school.state == ACCEPTED
    }
    assert ways[False] - ways[True] == {REVIEWED}


def test_whoever_takes_a_step_has_an_account_of_that_role(
    batch: Batch, every_act: list[Act]
) -> None:
    everyone = (*cast(batch.institutions), *colleagues(batch))
    roles = {member.username: member.role for member in everyone}
    assert len(roles) == len(everyone)
    assert {act.by: ROLES[act.target] for act in every_act}.items() <= roles.items()


def test_every_school_has_a_clerk_of_its_staff_and_its_head(batch: Batch) -> None:
    members = [*cast(batch.institutions), *colleagues(batch)]
    heads = dict(batch.institutions.select("code", "head_name").iter_rows())
    assert {m.institution_code: m.name for m in members if m.role == "head"} == heads
    assert {m.institution_code for m in members if m.role == "clerk"} == set(heads)
    staff = _names_of_staff(batch)
    drawn = [member for member in colleagues(batch) if member.role == "clerk"]
    assert all(member.name in staff[member.institution_code] for member in drawn)
    assert all(member.name != heads[member.institution_code or ""] for member in drawn)


def _names_of_staff(batch: Batch) -> dict[str | None, list[str]]:
    """The names of a school's staff, by its code."""
    persons = batch.persons.select(pl.col("id").alias("person_id"), "full_name")
    schools = batch.institutions.select(pl.col("id").alias("institution_id"), "code")
    joined = batch.posts.join(persons, on="person_id").join(schools, on="institution_id")
    named = joined.group_by("code").agg("full_name")
    return dict(named.iter_rows())


def test_every_commune_that_manages_a_school_has_one_reviewer(
    batch: Batch, territory: Territory
) -> None:
    members = [*cast(batch.institutions), *colleagues(batch)]
    units = [member.unit_code for member in members if member.role == "reviewer"]
    assert len(units) == len(set(units))
    assert set(units) == {_commune(plan) for plan in written_plans() if _is_managed(plan)}
    assert set(units) <= set(territory.units["code"])


def _is_managed(plan: SchoolPlan) -> bool:
    return not plan.is_under_department


def _commune(plan: SchoolPlan) -> str:
    return plan.province + plan.commune


def test_reviewers_bear_whole_names(batch: Batch) -> None:
    names = [member.name for member in colleagues(batch) if member.role == "reviewer"]
    assert all(len(name.split()) >= 2 for name in names)
    assert len(set(names)) > len(names) * 0.9
