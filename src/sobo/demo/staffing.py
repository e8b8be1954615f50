"""Staff: posts by the norms (TT 20/2023, TT 19/2023), and the persons who hold them."""

from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from math import ceil
from typing import Any

import polars as pl

from sobo.demo import draws
from sobo.demo.calendar import SCHOOL_YEAR
from sobo.demo.families import phone
from sobo.demo.plans import NURSERY_GRADES, PUBLIC, SchoolPlan
from sobo.kernel.personal_number import FEMALE, MALE
from sobo.registry.staff.models import EMPLOYEE, MANAGER, TEACHER
from sobo.specification.fields import Level

HEAD, DEPUTY, CLASS_TEACHER, TEAM_LEADER, PIONEER_LEADER = "01", "02", "GV", "03", "TPT"
LIBRARIAN, EQUIPMENT, NURSE, LABORATORY, ACCOUNTANT, CLERK, GUARD, TREASURER, COOK = (
    "09",
    "10",
    "11",
    "13",
    "15",
    "16",
    "17",
    "25",
    "31",
)
STUDENT_AFFAIRS, SEVERAL_DUTIES, FOR_DISABLED = "34", "KN", "33"
"""STAFF_POSITION."""

POST_COLUMNS = (
    "institution_id",
    "person_id",
    "level",
    "section",
    "group",
    "position",
    "has_several_duties",
    "status",
    "status_on",
    "contract",
    "recruited_on",
    "phone",
    "rank",
    "qualification",
    "it_level",
    "subjects",
    "teaches_disabled",
    "teaches_one_session",
    "teaches_two_sessions",
    "is_pioneer_leader",
    "professional_standard",
    "civil_rating",
    "is_party_member",
    "insurance_number",
)

PLANNED_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "institution_id": pl.Int64,
    "level": pl.String,
    "section": pl.String,
    "teaching_level": pl.String,
    "class_id": pl.Int64,
    "subjects": pl.List(pl.String),
    "group": pl.String,
    "position": pl.String,
}

# Teachers a class in public schools in 2024-25 (facts 3.3), which lie below the norms.
_TEACHERS_PER_CLASS = {
    "NT": 2.3,
    "MG": 2.0,
    Level.PRIMARY: 1.4,
    Level.LOWER_SECONDARY: 1.73,
    Level.UPPER_SECONDARY: 2.01,
}
_TEAM = 8
_SUBJECTS = {
    Level.LOWER_SECONDARY: "NVA TOC TAH KHTN LSDL TOC NVA GDTC KHTN CNE THC GCD ANC MTT".split(),
    Level.UPPER_SECONDARY: "TOC NVA TAH VLY HHC SHC LSU DLY TOC GDTC THC KTPL QPAN CNE".split(),
}
_PRIMARY_SPECIALISTS = "TAH THC GDTC ANC MTT".split()
_WOMEN = {
    Level.PRESCHOOL: 0.997,
    Level.PRIMARY: 0.79,
    Level.LOWER_SECONDARY: 0.68,
    Level.UPPER_SECONDARY: 0.62,
}
_DEGREES_OF_MANAGERS = {"16": 66.0, "02": 33.0, "01": 1.0}
_DEGREES_OF_EMPLOYEES = {"05": 44.0, "04": 26.0, "03": 26.0, "06": 4.0}
_DEGREES: Mapping[str, Mapping[str, float]] = {
    Level.PRESCHOOL: {"16": 62.0, "17": 37.0, "02": 1.0},
    Level.PRIMARY: {"16": 89.0, "13": 7.0, "02": 4.0},
    Level.LOWER_SECONDARY: {"16": 82.0, "13": 10.0, "02": 8.0},
    Level.UPPER_SECONDARY: {"16": 74.0, "02": 19.0, "13": 6.5, "01": 0.5},
}
# Where the road is long, some still teach with the degrees of before 2020 (Luật GD 2019 Đ72).
_DEGREES_IN_HARD_PLACES: Mapping[str, Mapping[str, float]] = {
    **_DEGREES,
    Level.PRESCHOOL: {"16": 52.0, "17": 40.0, "18": 8.0},
    Level.PRIMARY: {"16": 78.0, "17": 14.0, "13": 5.0, "18": 3.0},
    Level.LOWER_SECONDARY: {"16": 77.0, "17": 13.0, "13": 8.0, "02": 2.0},
}
_RANKS: Mapping[str, Mapping[str, float]] = {
    Level.PRESCHOOL: {"V.07.02.26": 72.0, "V.07.02.25": 28.0},
    Level.PRIMARY: {"V.07.03.29": 66.0, "V.07.03.28": 34.0},
    Level.LOWER_SECONDARY: {"V.07.04.32": 64.0, "V.07.04.31": 36.0},
    Level.UPPER_SECONDARY: {"12": 75.0, "11": 25.0},
}
_CONTRACTS = {
    "public": {"1": 80.0, "7": 14.0, "3": 4.0, "4": 2.0},
    "public help": {"2": 70.0, "3": 30.0},
    "private": {"3": 86.0, "4": 14.0},
}
_AGES = {MANAGER: (38, 58), TEACHER: (23, 58), EMPLOYEE: (22, 57)}

