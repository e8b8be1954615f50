"""The synthetic nation: every table of the register, drawn school by school from one seedless chance.

    territory, batches = nation(institutions=60)
    for batch in batches: …

Frames carry the columns of the tables they go to, by their database names. Ids count from 1 through
the whole nation; references are to those ids. The same call gives the same bytes everywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import count
from typing import Any

import polars as pl

from sobo.demo import classes, families, health, learners, people, rooms, schools, staffing, support
from sobo.demo.invented import first_plans
from sobo.demo.localities import locality_frame
from sobo.demo.people import PERSON_COLUMNS, Registrar
from sobo.demo.plans import FOR_DISABLED, SchoolPlan
from sobo.demo.running import RunningNumbers
from sobo.demo.territory import Territory, territory_of

DEFAULT_INSTITUTIONS = 60
_LEARNERS_A_BATCH = 30_000


@dataclass(frozen=True, kw_only=True)
class Batch:
    """All rows of some institutions, one frame a table."""

    institutions: pl.DataFrame
    managements: pl.DataFrame
    campuses: pl.DataFrame
    classes: pl.DataFrame
    persons: pl.DataFrame
    enrolments: pl.DataFrame
    guardians: pl.DataFrame
    health_checks: pl.DataFrame
    policy_support: pl.DataFrame
    posts: pl.DataFrame
    rooms: pl.DataFrame

    def frames(self) -> dict[str, pl.DataFrame]:
        """The frames by name, in an order in which each refers only to earlier ones."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def nation(*, institutions: int = DEFAULT_INSTITUTIONS) -> tuple[Territory, Iterator[Batch]]:
    """The units of the nation, and its institutions a few at a time, so that memory stays small.

    Sixty institutions are the two provinces of the demo; 54,000 are the whole country.
    """
    territory = territory_of(first_plans(institutions))
    return territory, batches(territory, first_plans(institutions))


def batches(territory: Territory, plans: Iterable[SchoolPlan]) -> Iterator[Batch]:
    """Draw the institutions of the plans."""
    office = Office(territory)
    for some in _in_batches(plans):
        yield office.draw(some)


def _in_batches(plans: Iterable[SchoolPlan]) -> Iterator[list[SchoolPlan]]:
    some: list[SchoolPlan] = []
    for plan in plans:
        some.append(plan)
        if sum(one.learners for one in some) >= _LEARNERS_A_BATCH:
            yield some
            some = []
    if some:
        yield some


