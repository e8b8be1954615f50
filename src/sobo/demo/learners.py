"""Learners: who sits in each class, how they came there and what they receive."""

from datetime import date
from typing import Any

import polars as pl

from sobo.demo import draws
from sobo.demo.calendar import REFERENCE_ON, SCHOOL_YEAR
from sobo.demo.localities import peoples
from sobo.demo.people import FOREIGN
from sobo.demo.plans import NURSERY_GRADES, PUBLIC, SEMI_BOARDING
from sobo.kernel.personal_number import FEMALE, MALE
from sobo.registry.learners.models import LEFT, MOVED_AWAY, MOVED_IN, PRESENT
from sobo.specification.codelists import code_list
from sobo.specification.fields import Level

ENROLMENT_COLUMNS = (
    "institution_id",
    "person_id",
    "school_year",
    "school_class_id",
    "grade",
    "status",
    "status_on",
    "leaving_reason",
    "admission",
    "entered_on",
    "moved_to",
    "area",
    "disability",
    "is_not_assessed",
    "is_inclusive",
    "two_sessions",
    "day_boarder",
    "boarding_kind",
    "ethnic_day_boarder",
    "is_new_in_preschool",
    "is_new_in_level",
    "repeats",
    "learns_informatics",
    "learns_ethnic_language",
    "needs_language_support",
    "extra_vietnamese",
    "has_teaching_assistant",
    "life_skills_programme",
    "can_swim",
    "is_pioneer",
    "is_union_member",
    "phone",
    "father_is_minority",
    "mother_is_minority",
    "age_decision",
)

FIRST_GRADES = (1, 6, 10)
"""The first grade of each level of general education."""
_INFORMATICS_FROM, _PIONEERS_FROM, _UNION_FROM = 3, 3, 11
_LAST_PIONEER_GRADE = 9
"""By age: pioneers are nine to fifteen."""
_FOREIGN_SHARE = 0.38
_REPEATING, _REPEATING_UPLAND = 0.004, 0.011
_INCLUSIVE, _MOST_INCLUDED = 0.011, 2
"""Share of included learners, and how many of them one class takes (TT 03/2018, unverified)."""
_ORPHANS = 0.002
_BOYS = {
    Level.PRESCHOOL: 0.524,
    Level.PRIMARY: 0.522,
    Level.LOWER_SECONDARY: 0.513,
    Level.UPPER_SECONDARY: 0.478,
}
_NATIONALITIES = {"KR": 34.0, "JP": 18.0, "US": 22.0, "FR": 12.0, "IN": 14.0}
_SPECIAL_DISABILITIES = {"05": 58.0, "04": 17.0, "02": 17.0, "03": 4.0, "01": 4.0}
_INCLUSIVE_DISABILITIES = {"05": 42.0, "01": 20.0, "02": 14.0, "03": 9.0, "04": 10.0, "06": 5.0}
_STATUSES = {
    "01": 968.0,
    "10": 12.0,
    "02": 6.0,
    "11": 6.0,
    "04": 4.5,
    "12": 1.2,
    "05": 1.6,
    "03": 0.7,
}
_REASONS = {"01": 34.0, "02": 14.0, "03": 16.0, "06": 24.0, "09": 3.0}
_REASONS_OF_THE_GROWN = _REASONS | {"08": 12.0}
"""Trades are learnt from lower secondary age on."""
_DESTINATIONS = {"01": 74.0, "02": 23.0, "03": 3.0}
_SUMMER = ("10", "11", "12")


def seats(classes: pl.DataFrame, schools: pl.DataFrame) -> pl.DataFrame:
    """One row for each learner, with the class and school around it.

    `schools` holds `institution_id` and what `nation.school_frame` tells of a school.
    """
    taken = classes.select(
        "institution_id",
        "grade",
        "level",
        "is_special",
        "size",
        "two_sessions",
        "day_boarding",
        "second_grade",
        pl.col("id").alias("school_class_id"),
        pl.col("boarding_kind").alias("class_boarding"),
    )
    repeated = taken.select(pl.all().repeat_by("size").explode()).drop("size")
    own = repeated.with_columns(grade=_own_grade()).drop("second_grade")
    return own.join(schools, on="institution_id", how="left", maintain_order="left")


def _own_grade() -> pl.Expr:
    """In a class of two ages every other child belongs to the second."""
    is_second = pl.int_range(pl.len()).over("school_class_id") % 2 == 1
    second = pl.when(is_second).then("second_grade")
    return pl.coalesce(second, "grade")


def with_origins(rows: pl.DataFrame) -> pl.DataFrame:
    """Add sex, people, day of birth and what hangs on them. Needs `id`."""
    drawn = rows.with_columns(
        pl.col("grade").cast(pl.Int32).alias("grade_number"),
        sex=_sex(),
        nationality=_nationality(),
        knows_number=draws.happens("knows number", pl.col("numbered")),
        repeats=_repeats(),
        is_orphan=draws.happens("is an orphan", _ORPHANS),
    ).with_columns(ethnic_group=_ethnic_group(), years_late=_years_late())
    return drawn.with_columns(birth_on=_birth_on(), is_minority=_is_minority("ethnic_group"))