Post = dict[str, Any]


def planned_posts(plan: SchoolPlan, classes: list[dict[str, Any]]) -> list[Post]:
    """The posts of an institution; `class_id` names the class whose form teacher one is."""
    posts = [*_managers(plan, classes), *_teachers(classes)]
    if not plan.is_independent_group:
        posts += _employees(plan)
    return [{"institution_id": plan.id, **_EMPTY, **post} for post in posts]


_EMPTY: Post = {
    "level": None,
    "section": None,
    "teaching_level": None,
    "class_id": None,
    "subjects": None,
}


def _managers(plan: SchoolPlan, classes: list[dict[str, Any]]) -> Iterator[Post]:
    shared = {"group": MANAGER, "teaching_level": plan.main_level}
    yield {"position": HEAD, **shared}
    for _deputy in range(0 if plan.is_independent_group else min(3, ceil(len(classes) / 14))):
        yield {"position": DEPUTY, **shared}


def _teachers(classes: list[dict[str, Any]]) -> Iterator[Post]:
    for unit in dict.fromkeys(_teaching_unit(row) for row in classes):
        of_unit = [row for row in classes if _teaching_unit(row) == unit]
        count = max(len(of_unit), round(len(of_unit) * _TEACHERS_PER_CLASS[unit]))
        for number in range(count):
            form_class = of_unit[number] if number < len(of_unit) else None
            yield _teacher(unit, number, form_class, of_unit[0]["level"])
    if any(row["level"] in (Level.PRIMARY, Level.LOWER_SECONDARY) for row in classes):
        yield _pioneer_leader(classes)


def _teaching_unit(row: dict[str, Any]) -> str:
    """The level, in preschool the section, that a class's teachers belong to."""
    if row["level"] != Level.PRESCHOOL:
        return str(row["level"])
    return "NT" if int(row["grade"]) in NURSERY_GRADES else "MG"


def _teacher(unit: str, number: int, form_class: dict[str, Any] | None, level: Level) -> Post:
    leads = form_class is not None and number % _TEAM == 0 and level != Level.PRESCHOOL
    return {
        "group": TEACHER,
        "position": TEAM_LEADER if leads else CLASS_TEACHER,
        "level": level,
        "teaching_level": level,
        "section": unit if level == Level.PRESCHOOL else None,
        "class_id": form_class["id"] if form_class else None,
        "subjects": [_subject(unit, number, is_form_teacher=form_class is not None)],
    }