class Office:
    """Draws batch after batch; numbers go on where the last batch ended."""

    def __init__(self, territory: Territory) -> None:
        self._territory = territory
        self._registrar = Registrar()
        self._school_codes = RunningNumbers()
        self._person_ids = RunningNumbers()
        self._campus_ids, self._class_ids = count(1), count(1)

    def draw(self, plans: list[SchoolPlan]) -> Batch:
        """All rows of these institutions."""
        rows = _Rows()
        for plan in plans:
            self._draw_school(plan, rows)
        around = school_frame(plans)
        drawn_classes = classes.class_frame(rows.classes)
        pupils = self._learners(drawn_classes, around)
        staff = self._staff(rows.posts, around)
        return Batch(
            institutions=_with_people(schools.institution_frame(rows.institutions), pupils, staff),
            managements=_managements(rows.managements),
            campuses=pl.DataFrame(rows.campuses, schema=classes.CAMPUS_SCHEMA),
            classes=_with_form_teachers(drawn_classes, staff),
            persons=pl.concat([pupils.select(PERSON_COLUMNS), staff.select(PERSON_COLUMNS)]),
            enrolments=pupils.select(learners.ENROLMENT_COLUMNS),
            guardians=families.guardians(pupils, self._registrar),
            health_checks=health.health_checks(pupils.filter(learners.is_present())),
            policy_support=support.policy_support(pupils.filter(learners.is_present())),
            posts=staffing.with_posts(staff),
            rooms=rooms.room_frame(rows.rooms),
        )

    def _draw_school(self, plan: SchoolPlan, rows: "_Rows") -> None:
        campuses = classes.campus_rows(plan, self._campus_ids)
        own_classes = classes.class_rows(plan, campuses, self._class_ids)
        rows.institutions.append(schools.institution_row(plan, self._school_codes))
        rows.managements += self._territory.managements(plan)
        rows.campuses += campuses
        rows.classes += own_classes
        rows.posts += staffing.planned_posts(plan, own_classes)
        rows.rooms += rooms.room_rows(plan, own_classes)

    def _learners(self, drawn: pl.DataFrame, around: pl.DataFrame) -> pl.DataFrame:
        rows = self._numbered(learners.seats(drawn, around))
        persons = people.with_identity(learners.with_origins(rows), self._registrar)
        return learners.with_enrolment(persons.with_columns(phone=families.contact_phone()))

    def _staff(self, posts: list[dict[str, Any]], around: pl.DataFrame) -> pl.DataFrame:
        rows = pl.DataFrame(posts, schema=staffing.PLANNED_SCHEMA)
        rows = rows.join(around, on="institution_id", how="left", maintain_order="left")
        return people.with_identity(staffing.with_origins(self._numbered(rows)), self._registrar)

    def _numbered(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(id=self._person_ids.take_many(rows.height))


class _Rows:
    """The rows of a batch, before they are frames."""

    def __init__(self) -> None:
        self.institutions: list[dict[str, Any]] = []
        self.managements: list[dict[str, Any]] = []
        self.campuses: list[dict[str, Any]] = []
        self.classes: list[dict[str, Any]] = []
        self.posts: list[dict[str, Any]] = []
        self.rooms: list[dict[str, Any]] = []


def school_frame(plans: list[SchoolPlan]) -> pl.DataFrame:
    """What learners and staff need to know of their school and its place."""
    rows = [
        {
            "institution_id": plan.id,
            "province": plan.province,
            "commune": plan.commune,
            "locality": plan.locality,
            "ownership": plan.ownership,
            "kind": plan.kind,
            "school_two_sessions": plan.two_sessions,
            "is_international": schools.is_international(plan),
            "is_for_disabled": plan.kind == FOR_DISABLED,
            "is_independent": plan.is_independent_group,
            "boards": plan.boards,
            "is_upland": plan.place.is_upland,
        }
        for plan in plans
    ]
    return pl.DataFrame(rows).join(locality_frame(), on="locality", how="left")


def _managements(rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {"institution_id": pl.Int64, "unit_id": pl.Int64, "since": pl.Date, "until": pl.Date}
    return pl.DataFrame(rows, schema=schema)


def _with_form_teachers(drawn: pl.DataFrame, staff: pl.DataFrame) -> pl.DataFrame:
    teachers = staff.filter(pl.col("class_id").is_not_null()).select(
        pl.col("class_id").alias("id"), pl.col("code").alias("form_teacher_code")
    )
    joined = drawn.join(teachers, on="id", how="left", maintain_order="left")
    return joined.drop(classes.PLAN_COLUMNS)


def _with_people(
    institutions: pl.DataFrame, pupils: pl.DataFrame, staff: pl.DataFrame
) -> pl.DataFrame:
    """Add to profiles what follows from the people: the head, and whether any learner is disabled."""
    heads = staff.filter(pl.col("position") == staffing.HEAD).select(
        pl.col("institution_id").alias("id"),
        pl.col("full_name").alias("head_name"),
        families.phone("phone").alias("head_phone"),
    )
    disabled = pupils.filter(pl.col("disability").is_not_null() & learners.is_present())
    has_disabled = pl.col("id").is_in(disabled["institution_id"].unique().to_list())
    joined = institutions.join(heads, on="id", how="left", maintain_order="left")
    return joined.with_columns(has_disabled_learners=has_disabled)
