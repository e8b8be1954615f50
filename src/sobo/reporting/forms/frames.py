"""The records a form counts, made from register rows: one frame for each kind of record.

Polars only, no database. Each frame holds the words of `vocabulary.py` and, beside them, which
record of the register a line is (`dataset`, `record_id`, `version`), so that any figure opens.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TypeAlias

import polars as pl

from sobo.kernel.age import completed_months_of, school_age
from sobo.kernel.partial_date import known_day_of, year_of
from sobo.kernel.school_year import SchoolYear
from sobo.reporting.forms.merging import merged_classes
from sobo.reporting.forms.register_rows import REGISTER_COLUMNS, RegisterRows, typed
from sobo.reporting.forms.vocabulary import RECORDS
from sobo.specification.codelists import code_list
from sobo.specification.fields import Level

FormFrames: TypeAlias = Mapping[str, pl.DataFrame]
"""Records by kind, as `vocabulary.RECORDS` names them."""

IDENTITY = ("dataset", "record_id", "version")
"""Which record of the register a line is."""

_ENROLLED = "01"
"""The one status of presence that marks no arrival (LEARNER_STATUS)."""
_MOVED_TO_THIS_SCHOOL = "2"
"""The status of staff who arrived (STAFF_STATUS)."""
_LAST_GRADE = {
    Level.PRIMARY: 5,
    Level.LOWER_SECONDARY: 9,
    Level.UPPER_SECONDARY: 12,
    Level.PRESCHOOL: 18,
}
"""The highest code of each level in GRADE, whose codes are whole numbers, preschool last."""


def form_frames(rows: RegisterRows, *, level: str, on: date) -> FormFrames:
    """The records of one level as they stood on the reference day.

    Raises `ValueError` where a dataset or one of its columns is missing.
    """
    given = {dataset: typed(rows, dataset) for dataset in REGISTER_COLUMNS}
    schools = _schools_of(given["institution"], level)
    present = given["learners"].filter(_learner_is_present(on))
    classes = merged_classes(given["classes"], present)
    frames = {
        "class": classes.with_columns(level=_level_of_grade(), dataset=pl.lit("classes")),
        "campus": _campuses(given["campuses"], given["classes"], schools),
        "learner": _learners(present, given["classes"], on),
        "room": _rooms(given["rooms"], schools),
        **_staff(given["staff"], schools, on),
    }
    of_level = {
        kind: frame.filter(pl.col("level") == level).join(_repeated(schools), on="institution_id")
        for kind, frame in frames.items()
    }
    return {
        kind: frame.select(*IDENTITY, *RECORDS[kind])
        for kind, frame in {"school": _counted(schools, of_level), **of_level}.items()
    }


def _schools_of(institutions: pl.DataFrame, level: str) -> pl.DataFrame:
    return institutions.filter(pl.col("levels").list.contains(level)).with_columns(
        main_level=pl.coalesce("main_level", pl.col("levels").list.max())
    )


def _repeated(schools: pl.DataFrame) -> pl.DataFrame:
    """What every record repeats of its school."""
    return schools.select(
        "ownership", "region", "preschool_kind", institution_id="id", school_kind="kind"
    )


def _counted(schools: pl.DataFrame, frames: FormFrames) -> pl.DataFrame:
    """Schools with what the form asks about their classes, satellites and learners."""
    counts = {
        "class_count": _per_school(frames["class"], pl.len()),
        "satellite_count": _per_school(frames["campus"], pl.len()),
        "inclusive_count": _per_school(frames["learner"], pl.col("is_inclusive").sum()),
    }
    counted = schools.with_columns(dataset=pl.lit("institution"), school_kind="kind")
    for name, count in counts.items():
        counted = counted.join(count.rename({"count": name}), on="id", how="left")
    return counted.with_columns(pl.col(*counts).fill_null(0).cast(pl.Int32))


def _per_school(frame: pl.DataFrame, count: pl.Expr) -> pl.DataFrame:
    return frame.group_by(id="institution_id").agg(count=count)


def _campuses(campuses: pl.DataFrame, classes: pl.DataFrame, schools: pl.DataFrame) -> pl.DataFrame:
    """Open satellites, once for each level that has classes there, merged elsewhere or not."""
    used = classes.select(level=_level_of_grade(), id="campus_id").drop_nulls().unique()
    satellites = campuses.filter(pl.col("is_open").fill_null(value=True))
    return _at_own_or_main_level(
        satellites.join(used, on="id", how="left").with_columns(dataset=pl.lit("campuses")), schools
    )


def _at_own_or_main_level(frame: pl.DataFrame, schools: pl.DataFrame) -> pl.DataFrame:
    main = schools.select("main_level", institution_id="id")
    return frame.join(main, on="institution_id").with_columns(
        level=pl.coalesce("level", "main_level")
    )


def _learners(present: pl.DataFrame, classes: pl.DataFrame, on: date) -> pl.DataFrame:
    special = classes.select(class_id="id", class_is_special="is_special")
    return present.join(special, on="class_id", how="left").with_columns(
        dataset=pl.lit("learners"),
        level=_level_of_grade(),
        months=completed_months_of(known_day_of(pl.col("birth")), on=on),
        is_checked=pl.col("checked_on") <= on,
        policy_group=pl.col("group"),
        **_of_person(on),
    )


def _staff(staff: pl.DataFrame, schools: pl.DataFrame, on: date) -> dict[str, pl.DataFrame]:
    working = _at_own_or_main_level(staff.filter(_staff_is_working(on)), schools).with_columns(
        dataset=pl.lit("staff"), **_of_person(on)
    )
    visits = pl.col("contract").is_in(_visiting_contracts()).fill_null(value=False)
    return {"staff": working.filter(~visits), "visitor": working.filter(visits)}


def _rooms(rooms: pl.DataFrame, schools: pl.DataFrame) -> pl.DataFrame:
    in_use = rooms.filter(pl.col("in_use").fill_null(value=True))
    return _at_own_or_main_level(in_use, schools).with_columns(dataset=pl.lit("rooms"))


def _of_person(on: date) -> dict[str, pl.Expr]:
    birth_year, school_year = year_of(pl.col("birth")), SchoolYear.of(on)
    return {
        "age": school_age(birth_year, school_year=school_year),
        "is_minority": pl.col("ethnic_group").is_in(_codes("ETHNIC_GROUP", "is_minority")),
    }


def _level_of_grade() -> pl.Expr:
    grade = pl.col("grade").cast(pl.Int32, strict=False)
    return pl.coalesce(
        pl.when(grade <= last).then(pl.lit(level.value)) for level, last in _LAST_GRADE.items()
    )


def _learner_is_present(on: date) -> pl.Expr:
    """On the roll of the school at the end of the day."""
    is_present = pl.col("status").is_in(_codes("LEARNER_STATUS", "is_present"))
    arrived = is_present & (pl.col("status") != _ENROLLED)
    entered = (pl.col("entered_on") <= on).fill_null(value=True)
    return entered & _held(is_present, arrived=arrived, on=on)


def _staff_is_working(on: date) -> pl.Expr:
    is_working = pl.col("status").is_in(_codes("STAFF_STATUS", "is_working"))
    return _held(is_working, arrived=pl.col("status") == _MOVED_TO_THIS_SCHOOL, on=on)


def _held(is_here: pl.Expr, *, arrived: pl.Expr, on: date) -> pl.Expr:
    """Whether one was here, by the latest status: who came later was not, who left later was."""
    changed_later = (pl.col("status_on") > on).fill_null(value=False)
    return pl.when(is_here).then(~(arrived & changed_later)).otherwise(changed_later)


@cache
def _codes(name: str, attribute: str) -> tuple[str, ...]:
    return code_list(name).with_attribute(attribute)


@cache
def _visiting_contracts() -> tuple[str, ...]:
    items = code_list("CONTRACT_KIND").items
    return tuple(item.code for item in items if item.attributes["counted_as"] == "outside")