def _subject(unit: str, number: int, *, is_form_teacher: bool) -> str:
    if unit in ("NT", "MG"):
        return {"NT": "NTR", "MG": "MGI"}[unit]
    if unit == Level.PRIMARY:
        taught = ["TIH"] if is_form_teacher else _PRIMARY_SPECIALISTS
    else:
        taught = _SUBJECTS[Level(unit)]
    return next(islice(cycle(taught), number % len(taught), None))


def _pioneer_leader(classes: list[dict[str, Any]]) -> Post:
    levels = [row["level"] for row in classes]
    level = Level.PRIMARY if Level.PRIMARY in levels else Level.LOWER_SECONDARY
    return {
        "group": TEACHER,
        "position": PIONEER_LEADER,
        "level": level,
        "teaching_level": level,
        "subjects": ["HDTN"],
    }


def _employees(plan: SchoolPlan) -> Iterator[Post]:
    """Shared by the levels of a school: counted with its main level."""
    wanted = [ACCOUNTANT, NURSE, GUARD]
    if plan.main_level == Level.PRESCHOOL:
        wanted += [COOK] * ceil(plan.learners / 60) if plan.day_boarding else []
    else:
        wanted += [LIBRARIAN, CLERK]
        wanted += [COOK] * (2 if plan.day_boarding or plan.boards else 0)
    if plan.learners > 600:
        wanted += [TREASURER, GUARD]
    if plan.main_level in (Level.LOWER_SECONDARY, Level.UPPER_SECONDARY):
        wanted += [EQUIPMENT, STUDENT_AFFAIRS]
    if plan.main_level == Level.UPPER_SECONDARY:
        wanted += [LABORATORY]
    if plan.learners < 150:
        wanted = [SEVERAL_DUTIES, GUARD]
    for position in wanted:
        yield {"group": EMPLOYEE, "position": position}


def with_origins(posts: pl.DataFrame) -> pl.DataFrame:
    """Add sex, people and day of birth. Needs `id` and what `nation.school_frame` tells."""
    age = pl.coalesce(
        pl.when(pl.col("group") == group).then(_age(low, high))
        for group, (low, high) in _AGES.items()
    )
    return posts.with_columns(
        sex=_sex(),
        ethnic_group=_people(),
        nationality=pl.lit(None, dtype=pl.String),
        knows_number=draws.happens("knows number", 0.995),
        birth_on=pl.date(SCHOOL_YEAR.start_year - age, 1, 1)
        + pl.duration(days=draws.whole("day of birth", 0, 364)),
    )


def _age(low: int, high: int) -> pl.Expr:
    middle, spread = (low + high) / 2, (high - low) / 4
    return (middle + draws.normal("age") * spread).round().cast(pl.Int32).clip(low, high)


def _sex() -> pl.Expr:
    women = (
        pl.when(pl.col("position") == GUARD)
        .then(0.04)
        .when(pl.col("position") == COOK)
        .then(0.97)
        .when(pl.col("group") == EMPLOYEE)
        .then(0.82)
        .otherwise(pl.col("teaching_level").replace_strict(_WOMEN, default=0.7))
    )
    return pl.when(draws.happens("is a woman", women)).then(pl.lit(FEMALE)).otherwise(pl.lit(MALE))


def _people() -> pl.Expr:
    upland = draws.one_of("people", {"01": 52.0, "03": 38.0, "08": 5.0, "06": 5.0})
    lowland = draws.one_of("people", {"01": 97.5, "04": 2.5})
    return pl.when(pl.col("is_upland")).then(upland).otherwise(lowland)


def with_posts(staff: pl.DataFrame) -> pl.DataFrame:
    """Add the columns of a post. Needs the columns of `with_origins` and of an identity."""
    ranked = staff.with_columns(
        person_id=pl.col("id"),
        contract=_contract(),
        qualification=_qualification(),
        phone=phone("phone"),
    )
    return ranked.with_columns(**_standing(), **_rank_and_ratings(), **_what_they_teach()).select(
        POST_COLUMNS
    )


