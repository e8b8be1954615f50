"""Checking a file against the rules and the register: typed rows, outcomes, findings.

Everything here is computed from the rows as read, the edits, and the register as it stands.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from sobo.institutions.models import Institution
from sobo.intake.interpretation import WHY, interpret
from sobo.registry import matching
from sobo.registry.checking import broken, profile_of
from sobo.registry.context import context_for
from sobo.registry.frames import record_column, sheet_rows
from sobo.registry.matching import Matched, match
from sobo.registry.sheets import CAMPUSES, CLASSES, SHEETS, Sheet, sheet_by_key
from sobo.specification.checks import PROBLEM
from sobo.specification.rules import Severity


@dataclass(frozen=True, kw_only=True)
class School:
    """Whose file it is, and for which year and day it is checked."""

    institution: Institution
    school_year: int
    on: date


@dataclass(frozen=True, kw_only=True)
class CheckedSheet:
    """One sheet of a file after checking.

    `rows` are the effective rows (blank cells filled from the register) with every context column,
    in the order of the file; `findings` as `specification.rules.broken` returns them.
    """

    sheet: Sheet
    rows: pl.DataFrame
    matched: Matched
    findings: pl.DataFrame

    @property
    def rows_with_errors(self) -> pl.Series:
        """Row numbers that may not be written."""
        errors = self.findings.filter(pl.col("severity") == Severity.ERROR.value)
        return errors["row"].unique()

    @property
    def clean(self) -> pl.DataFrame:
        """Matched rows that may be written: no error, no person left to decide on."""
        unsure = pl.col(matching.OUTCOME) == matching.MAYBE
        has_error = pl.col("row").is_in(self.rows_with_errors.implode())
        return self.matched.rows.filter(~unsure & ~has_error)


def frames_of(checked: Mapping[str, CheckedSheet]) -> dict[str, pl.DataFrame]:
    """What a check found as plain frames, `<sheet>.<part>`, to be kept."""
    return {
        f"{key}.{part}": frame
        for key, each in checked.items()
        for part, frame in {
            "rows": each.rows,
            "matched": each.matched.rows,
            "candidates": each.matched.candidates,
            "findings": each.findings,
        }.items()
    }


def from_frames(frames: Mapping[str, pl.DataFrame]) -> dict[str, CheckedSheet]:
    """What was found, from the frames kept; the inverse of `frames_of`."""
    keys = [sheet.key for sheet in SHEETS if f"{sheet.key}.rows" in frames]
    return {
        key: CheckedSheet(
            sheet=sheet_by_key(key),
            rows=frames[f"{key}.rows"],
            matched=Matched(rows=frames[f"{key}.matched"], candidates=frames[f"{key}.candidates"]),
            findings=frames[f"{key}.findings"],
        )
        for key in keys
    }


Register = Mapping[str, pl.DataFrame]
"""The school's rows in the register, by sheet key, as `registry.frames.sheet_rows` has them."""


def register_of(school: School) -> Register:
    """The register a school's file is compared with."""
    return {sheet.key: _register(sheet, school) for sheet in SHEETS}


def digest_of(register: Register, school: School, said: str) -> str:
    """All that a check depends on beside the file: while it is the same, so is what is found.

    `said` stands for what persons chose and mended in the file.
    """
    digest = hashlib.sha256(f"{_program()} {school.school_year} {school.on} {said}".encode())
    for frame in register.values():
        out = BytesIO()
        frame.write_ipc(out, compression="uncompressed")
        digest.update(out.getbuffer())
    return digest.hexdigest()


@cache
def _program() -> str:
    """A digest of the program's own modules: changed rules may find something else."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def check(
    texts: Mapping[str, pl.DataFrame], school: School, register: Register | None = None
) -> dict[str, CheckedSheet]:
    """Check the sheets of a file together: a class may stand in the file or in the register.

    `texts` are rows as text by sheet key, with edits laid over them; the register is looked up
    where it is not given.
    """
    register = register if register is not None else register_of(school)
    typed = _typed(texts, school, register[CLASSES.key])
    matched = {key: match(sheet_by_key(key), rows, register[key]) for key, rows in typed.items()}
    merged = {
        sheet.key: _merged(sheet, register[sheet.key], matched.get(sheet.key)) for sheet in SHEETS
    }
    checked: dict[str, CheckedSheet] = {}
    for sheet in SHEETS:
        if sheet.key in typed:
            merged[sheet.key] = _with_standing(sheet, merged[sheet.key], checked)
            checked[sheet.key] = _checked(sheet.key, merged, matched[sheet.key], school)
    return checked


REFERRED = {"school_class": CLASSES.key, "campus": CAMPUSES.key}
"""Columns that name a row of another sheet by its code."""


def _with_standing(
    sheet: Sheet, rows: pl.DataFrame, checked: Mapping[str, CheckedSheet]
) -> pl.DataFrame:
    """Say of rows whether what they refer to will stand once the file is written."""
    return rows.with_columns(
        (~pl.col(column).is_in(_left_behind(checked[referred]))).alias(f"{column}_stands")
        for column, referred in REFERRED.items()
        if column in sheet.columns and referred in checked
    )


def _left_behind(each: CheckedSheet) -> list[str]:
    """Codes that only rows with errors would bring into the register."""
    if "code" not in each.matched.rows.columns:
        return []
    is_new = pl.col(matching.OUTCOME) == matching.NEW
    has_error = pl.col("row").is_in(each.rows_with_errors.implode())
    return each.matched.rows.filter(is_new & has_error)["code"].drop_nulls().to_list()


def _register(sheet: Sheet, school: School) -> pl.DataFrame:
    return sheet_rows(
        sheet, institution_ids=[school.institution.pk], school_year=school.school_year
    )


def _typed(
    texts: Mapping[str, pl.DataFrame], school: School, classes: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Typed rows, with classes and campuses named by their code wherever they are known."""
    typed = {
        key: interpret(sheet_by_key(key), rows, province_code=school.institution.province_code)
        for key, rows in texts.items()
    }
    codes = _class_codes(typed.get(CLASSES.key), classes)
    for key, rows in typed.items():
        if "school_class" in rows.columns:
            named = pl.col("school_class").replace(codes)
            typed[key] = rows.with_columns(named.alias("school_class"))
    return typed


