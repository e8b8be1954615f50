"""What rules need to know around a row: its class, its school, its age, and rows that resemble it.

`context_for` adds these columns beside those of a sheet. Names say whose they are:

every sheet
    `school_year` (Int32), `on` and `reference_on` (Date), `school_…` the institution's own columns;
    where rows are of a level, `row_level` (LEVEL, by the grade or the level served) and
    `level_is_taught`.
learners, staff
    `birth_year`, `birth_day`, `age`; `rows_alike` (same name, birth and class, or sex for staff),
    `number_uses`, `code_uses`; `code_known` (matching knows the code a row names).
learners
    `expected_age`, `months` (completed on the reference day); `class_known`, `class_…` the columns
    of the learner's class with `class_level`; `namesakes` (same name without marks and birth, not
    wholly alike); `weight_z`, `height_z`, `bmi_z`, `bulk_z` (see `growth`); `enrolled_elsewhere`
    where matching across schools has supplied it; `school_class_stands` (false where the class is
    a row of the same file that cannot be written).
staff
    `heads` (working heads of the school).
classes
    `size`, `size_limit`, `inclusive_learners`, `inclusive_limit`, `disabled_learners`,
    `day_boarders`, `other_grades` (learners of another grade), `grades` (distinct ones);
    `same_code`, `same_name`; `campus_known`; of the class merged with: `merged_known`,
    `merged_grade`, `merged_campus`, `merged_level`, `merged_back` (its own partner); of the form
    teacher `teacher_known`, `teacher_working`, `teacher_group`, `teacher_classes`, and
    `teacher_by_name` (the code of the one colleague so named).
rooms
    `campus_known`, `same_name`; as for classes, `campus_stands` where a file supplied it.
campuses
    `same_code`, `same_name`, `class_count`.
profile
    `heads`, `head_by_post` (name of the one working head), `staff_count`, `class_count`,
    `classroom_count`, `two_session_classes`, `day_boarders`, `disabled_learners`.

Everything is computed from frames; nothing here reads a database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from sobo.institutions.models import Institution
from sobo.kernel.age import completed_months_of, school_age
from sobo.kernel.partial_date import known_day_of, year_of
from sobo.kernel.school_year import SchoolYear
from sobo.kernel.vietnamese import search_keys
from sobo.registry import norms
from sobo.registry.frames import dtype
from sobo.registry.growth import with_growth
from sobo.registry.learners.models import PRESENT
from sobo.registry.sheets import Sheet, sheet_by_key
from sobo.registry.staff.models import WORKING
from sobo.registry.staff.rules.post import HEADS
from sobo.specification.checks import ROW_LEVEL
from sobo.specification.codelists import code_list
from sobo.specification.records import declarations

_KINDERGARTEN_AGES = {"16": 3, "17": 4, "18": 5}
"""Age by calendar year in kindergarten: a class “3–4 tuổi” is for those who turn 3 in the year the
school year begins, and so on. No text at hand says so in as many words."""


@dataclass(frozen=True, kw_only=True)
class School:
    """The school around a sheet, on a day."""

    frames: Mapping[str, pl.DataFrame]
    institution: Mapping[str, Any]
    school_year: int
    on: date

    @property
    def reference_on(self) -> date:
        """The day that figures of the beginning of the year are counted on (TT 25/2024)."""
        return date(self.school_year, 9, 30)

    @property
    def levels(self) -> list[str]:
        """Levels the school teaches (LEVEL)."""
        return list(self.institution.get("levels") or [])

    def frame(self, key: str) -> pl.DataFrame:
        """The rows of a sheet with all its columns, those not supplied as nulls."""
        return _completed(self.frames.get(key), sheet_by_key(key))


def context_for(
    sheet_key: str,
    frames: Mapping[str, pl.DataFrame],
    *,
    institution: Mapping[str, Any],
    school_year: int,
    on: date,
) -> pl.DataFrame:
    """The rows of a sheet with every column that its rules look at.

    `frames` holds the merged view of the school by sheet key (the register, overlaid with the
    workbook, without cancelled rows), in the types of `registry.frames.dtype`: `school_class`,
    `merged_with` and `campus` are codes; `learners` may bring `enrolled_elsewhere`. Rows of the
    workbook carry their `row`; rows known only to the register carry none: they are counted with,
    but not returned. `institution` maps the profile's columns to values. A sheet or column that is
    not supplied counts as empty. Raises `KeyError` for an unknown sheet.
    """
    school = School(frames=frames, institution=institution, school_year=school_year, on=on)
    rows = _with_school(school.frame(sheet_key), school)
    return _CONTEXTS[sheet_key](rows, school).filter(pl.col("row").is_not_null())


_FROM_MATCHING: Mapping[str, dict[str, pl.DataType]] = {
    "learners": {
        "enrolled_elsewhere": pl.Boolean(),
        "code_known": pl.Boolean(),
        "school_class_stands": pl.Boolean(),
    },
    "staff": {"code_known": pl.Boolean()},
    "classes": {"campus_stands": pl.Boolean()},
    "rooms": {"campus_stands": pl.Boolean()},
}
"""Columns that no one fills in: matching supplies them, within the school and across schools."""


def _completed(frame: pl.DataFrame | None, sheet: Sheet) -> pl.DataFrame:
    wanted: dict[str, pl.DataType] = {"row": pl.Int32(), **_FROM_MATCHING.get(sheet.key, {})}
    for key, column in sheet.columns.items():
        wanted[key] = dtype(column.declaration.kind)
    if frame is None or not frame.width:
        return pl.DataFrame(schema=wanted)
    missing = [key for key in wanted if key not in frame.columns]
    return frame.with_columns(pl.lit(None, wanted[key]).alias(key) for key in missing)


def _with_school(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    own: dict[str, Any] = {}
    types: dict[str, pl.DataType] = {}
    for name, declaration in declarations(Institution).items():
        if declaration.kind != "codes":
            own[name], types[name] = school.institution.get(name), dtype(declaration.kind)
    return rows.with_columns(
        *(pl.lit(value, dtype=types[name]).alias(f"school_{name}") for name, value in own.items()),
        pl.lit(school.school_year, dtype=pl.Int32).alias("school_year"),
        pl.lit(school.on).alias("on"),
        pl.lit(school.reference_on).alias("reference_on"),
    )


def _learners(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    rows = _with_level_of_grade(_with_age(rows, school), school)
    rows = _with_class(rows, school).with_columns(
        _expected_age().alias("expected_age"),
        completed_months_of(pl.col("birth_day"), on=school.reference_on).alias("months"),
    )
    rows = _with_resemblances(rows, "school_class")
    return with_growth(_with_namesakes(rows))


def _staff(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    rows = _with_level_served(_with_age(rows, school), school)
    rows = _with_resemblances(rows, "sex")
    return rows.with_columns(pl.lit(_heads(rows).height, dtype=pl.UInt32).alias("heads"))


def _classes(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    rows = _with_level_of_grade(rows, school)
    rows = _with_learner_counts(_with_limits(rows, school), school)
    rows = _with_partner(rows)
    rows = _with_form_teacher(rows, school)
    rows = _with_campus(rows, school)
    return rows.with_columns(_times("code", "same_code"), _times("name", "same_name"))


def _rooms(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    rows = _with_campus(_with_level_served(rows, school), school)
    twins = [pl.col("campus").fill_null(""), pl.col("kind"), pl.col("name")]
    alike = pl.when(pl.col("name").is_not_null()).then(pl.len().over(twins))
    return rows.with_columns(alike.alias("same_name"))


def _campuses(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    counts = school.frame("classes").group_by("campus").len("class_count")
    rows = rows.join(counts, left_on="code", right_on="campus", how="left", maintain_order="left")
    return rows.with_columns(
        pl.col("class_count").fill_null(0), _times("code", "same_code"), _times("name", "same_name")
    )


def _profile(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    heads, classes = _heads(school.frame("staff")), school.frame("classes")
    learners = _present(school.frame("learners"))
    rooms = school.frame("rooms").filter(pl.col("kind").is_in(_classrooms()) & pl.col("in_use"))
    counts = {
        "heads": heads.height,
        "class_count": classes.height,
        "classroom_count": rooms["quantity"].sum(),
        "two_session_classes": classes["two_sessions"].sum(),
        "day_boarders": learners["day_boarder"].sum(),
        "disabled_learners": learners["disability"].count(),
        "staff_count": school.frame("staff").height,
    }
    the_head = heads["full_name"].item() if heads.height == 1 else None
    return rows.with_columns(
        *(pl.lit(count, dtype=pl.Int64).alias(name) for name, count in counts.items()),
        pl.lit(the_head, dtype=pl.String).alias("head_by_post"),
    )


def _with_age(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    year = SchoolYear(school.school_year)
    return rows.with_columns(
        year_of(pl.col("birth")).alias("birth_year"),
        known_day_of(pl.col("birth")).alias("birth_day"),
    ).with_columns(school_age(pl.col("birth_year"), school_year=year).alias("age"))


def _with_level_of_grade(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    return _with_row_level(rows, _level_of(pl.col("grade"), school), school)


def _with_level_served(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    """Staff and rooms that serve no level alone belong to the main one: each is counted once."""
    main = school.institution.get("main_level") or next(iter(school.levels), None)
    return _with_row_level(rows, pl.col("level").fill_null(pl.lit(main, pl.String)), school)


def _with_row_level(rows: pl.DataFrame, level: pl.Expr, school: School) -> pl.DataFrame:
    return rows.with_columns(level.alias(ROW_LEVEL)).with_columns(
        pl.col(ROW_LEVEL).is_in(school.levels).alias("level_is_taught")
    )


def _level_of(grade: pl.Expr, school: School) -> pl.Expr:
    """A grade is taught at its own level, at a continuing-education centre at that one."""
    level_by_grade = {
        item.code: next((level for level in item.levels if level in school.levels), item.levels[0])
        for item in code_list("GRADE").items
    }
    return grade.replace_strict(level_by_grade, default=None, return_dtype=pl.String)


def _expected_age() -> pl.Expr:
    """Calendar-year age at which a grade is normally entered; null for nursery groups."""
    ages = {item.code: item.attributes.get("expected_age") for item in code_list("GRADE").items}
    known = {grade: age for grade, age in ages.items() if age} | _KINDERGARTEN_AGES
    return pl.col("grade").replace_strict(known, default=None, return_dtype=pl.Int32)


def _with_class(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    classes = school.frame("classes").drop("row").unique("code", keep="first", maintain_order=True)
    classes = classes.with_columns(_level_of(pl.col("grade"), school).alias("level"))
    named = classes.rename(lambda name: f"class_{name}").with_columns(class_known=True)
    joined = rows.join(
        named, left_on="school_class", right_on="class_code", how="left", maintain_order="left"
    )
    return joined.with_columns(_known("school_class", "class_known"))


def _with_resemblances(rows: pl.DataFrame, also: str) -> pl.DataFrame:
    """Count rows with the same name, birth and one thing more, and uses of number and code."""
    name = pl.col("full_name").str.to_lowercase()
    return rows.with_columns(
        pl.len().over(name, "birth", also).alias("rows_alike"),
        _times("personal_number", "number_uses"),
        _times("code", "code_uses"),
    )


def _with_namesakes(rows: pl.DataFrame) -> pl.DataFrame:
    """Count rows of the same name, marks aside, and birth, beyond those wholly alike."""
    keyed = rows.with_columns(search_keys(rows["full_name"]).alias("_name_key"))
    same = pl.len().over("_name_key", "birth") - pl.col("rows_alike")
    return keyed.with_columns(same.alias("namesakes")).drop("_name_key")


def _with_limits(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    kind = code_list("PRESCHOOL_KIND").by_code.get(school.institution.get("preschool_kind") or "")
    is_independent = kind is not None and not kind.attributes["is_school"]
    size = norms.INDEPENDENT_GROUP_SIZE if is_independent else norms.CLASS_SIZE
    topics = {"size_limit": size, "inclusive_limit": norms.INCLUSIVE_LEARNERS}
    return rows.with_columns(
        pl.col("grade")
        .replace_strict(
            norms.most_by_grade(topic, on=school.on), default=None, return_dtype=pl.Int32
        )
        .alias(name)
        for name, topic in topics.items()
    )


def _with_learner_counts(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    present = _present(school.frame("learners"))
    grades = rows.select("code", pl.col("grade").alias("_own")).unique("code", keep="first")
    present = present.join(grades, left_on="school_class", right_on="code", how="left")
    counts = present.group_by("school_class").agg(
        pl.len().alias("size"),
        pl.col("is_inclusive").sum().alias("inclusive_learners"),
        pl.col("disability").count().alias("disabled_learners"),
        pl.col("day_boarder").sum().alias("day_boarders"),
        (pl.col("grade") != pl.col("_own")).sum().alias("other_grades"),
        pl.col("grade").n_unique().alias("grades"),
    )
    joined = rows.join(
        counts, left_on="code", right_on="school_class", how="left", maintain_order="left"
    )
    return joined.with_columns(pl.col(counts.columns[1:]).fill_null(0).cast(pl.Int64))


def _with_partner(rows: pl.DataFrame) -> pl.DataFrame:
    wanted = rows.select("code", "grade", "campus", "merged_with", pl.col(ROW_LEVEL).alias("level"))
    partners = wanted.unique("code", keep="first", maintain_order=True)
    named = partners.rename(lambda name: f"merged_{name.removeprefix('merged_')}")
    joined = rows.join(
        named.rename({"merged_with": "merged_back"}).with_columns(merged_known=True),
        left_on="merged_with",
        right_on="merged_code",
        how="left",
        maintain_order="left",
    )
    return joined.with_columns(_known("merged_with", "merged_known"))


def _with_form_teacher(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    staff = school.frame("staff")
    known = staff.filter(pl.col("code").is_not_null()).unique("code", keep="first")
    teachers = known.select(
        pl.col("code").alias("form_teacher_code"),
        pl.col("status").is_in(WORKING).alias("teacher_working"),
        pl.col("group").alias("teacher_group"),
        pl.lit(value=True).alias("teacher_known"),
    )
    by_name = known.unique("full_name", keep="none").select(
        pl.col("full_name").alias("form_teacher_code"), pl.col("code").alias("teacher_by_name")
    )
    on = "form_teacher_code"
    joined = rows.join(teachers, on=on, how="left", maintain_order="left")
    joined = joined.join(by_name, on=on, how="left", maintain_order="left")
    return joined.with_columns(_known(on, "teacher_known"), _times(on, "teacher_classes"))


def _with_campus(rows: pl.DataFrame, school: School) -> pl.DataFrame:
    campuses = school.frame("campuses")["code"].to_list()
    return rows.with_columns(pl.col("campus").is_in(campuses).alias("campus_known"))


def _known(reference: str, found: str) -> pl.Expr:
    """Whether what a row refers to was found; null where it refers to nothing."""
    return pl.when(pl.col(reference).is_not_null()).then(pl.col(found).fill_null(value=False))


def _times(column: str, name: str) -> pl.Expr:
    """How often a row's value occurs in a column; null where it has none."""
    value = pl.col(column)
    return pl.when(value.is_not_null()).then(pl.len().over(value)).alias(name)


def _present(learners: pl.DataFrame) -> pl.DataFrame:
    return learners.filter(pl.col("status").is_in(PRESENT))


def _heads(staff: pl.DataFrame) -> pl.DataFrame:
    is_head = pl.col("position").is_in(HEADS)
    return staff.filter(is_head & pl.col("status").is_in(WORKING))


def _classrooms() -> list[str]:
    kinds = code_list("ROOM_KIND").items
    return [kind.code for kind in kinds if kind.attributes["group"] == "classroom"]


_CONTEXTS: Mapping[str, Callable[[pl.DataFrame, School], pl.DataFrame]] = {
    "profile": _profile,
    "campuses": _campuses,
    "classes": _classes,
    "staff": _staff,
    "learners": _learners,
    "rooms": _rooms,
}
