"""Every way the pages change the register: one row, checked as a workbook's, written and journalled.

Rows go through the gate that workbooks go through (`registry.writing`), in the caller's transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection

from sobo.accounts.preferences import language
from sobo.institutions.models import Institution
from sobo.journal import operations as journal
from sobo.kernel.actor import Actor
from sobo.registry import matching
from sobo.registry.checking import Finding, Surroundings, findings, frame_of
from sobo.registry.frames import record_column
from sobo.registry.sheets import Part, Sheet
from sobo.registry.writing.committing import (
    RegisterChanged,
    Target,
    Written,
    digest_of,
    totals,
    write_sheet,
)

SHORTEST_REASON = 10
"""Letters that an explanation has at least: shorter ones explain nothing to a reviewer."""


class Refused(Exception):
    """The row was not written; the page says why beside the fields."""


class Rejected(Refused):
    """Rules found errors, or queries that nobody has explained yet."""

    def __init__(self, found: list[Finding]) -> None:
        super().__init__(len(found))
        self.findings = found


class ChangedMeanwhile(Refused):
    """Somebody changed the record after the form was opened."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        super().__init__()
        self.row = row
        """The register's row as it is now."""


class MayBeKnown(Refused):
    """The school already has somebody who may be this person."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(len(codes))
        self.codes = codes


class NotErasable(Refused):
    """A record that stands in the register cannot lose what it is known by."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What a form says about one row.

    `values` by the sheet's keys, typed, none where a field was emptied; keys left out stay as they
    are. `record` is the register's row that the form was filled from, none for a new row; its
    versions say what its writer saw. `reasons` explain queries, by rule code.
    """

    sheet: Sheet
    values: Mapping[str, Any]
    record: Mapping[str, Any] | None = None
    reasons: Mapping[str, str]
    is_someone_new: bool = False
    """A person decided that nobody known here is meant."""

    @property
    def row(self) -> dict[str, Any]:
        """The whole row as it would stand."""
        return {**(self.record or {}), **self.values}


def versions_of(sheet: Sheet, record: Mapping[str, Any]) -> dict[str, int]:
    """The version of each record a row is made of, by the key of its part."""
    keys = [f"{record_column(part)}_version" for part in sheet.parts]
    return {key: record[key] for key in keys if record[key] is not None}


def save_row(
    edit: Edit, *, around: Surroundings, seen: Mapping[str, int], by: Actor, at: datetime
) -> list[Finding]:
    """Write one row of a school's sheet; returns the queries that were accepted with a reason.

    `seen` are the versions the form showed (`versions_of`). Raises `ChangedMeanwhile`, `Rejected`,
    `MayBeKnown`, `NotErasable`.
    """
    if edit.record is not None and versions_of(edit.sheet, edit.record) != dict(seen):
        raise ChangedMeanwhile(edit.record)
    accepted = _checked(edit, around)
    rows = _rows_to_write(edit, around)
    target = Target(
        institution_id=around.institution.pk, school_year=around.school_year, batch_id=None, by=by
    )
    emptied = _empty(edit, target)
    try:
        written = write_sheet(edit.sheet, _with_versions(rows, emptied), target=target)
    except RegisterChanged as moved:
        raise ChangedMeanwhile(edit.record or {}) from moved
    if written or emptied:
        _journal(edit, written, emptied, around, accepted)
    return accepted


def _checked(edit: Edit, around: Surroundings) -> list[Finding]:
    """The queries this edit raises, all explained. Raises `Rejected`.

    What was already odd about the row was explained or let pass when it came in: it is not asked
    again at every change of a telephone number.
    """
    found = findings(edit.sheet, edit.row, record=edit.record, around=around, language=language())
    errors, queries = _apart(found)
    if queries and edit.record is not None:
        standing = findings(
            edit.sheet, edit.record, record=edit.record, around=around, language=language()
        )
        known = {each.rule for each in standing}
        queries = [each for each in queries if each.rule not in known]
    if errors or not all(_is_explained(each, edit) for each in queries):
        raise Rejected([*errors, *queries])
    return queries


def _apart(found: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What blocks, and what asks for a reason."""
    errors = [each for each in found if each.blocks]
    return errors, [each for each in found if not each.blocks]


def _is_explained(finding: Finding, edit: Edit) -> bool:
    return len(edit.reasons.get(finding.rule, "").strip()) >= SHORTEST_REASON


