"""A province's learners from one large text file: chunk by chunk, each in its own transaction.

The same reading, matching, rules and writing as for a school's workbook; only rows without an error
are written, and those that may be about somebody known wait for a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

import polars as pl

from sobo.institutions.models import Institution
from sobo.intake.interpretation import interpret
from sobo.intake.reading.chunks import read_csv_chunks
from sobo.journal import operations as journal
from sobo.kernel.actor import Actor
from sobo.kernel.refusal import Refusal
from sobo.kernel.vietnamese import search_key
from sobo.registry.checking import broken
from sobo.registry.frames import sheet_rows
from sobo.registry.many_schools import SCHOOL, learner_context
from sobo.registry.matching import CODE_KNOWN, MAYBE, OUTCOME, SAME, match
from sobo.registry.sheets import CLASSES, LEARNERS
from sobo.registry.writing.committing import Target, digest_of, totals, write_sheet
from sobo.specification import rules
from sobo.specification.checks import PROBLEM

SCHOOL_CODE = ("ma truong", "ma co so giao duc", "institution code")
"""What the column with the school's code is headed, as search keys."""


CODE = "_school"
"""The school's code as the file gives it."""


class Transaction(Protocol):
    """Opens one transaction in the scope of whoever loads."""

    def __call__(self) -> AbstractContextManager[Actor]:
        """A new transaction each time."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What one chunk came to."""

    rows: int
    clean: int = 0
    """Rows that say something new and may be written."""
    undecided: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.Int32))
    """Row numbers of persons who may be known already: a school decides on them."""
    unknown_schools: Mapping[str, int]
    """Rows by a school's code that names no school in scope; empty where no code is given."""
    findings: pl.DataFrame = field(default_factory=rules.empty_findings)
    """As `specification.rules.broken` returns them."""
    unread: tuple[str, ...] = ()
    """Headings of the file that name no column of ours."""


class SchoolColumnMissing(Refusal):
    """The file does not say which school each row belongs to."""

    vi = "Tệp không có cột “Mã trường”, nên không biết dòng nào của trường nào: thêm cột ấy rồi nạp lại."
    en = "The file has no column “Mã trường” (school code): add it, then load the file again."


def load_learners(
    path: Path, *, school_year: int, on: date, transaction: Transaction, writes: bool
) -> Iterator[Loaded]:
    """Check a text file of learners with a column of school codes; yields after each chunk.

    With `writes`, clean rows of a chunk are written before it is yielded; a chunk already written
    stays so whatever comes after it, and loading the same file again writes nothing twice. Raises
    `FileRefused`, `SchoolColumnMissing`, `RegisterChanged`.
    """
    columns: dict[str, str] | None = None
    for chunk in read_csv_chunks(path):
        columns = columns or _columns(chunk)
        unread = tuple(name for name in chunk.columns if name != "row" and name not in columns)
        with transaction() as by:
            target = Target(institution_id=None, school_year=school_year, batch_id=None, by=by)
            read = chunk.select("row", *columns).rename(columns)
            loaded = _load_chunk(read, target, on, writes=writes)
        yield replace(loaded, unread=unread)


def _columns(chunk: pl.DataFrame) -> dict[str, str]:
    """Our column for each heading of the file, by what the declarations call it.

    Of two headings that name one column the first is read.
    """
    known = {
        search_key(name): column.key
        for column in LEARNERS.columns.values()
        for name in (column.label(), column.label("en"), *_aliases(column.key))
    }
    named = {name: known.get(search_key(name)) for name in chunk.columns if name != "row"}
    school = next((name for name in named if search_key(name) in SCHOOL_CODE), None)
    if school is None:
        raise SchoolColumnMissing
    firsts = {key: name for name, key in reversed(named.items()) if key and name != school}
    return {name: key for key, name in firsts.items()} | {school: CODE}


def _aliases(key: str) -> tuple[str, ...]:
    column = LEARNERS.columns[key]
    return () if column.part.title else column.declaration.aliases


def _load_chunk(chunk: pl.DataFrame, target: Target, on: date, *, writes: bool) -> Loaded:
    codes = chunk[CODE].drop_nulls().unique().to_list()
    institutions = list(Institution.objects.filter(code__in=codes))
    unknown = _unknown_schools(chunk, institutions)
    if not institutions:
        return Loaded(rows=len(chunk), unknown_schools=unknown)
    matched, findings = _judged(_located(chunk, institutions), institutions, target, on)
    errors = findings.filter(pl.col("severity") == rules.Severity.ERROR.value)["row"].unique()
    faultless = matched.filter(~pl.col("row").is_in(errors.implode()))
    clean = faultless.filter(~pl.col(OUTCOME).is_in([SAME, MAYBE]))
    if writes and not clean.is_empty():
        _write(clean, target)
    return Loaded(
        rows=len(chunk),
        clean=len(clean),
        undecided=faultless.filter(pl.col(OUTCOME) == MAYBE)["row"],
        unknown_schools=unknown,
        findings=findings,
    )


def _located(chunk: pl.DataFrame, institutions: Sequence[Institution]) -> pl.DataFrame:
    """The rows of schools in scope, each with its school's key."""
    keys = {school.code: school.pk for school in institutions}
    key = pl.col(CODE).replace_strict(keys, default=None, return_dtype=pl.Int64)
    return chunk.with_columns(key.alias(SCHOOL)).drop_nulls(SCHOOL)


def _unknown_schools(chunk: pl.DataFrame, institutions: Sequence[Institution]) -> Mapping[str, int]:
    known = [school.code for school in institutions]
    code = pl.col(CODE).fill_null("")
    counted = chunk.filter(~code.is_in(known)).group_by(code).len().sort(CODE)
    return dict(counted.iter_rows())


def _judged(
    located: pl.DataFrame, institutions: Sequence[Institution], target: Target, on: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows as the register takes them, with what becomes of each; and what is wrong with them."""
    typed = interpret(LEARNERS, located, province_code=target.by.province_code or "")
    register = sheet_rows(
        LEARNERS,
        institution_ids=[school.pk for school in institutions],
        school_year=target.school_year,
    )
    matched = match(LEARNERS, typed, register).rows
    compared = matched.select(*typed.columns, CODE_KNOWN)
    return matched, _findings(compared, institutions, target.school_year, on)


def _findings(
    learners: pl.DataFrame, institutions: Sequence[Institution], school_year: int, on: date
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
    return broken(LEARNERS, rows, levels=levels, on=on)


def _write(clean: pl.DataFrame, target: Target) -> None:
    """Write the rows of a chunk; one journal entry stands for them all."""
    plain = clean.select(name for name in clean.columns if not name.endswith(PROBLEM))
    written = write_sheet(LEARNERS, plain, target=target)
    journal.write(
        kind=journal.CHANGE,
        action="intake.load",
        dataset=LEARNERS.key,
        count=sum(part.added + part.changed for part in written),
        digest=digest_of(written),
        detail={"written": totals(written), "school_year": target.school_year},
    )
