"""A province's learners from one large text file: chunk by chunk, each in its own transaction.

The same reading, matching, rules and writing as for a school's workbook; only rows without an error
are written, and what was found is counted by rule.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import polars as pl

from sobo.institutions import places
from sobo.institutions.models import Institution
from sobo.intake.interpretation import interpret
from sobo.intake.reading.chunks import read_csv_chunks
from sobo.journal import operations as journal
from sobo.kernel import merkle
from sobo.kernel.actor import Actor
from sobo.kernel.vietnamese import search_key
from sobo.registry import matching
from sobo.registry.frames import sheet_rows
from sobo.registry.many_schools import SCHOOL, learner_context
from sobo.registry.matching import match
from sobo.registry.sheets import CLASSES, LEARNERS
from sobo.registry.writing.committing import Target, Written, totals, write_sheet
from sobo.specification import checks, rules
from sobo.specification.checks import PROBLEM, Asked

SCHOOL_CODE = ("ma truong", "ma co so giao duc", "institution code")
"""What the column with the school's code is headed, as search keys."""


class Transaction(Protocol):
    """Opens one transaction in the scope of whoever loads."""

    def __call__(self) -> AbstractContextManager[Actor]:
        """A new transaction each time."""


@dataclass(kw_only=True)
class Loaded:
    """What one chunk came to."""

    rows: int
    written: int
    findings: Counter[str] = field(default_factory=Counter)


class SchoolColumnMissing(Exception):
    """The file does not say which school each row belongs to."""


def load_learners(
    path: Path, *, school_year: int, on: date, transaction: Transaction
) -> Iterator[Loaded]:
    """Load a text file of learners with a column of school codes; yields after each chunk.

    Raises `FileRefused`, `SchoolColumnMissing`, `RegisterChanged`.
    """
    columns: dict[str, str] | None = None
    for chunk in read_csv_chunks(path):
        columns = columns or _columns(chunk)
        with transaction() as by:
            yield _load_chunk(chunk.rename(columns, strict=False), school_year, on, by)


def _columns(chunk: pl.DataFrame) -> dict[str, str]:
    """Headings of the file, by what they are called in the declarations."""
    known = {
        search_key(name): column.key
        for column in LEARNERS.columns.values()
        for name in (column.label(), column.label("en"), *_aliases(column.key))
    }
    named = {name: known.get(search_key(name)) for name in chunk.columns if name != "row"}
    school = next((name for name in named if search_key(name) in SCHOOL_CODE), None)
    if school is None:
        raise SchoolColumnMissing
    return {name: key for name, key in named.items() if key} | {school: "_school"}


def _aliases(key: str) -> tuple[str, ...]:
    column = LEARNERS.columns[key]
    return () if column.part.title else column.declaration.aliases


def _load_chunk(chunk: pl.DataFrame, school_year: int, on: date, by: Actor) -> Loaded:
    codes = chunk["_school"].unique().to_list()
    institutions = list(Institution.objects.filter(code__in=codes))
    keys = {school.code: school.pk for school in institutions}
    located = chunk.with_columns(
        pl.col("_school").replace_strict(keys, default=None, return_dtype=pl.Int64).alias(SCHOOL)
    ).drop_nulls(SCHOOL)
    typed = interpret(LEARNERS, located, province_code=by.province_code or "")
    register = sheet_rows(LEARNERS, institution_ids=list(keys.values()), school_year=school_year)
    matched = match(LEARNERS, typed, register)
    compared = matched.rows.select(*typed.columns, matching.CODE_KNOWN)
    findings = _findings(compared, institutions, school_year, on)
    errors = findings.filter(pl.col("severity") == rules.Severity.ERROR.value)["row"].unique()
    clean = matched.rows.filter(
        ~pl.col("row").is_in(errors.implode()),
        ~pl.col(matching.OUTCOME).is_in([matching.SAME, matching.MAYBE]),
    )
    written = _write(clean, Target(
        institution_id=None, school_year=school_year, batch_id=None, by=by
    ))  # fmt: skip
    counted = Counter(dict(findings.group_by("rule").len().iter_rows()))
    return Loaded(rows=len(chunk), written=len(clean) if written else 0, findings=counted)


def _findings(
    learners: pl.DataFrame, institutions: list[Institution], school_year: int, on: date
) -> pl.DataFrame:
    classes = sheet_rows(
        CLASSES, institution_ids=[school.pk for school in institutions], school_year=school_year
    )
    rows = learner_context(
        learners,
        classes.with_columns(pl.lit(None, dtype=pl.Int32).alias("row")),
        institutions=institutions,
        school_year=school_year,
        on=on,
    )
    levels = {level for school in institutions for level in school.levels}
    asked = Asked(levels=levels, places=places.codes_in_use(), columns=LEARNERS.columns)
    in_force = [
        rule
        for rule in rules.rules_of(LEARNERS.key)
        if rule.is_in_force(on=on) and not checks.is_check(rule.code)
    ]
    return pl.concat([checks.broken(rows, asked=asked), rules.broken(rows, in_force)])


def _write(clean: pl.DataFrame, target: Target) -> list[Written]:
    """Write the rows of a chunk; one journal entry stands for them all."""
    if clean.is_empty():
        return []
    plain = clean.select(name for name in clean.columns if not name.endswith(PROBLEM))
    written = write_sheet(LEARNERS, plain, target=target)
    counts: Mapping[str, Mapping[str, int]] = totals(written)
    journal.write(
        kind=journal.CHANGE,
        action="intake.load",
        dataset=LEARNERS.key,
        count=sum(part.added + part.changed for part in written),
        digest=merkle.root(b"".join(part.merkle_root for part in written)),
        detail={"written": counts, "school_year": target.school_year},
    )
    return written