def _class_codes(in_file: pl.DataFrame | None, in_register: pl.DataFrame) -> dict[str, str]:
    """Code of each class by what people call it; a name that two classes share names neither."""
    known = in_register.filter(~pl.col("cancelled")).select("code", "name")
    if in_file is not None and {"code", "name"} <= set(in_file.columns):
        known = pl.concat([in_file.select("code", "name"), known])
    pairs = known.drop_nulls().unique()
    alone = pairs.filter(pl.len().over("name") == 1)
    spoken = {f"Lớp {name}": code for code, name in alone.iter_rows() if not name.startswith("Lớp")}
    return spoken | {name: code for code, name in alone.iter_rows()}


def _merged(sheet: Sheet, register: pl.DataFrame, matched: Matched | None) -> pl.DataFrame:
    """The school as it would stand: the file's rows, and the register's others without `row`."""
    keys = [*sheet.columns, *(["code"] if "code" in register.columns else [])]
    keys = list(dict.fromkeys(keys))
    known = register.filter(~pl.col("cancelled"))
    if matched is None:
        return known.select(pl.lit(None, dtype=pl.Int32).alias("row"), *keys)
    effective = matched.rows.select(
        "row",
        *(_effective(key, matched.rows) for key in keys),
        *(name for name in matched.rows.columns if _goes_along(name)),
    )
    anchor = _anchor_column(sheet)
    others = known.join(matched.rows.select(anchor).drop_nulls(), on=anchor, how="anti").select(
        pl.lit(None, dtype=pl.Int32).alias("row"), *keys
    )
    return pl.concat([effective, others], how="diagonal_relaxed")


def _goes_along(name: str) -> bool:
    return name == matching.CODE_KNOWN or name.endswith((PROBLEM, WHY))


def _anchor_column(sheet: Sheet) -> str:
    return record_column(next(part for part in sheet.parts if part.model is sheet.anchor))


def _effective(key: str, rows: pl.DataFrame) -> pl.Expr:
    """The file's value, else the register's: a blank cell says nothing."""
    known = f"{key}__register"
    if known not in rows.columns:
        return pl.col(key)
    return pl.coalesce(key, known).alias(key) if key in rows.columns else pl.col(known).alias(key)


def _checked(
    key: str, merged: Mapping[str, pl.DataFrame], matched: Matched, school: School
) -> CheckedSheet:
    sheet = sheet_by_key(key)
    rows = context_for(
        key,
        merged,
        institution=profile_of(school.institution),
        school_year=school.school_year,
        on=school.on,
    )
    findings = broken(sheet, rows, levels=school.institution.levels, on=school.on)
    return CheckedSheet(sheet=sheet, rows=rows, matched=matched, findings=findings)


def summary(checked: Mapping[str, CheckedSheet]) -> dict[str, Any]:
    """Counts by sheet: rows, outcomes, findings by rule. No value of any cell."""
    return {key: _counts(each) for key, each in checked.items()}


def _counts(each: CheckedSheet) -> dict[str, Any]:
    by_rule = each.findings.group_by("rule").agg(pl.col("row").n_unique())
    return {
        "rows": len(each.rows),
        "errors": len(each.rows_with_errors),
        "not_written": len(each.matched.rows) - len(each.clean),
        "rules": dict(by_rule.sort("rule").iter_rows()),
        "digest": _digest(each.matched),
        **each.matched.counts(),
    }


def _digest(matched: Matched) -> str:
    """What each row will do to which version of which record: a reviewer agrees to this, no more."""
    columns = [name for name in matched.rows.columns if name.startswith("_") or name == "row"]
    agreed = matched.rows.select(sorted(columns)).write_csv()
    return hashlib.sha256(agreed.encode()).hexdigest()


def rules_in(findings: pl.DataFrame) -> Sequence[str]:
    """Codes of the rules found broken, errors first, then by how many rows."""
    counted = findings.group_by("rule", "severity").agg(pl.col("row").n_unique().alias("rows"))
    ordered = counted.sort(
        pl.col("severity") != Severity.ERROR.value, -pl.col("rows").cast(pl.Int64), "rule"
    )
    return ordered["rule"].to_list()