def with_enrolment(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the columns of an enrolment that the class, the person and chance decide."""
    placed = rows.with_columns(**_disability(), status=_status()).with_columns(
        repeats=pl.col("repeats") & ~pl.col("status").is_in(MOVED_IN)
    )
    return placed.with_columns(
        person_id=pl.col("id"),
        school_year=pl.lit(SCHOOL_YEAR.start_year, dtype=pl.Int32),
        **_coming_and_going(),
        **_day_at_school(),
        **_novelty(),
        **_lessons(),
        **_parents_people(),
    )


def _sex() -> pl.Expr:
    boys = pl.col("level").replace_strict(_BOYS, return_dtype=pl.Float64)
    return pl.when(draws.happens("is a boy", boys)).then(pl.lit(MALE)).otherwise(pl.lit(FEMALE))


def _nationality() -> pl.Expr:
    is_foreign = pl.col("is_international") & draws.happens("is foreign", _FOREIGN_SHARE)
    return pl.when(is_foreign).then(draws.one_of("nationality", _NATIONALITIES))


def _ethnic_group() -> pl.Expr:
    at_home = draws.one_of_each("ethnic group", "locality", peoples())
    # Those who come down to a boarding school are children of the mountains.
    boarder = draws.one_of(
        "ethnic group", {"03": 46.0, "08": 38.0, "29": 6.0, "34": 6.0, "39": 4.0}
    )
    return (
        pl.when(pl.col("nationality").is_not_null())
        .then(pl.lit(FOREIGN))
        .when(pl.col("boards"))
        .then(boarder)
        .otherwise(at_home)
    )


def _is_minority(column: str) -> pl.Expr:
    return pl.col(column).is_in(code_list("ETHNIC_GROUP").with_attribute("is_minority"))


def _repeats() -> pl.Expr:
    chance = pl.when(pl.col("is_upland")).then(_REPEATING_UPLAND).otherwise(_REPEATING)
    return _is_general() & draws.happens("repeats", chance)


def _years_late() -> pl.Expr:
    """Years behind the age of the grade: who repeats is one behind at least."""
    late = pl.col("late")
    position = draws.shares("is late")
    slower = (
        pl.when(position < late / 20)
        .then(3)
        .when(position < late / 5)
        .then(2)
        .when(position < late)
        .then(1)
        .otherwise(0)
    )
    return pl.when(_is_general()).then(slower + pl.col("repeats").cast(pl.Int32)).otherwise(0)


def _birth_on() -> pl.Expr:
    """Day of birth: by the calendar year from three on, by months before."""
    age = (
        pl.when(_is_general())
        .then(pl.col("grade_number") + 5 + pl.col("years_late"))
        .otherwise(pl.col("grade_number") - 13)
    )
    year = SCHOOL_YEAR.start_year - age
    by_year = pl.date(year, 1, 1) + pl.duration(days=draws.whole("day of birth", 0, 364))
    return pl.when(_in_nursery()).then(_birth_by_months()).otherwise(by_year)


def _birth_by_months() -> pl.Expr:
    """A child of that many completed months on the reference day."""
    first = (pl.col("grade_number") - 13) * 12 + 1
    youngest = pl.max_horizontal(first, pl.lit(7))
    spread = first + 12 - youngest
    months = youngest + (draws.shares("month of birth") * spread).floor().cast(pl.Int32)
    day = pl.lit(REFERENCE_ON).dt.offset_by(pl.format("-{}mo", months))
    return day - pl.duration(days=draws.whole("day of birth", 0, 27))


def _is_general() -> pl.Expr:
    return pl.col("level") != Level.PRESCHOOL


def _in_nursery() -> pl.Expr:
    return pl.col("grade").is_in([str(grade) for grade in NURSERY_GRADES])


def _status() -> pl.Expr:
    """Nearly all learn; a few came or went. Small children and special classes stay put."""
    moves = _is_general() & ~pl.col("is_special") & ~pl.col("is_independent")
    drawn = draws.one_of("status", _STATUSES)
    # Who has just entered a level has not moved in the summer before it.
    fresh = pl.col("grade_number").is_in(FIRST_GRADES) & drawn.is_in(_SUMMER)
    return pl.when(moves & ~fresh).then(drawn).otherwise(pl.lit("01"))


def _coming_and_going() -> dict[str, pl.Expr]:
    status = pl.col("status")
    in_summer = status.is_in(_SUMMER)
    summer = pl.lit(date(SCHOOL_YEAR.start_year, 8, 1)) + _days("day of move", 28)
    term = pl.lit(date(SCHOOL_YEAR.start_year, 9, 7)) + _days("day of move", 32)
    moved = pl.when(in_summer).then(summer).when(status != "01").then(term)
    came = status.is_in(MOVED_IN)
    return {
        "status_on": moved,
        "entered_on": pl.when(came).then(moved).otherwise(_entered_on()),
        "admission": pl.when(came).then(pl.lit("3")).when(_is_fresh()).then(pl.lit("1")),
        "leaving_reason": pl.when(status.is_in(LEFT)).then(_reason()),
        "moved_to": pl.when(status.is_in(MOVED_AWAY)).then(
            draws.one_of("destination", _DESTINATIONS)
        ),
    }


def _reason() -> pl.Expr:
    is_grown = pl.col("level").is_in([Level.LOWER_SECONDARY, Level.UPPER_SECONDARY])
    grown = pl.when(is_grown).then(draws.one_of("reason", _REASONS_OF_THE_GROWN))
    return grown.otherwise(draws.one_of("reason", _REASONS))


def _days(draw: str, most: int) -> pl.Expr:
    return pl.duration(days=draws.whole(draw, 0, most))


def _entered_on() -> pl.Expr:
    """The September that the level, at this school, began in."""
    first = (
        pl.when(pl.col("level") == Level.PRESCHOOL)
        .then(pl.col("grade_number"))
        .when(pl.col("level") == Level.PRIMARY)
        .then(1)
        .when(pl.col("level") == Level.LOWER_SECONDARY)
        .then(6)
        .otherwise(10)
    )
    years = pl.col("grade_number") - first + pl.col("repeats").cast(pl.Int32)
    return pl.date(SCHOOL_YEAR.start_year - years, 9, 5)


def _is_fresh() -> pl.Expr:
    return pl.col("grade_number").is_in(FIRST_GRADES) & ~pl.col("repeats")


def _disability() -> dict[str, pl.Expr]:
    is_included = draws.happens("is disabled", _INCLUSIVE) & ~pl.col("is_special")
    in_class = (is_included & ~_in_nursery()).cast(pl.Int32).cum_sum().over("school_class_id")
    included = is_included & ~_in_nursery() & (in_class <= _MOST_INCLUDED)
    kind = (
        pl.when(pl.col("is_special"))
        .then(draws.one_of("disability", _SPECIAL_DISABILITIES))
        .when(included)
        .then(draws.one_of("disability", _INCLUSIVE_DISABILITIES))
    )
    return {
        "disability": kind,
        "is_inclusive": included,
        "is_not_assessed": pl.when(kind.is_not_null()).then(draws.happens("not assessed", 0.35)),
    }


def _day_at_school() -> dict[str, pl.Expr]:
    lives_near = draws.happens("eats at home", 0.12) & _is_general()
    boards = pl.col("day_boarding").fill_null(value=False) & ~lives_near
    is_policy = (pl.col("kind") == SEMI_BOARDING) & pl.col("is_minority")
    return {
        "day_boarder": boards,
        "boarding_kind": pl.when(boards).then("class_boarding"),
        "ethnic_day_boarder": pl.when(_is_general()).then(boards & is_policy),
    }


def _novelty() -> dict[str, pl.Expr]:
    grade = pl.col("grade_number")
    entry = pl.when(_in_nursery()).then(0.8).when(grade == 16).then(0.62).otherwise(0.1)
    return {
        "is_new_in_preschool": pl.when(~_is_general()).then(draws.happens("is new", entry)),
        "is_new_in_level": pl.when(_is_general()).then(_is_fresh()),
        "repeats": pl.when(_is_general()).then("repeats"),
        "age_decision": pl.when(pl.col("years_late") > 3).then(
            pl.format("{}/QĐ-UBND", draws.whole("decision", 10, 900))
        ),
    }


def _lessons() -> dict[str, pl.Expr]:
    general, grade = _is_general(), pl.col("grade_number")
    speaks_another = pl.col("is_minority") & pl.col("is_upland")
    small = general & speaks_another & (grade <= 2)
    columns = {
        "learns_informatics": grade >= _INFORMATICS_FROM,
        "learns_ethnic_language": pl.lit(value=False),
        "needs_language_support": small & draws.happens("needs support", 0.5),
        "extra_vietnamese": small,
        "has_teaching_assistant": small & draws.happens("assistant", 0.15),
        "life_skills_programme": pl.lit(value=True),
        "is_pioneer": (grade >= _PIONEERS_FROM)
        & draws.happens("is pioneer", 0.94)
        & (grade + pl.col("years_late") <= _LAST_PIONEER_GRADE),
        "is_union_member": (grade >= _UNION_FROM) & draws.happens("is member", 0.7),
    }
    swims = pl.when(grade <= 2).then(0.12).otherwise(0.36)
    told: dict[str, Any] = {name: pl.when(general).then(value) for name, value in columns.items()}
    return told | {"can_swim": pl.when(general).then(draws.happens("can swim", swims))}


def _parents_people() -> dict[str, pl.Expr]:
    """Most parents are of one people; some families are mixed."""
    mixed = draws.happens("mixed family", 0.06)
    through_father = draws.happens("people of father", 0.85)
    minority = pl.col("is_minority")
    return {
        "father_is_minority": minority & (~mixed | through_father),
        "mother_is_minority": minority & (~mixed | ~through_father),
    }


def is_present() -> pl.Expr:
    """Whether a learner is at school."""
    return pl.col("status").is_in(PRESENT)


def is_public() -> pl.Expr:
    """Whether the school is a public one."""
    return pl.col("ownership") == PUBLIC