def _rows_to_write(edit: Edit, around: Surroundings) -> pl.DataFrame:
    """The row as the gate takes it: with the records it changes and which of them differ."""
    if edit.record is not None:
        return _paired(edit, edit.record)
    frame = frame_of(edit.sheet, edit.values)
    known = around.frames[edit.sheet.key]
    if edit.is_someone_new:
        decided = pl.lit(matching.AS_NEW).alias(matching.DECISION)
        return matching.match(edit.sheet, frame.with_columns(decided), known).rows
    if not edit.sheet.is_about_persons:
        # What is added changes no row that stands; it may take up again one that was cancelled.
        return matching.match(edit.sheet, frame, known.filter("cancelled")).rows
    matched = matching.match(edit.sheet, frame, known)
    _refuse_the_known(matched, known)
    return matched.rows


def _refuse_the_known(matched: matching.Matched, known: pl.DataFrame) -> None:
    """A new row about somebody the school has is a second record, until a person says otherwise."""
    codes = matched.candidates["code"].to_list()
    position = matched.rows[matching.POSITION].item()
    if position is not None:
        codes = [known["code"][position], *codes]
    if codes:
        raise MayBeKnown(list(dict.fromkeys(codes)))


def _paired(edit: Edit, record: Mapping[str, Any]) -> pl.DataFrame:
    columns: dict[str, Any] = {}
    for part in edit.sheet.parts:
        key = record_column(part)
        columns[key], columns[f"{key}_version"] = record[key], record[f"{key}_version"]
        columns[matching.differs_column(part)] = any(
            edit.values[name] is not None and edit.values[name] != record[name]
            for name in _keys(edit, part)
        )
    return frame_of(edit.sheet, edit.row).with_columns(
        pl.lit(value, pl.Boolean if isinstance(value, bool) else pl.Int64).alias(name)
        for name, value in columns.items()
    )


def _keys(edit: Edit, part: Part) -> list[str]:
    """The keys of a part that the edit speaks of."""
    return [key for key in edit.values if edit.sheet.columns[key].part is part]


def _empty(edit: Edit, target: Target) -> dict[str, UUID]:
    """Empty the fields a person emptied; returns the record of each part touched.

    A blank cell of a workbook leaves what the register holds, so the gate has no word for it:
    emptying is a version of its own.
    """
    if edit.record is None:
        return {}
    touched = {}
    for part in edit.sheet.parts:
        emptied = [
            name
            for name in _keys(edit, part)
            if edit.values[name] is None and edit.record[name] not in (None, [])
        ]
        if emptied:
            touched[record_column(part)] = _write_empty(edit, part, emptied, target)
    return touched


def _write_empty(edit: Edit, part: Part, emptied: list[str], target: Target) -> UUID:
    record, key = edit.record or {}, record_column(part)
    for name in emptied:
        if not part.model._meta.get_field(_field_name(edit, name)).null:
            raise NotErasable(name)
    names = ", ".join(f'"{edit.sheet.columns[name].name}" = NULL' for name in emptied)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {part.model._meta.db_table} SET {names}, version = version + 1, "
            "event = 'UPDATE', recorded_at = now(), recorded_by = %s, batch = NULL "
            "WHERE id = %s AND version = %s RETURNING record_id",
            [target.by.account_id, record[key], record[f"{key}_version"]],
        )
        found = cursor.fetchone()
    if found is None:
        raise ChangedMeanwhile(record)
    record_id: UUID = found[0]
    return record_id


def _field_name(edit: Edit, key: str) -> str:
    column = edit.sheet.columns[key]
    return (
        column.name.removesuffix("_id") if column.declaration.kind == "reference" else column.name
    )


def _with_versions(rows: pl.DataFrame, emptied: Iterable[str]) -> pl.DataFrame:
    return rows.with_columns((pl.col(f"{key}_version") + 1) for key in emptied)


def _journal(
    edit: Edit,
    written: list[Written],
    emptied: Mapping[str, UUID],
    around: Surroundings,
    accepted: list[Finding],
) -> None:
    """One entry for the row: which datasets, which rules were explained and how."""
    detail: dict[str, Any] = {"sheet": edit.sheet.key, "written": totals(written)}
    if accepted:
        detail["explained"] = {each.rule: edit.reasons[each.rule].strip() for each in accepted}
    person = (edit.record or {}).get("_person")
    journal.write(
        kind=journal.CHANGE,
        action=f"registry.{edit.sheet.key}.{'change' if edit.record else 'add'}",
        institution_id=around.institution.pk,
        dataset=edit.sheet.anchor._meta.label_lower,
        records=list(emptied.values()) or None,
        persons=[person] if person is not None and edit.sheet.is_about_persons else None,
        count=1,
        digest=digest_of(written) if written else None,
        detail=detail,
    )


def surroundings(institution_id: int, *, school_year: int, at: datetime) -> Surroundings:
    """A school as its rows are checked against it. Raises `Institution.DoesNotExist`."""
    institution = Institution.objects.get(pk=institution_id)
    return Surroundings(institution=institution, school_year=school_year, on=at.date())