def _contract() -> pl.Expr:
    helps = pl.col("position").is_in([GUARD, COOK, SEVERAL_DUTIES])
    public = pl.col("ownership") == PUBLIC
    return (
        pl.when(~public)
        .then(draws.one_of("contract", _CONTRACTS["private"]))
        .when(helps)
        .then(draws.one_of("contract", _CONTRACTS["public help"]))
        .when(pl.col("group") == MANAGER)
        .then(pl.lit("1"))
        .otherwise(draws.one_of("contract", _CONTRACTS["public"]))
    )


def _qualification() -> pl.Expr:
    common = draws.one_of_each("degree", "teaching_level", _DEGREES)
    in_hard_places = draws.one_of_each("degree", "teaching_level", _DEGREES_IN_HARD_PLACES)
    return (
        pl.when(pl.col("position").is_in([GUARD, COOK]))
        .then(pl.lit("06"))
        .when(pl.col("group") == MANAGER)
        .then(draws.one_of("degree", _DEGREES_OF_MANAGERS))
        .when(pl.col("group") == EMPLOYEE)
        .then(draws.one_of("degree", _DEGREES_OF_EMPLOYEES))
        .when(pl.col("is_hard"))
        .then(in_hard_places)
        .otherwise(common)
    )


def _standing() -> dict[str, pl.Expr]:
    """Those who hold no class may be on the move; the rest simply work."""
    is_spare = (pl.col("group") == TEACHER) & pl.col("class_id").is_null()
    is_spare &= pl.col("position") == CLASS_TEACHER
    drawn = draws.one_of("status", {"1": 95.0, "2": 2.0, "3": 1.5, "7": 1.0, "5": 0.5})
    status = pl.when(is_spare).then(drawn).otherwise(pl.lit("1"))
    first_year = pl.col("birth_on").dt.year() + 22 + draws.whole("joined after", 0, 6)
    return {
        "status": status,
        "status_on": pl.when(status != "1").then(pl.date(SCHOOL_YEAR.start_year, 8, 15)),
        "recruited_on": pl.date(pl.min_horizontal(first_year, SCHOOL_YEAR.start_year), 8, 1)
        + pl.duration(days=draws.whole("day joined", 0, 30)),
        "insurance_number": draws.whole("insurance", 100_000_000, 999_999_999)
        .cast(pl.String)
        .str.zfill(10),
        "is_party_member": draws.happens(
            "is in the party", pl.when(pl.col("group") == MANAGER).then(0.95).otherwise(0.34)
        ),
    }


def _rank_and_ratings() -> dict[str, pl.Expr]:
    is_civil = pl.col("contract").is_in(["1", "7"]) & (pl.col("group") != EMPLOYEE)
    is_teacher = pl.col("group") == TEACHER
    return {
        "rank": pl.when(is_civil).then(draws.one_of_each("rank", "teaching_level", _RANKS)),
        "professional_standard": pl.when(is_teacher).then(
            draws.one_of("standard", {"1": 46.0, "2": 45.0, "3": 9.0})
        ),
        "civil_rating": pl.when(is_civil).then(
            draws.one_of("rating", {"01": 17.0, "02": 74.0, "03": 9.0})
        ),
        "it_level": draws.one_of("computer skills", {"01": 86.0, "02": 10.0, "06": 4.0}),
    }


def _what_they_teach() -> dict[str, pl.Expr]:
    is_teacher = pl.col("group") == TEACHER
    return {
        "has_several_duties": pl.col("position") == SEVERAL_DUTIES,
        "teaches_disabled": pl.when(is_teacher).then(pl.col("is_for_disabled")),
        "teaches_one_session": pl.when(is_teacher).then(~pl.col("school_two_sessions")),
        "teaches_two_sessions": pl.when(is_teacher).then(pl.col("school_two_sessions")),
        "is_pioneer_leader": pl.when(is_teacher).then(pl.col("position") == PIONEER_LEADER),
    }
