"""One person's or school's records as they are, as they were, and who touched or looked at them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sobo.registry.learners.models import Commendation, Enrolment, HealthCheck, PolicySupport
from sobo.registry.people.models import Guardian, IdentityPaper, Person
from sobo.registry.queries.rows import NotInSight, fetch, fetch_one
from sobo.registry.staff.models import LanguageSkill, Post
from sobo.specification.fields import Declaration
from sobo.specification.guards import history_table
from sobo.specification.records import Record, declarations

ABOUT_LEARNERS: tuple[type[Record], ...] = (
    Enrolment, Guardian, IdentityPaper, HealthCheck, PolicySupport, Commendation,
)  # fmt: skip
ABOUT_STAFF: tuple[type[Record], ...] = (Post, LanguageSkill)
CANCELLED = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of one record, with the period in which it stood in the register."""

    model: type[Record]
    key: int
    number: int
    event: str
    recorded_at: datetime
    superseded_at: datetime | None
    recorded_by: int | None
    batch: int | None
    values: dict[str, Any]

    def stood(self, *, at: datetime) -> bool:
        """Whether this version was the register's at a moment."""
        return self.recorded_at <= at and (self.superseded_at is None or at < self.superseded_at)

    @property
    def is_current(self) -> bool:
        """Whether nothing has replaced it."""
        return self.superseded_at is None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one version of a record changed, field by field: (column, declaration, before, after)."""

    version: Version
    fields: tuple[tuple[str, Declaration, Any, Any], ...]


PERSON = """
SELECT p.id, p.record_id, p.code, p.full_name FROM people_person p WHERE p.record_id = %s
"""


def person(record_id: UUID) -> Any:
    """A person by record id: `id`, `code`, `full_name`. Raises `NotInSight`."""
    return fetch_one(PERSON, [record_id])


def person_versions(
    person_id: int, datasets: Sequence[type[Record]], *, school_id: int
) -> list[Version]:
    """Every version of a person's own record and of what a school keeps about the person."""
    found = _versions(Person, [person_id])
    for model in datasets:
        keys = fetch(
            f"SELECT id FROM {model._meta.db_table} WHERE person_id = %s AND institution_id = %s",
            [person_id, school_id],
        )
        found += _versions(model, [row.id for row in keys])
    return found


def record_versions(model: type[Record], record_id: UUID, *, school_id: int) -> list[Version]:
    """Every version of one record of a school. Raises `NotInSight`."""
    column = "id" if model.__name__ == "Institution" else "institution_id"
    keys = fetch(
        f"SELECT id FROM {model._meta.db_table} WHERE record_id = %s AND {column} = %s",
        [record_id, school_id],
    )
    if not keys:
        raise NotInSight
    return _versions(model, [keys[0].id])


ENVELOPE = "id, version, event, recorded_at, recorded_by, batch"


def _versions(model: type[Record], keys: Sequence[int]) -> list[Version]:
    """Earlier versions are found by key: a record is never deleted, so its key is always there."""
    if not keys:
        return []
    table, names = model._meta.db_table, list(declarations(model))
    columns = ", ".join([ENVELOPE, *(f'"{name}"' for name in names)])
    rows = fetch(
        f"SELECT {columns}, NULL::timestamptz AS superseded_at FROM {table} WHERE id = ANY (%s) "
        f"UNION ALL SELECT {columns}, superseded_at FROM {history_table(model)} "
        "WHERE id = ANY (%s) ORDER BY 1, 2",
        [list(keys), list(keys)],
    )
    return [_version(model, names, row) for row in rows]


def _version(model: type[Record], names: Sequence[str], row: Any) -> Version:
    key, number, event, recorded_at, recorded_by, batch, *values, superseded_at = row
    return Version(
        model=model, key=key, number=number, event=event, recorded_at=recorded_at,
        superseded_at=superseded_at, recorded_by=recorded_by, batch=batch,
        values=dict(zip(names, values, strict=True)),
    )  # fmt: skip


def standing(versions: Iterable[Version], *, at: datetime | None) -> list[Version]:
    """The versions in force at a moment, or now; cancelled records are left out."""
    return [
        version
        for version in versions
        if (version.is_current if at is None else version.stood(at=at))
        and version.event != CANCELLED
    ]


def changes(versions: Sequence[Version]) -> list[Change]:
    """What each version changed, the latest first; a first version changes from nothing."""
    by_key = {(version.model, version.key, version.number): version for version in versions}
    found = [
        Change(
            version=version,
            fields=_differences(
                by_key.get((version.model, version.key, version.number - 1)), version
            ),
        )
        for version in versions
    ]
    return sorted(found, key=lambda change: change.version.recorded_at, reverse=True)


def _differences(
    before: Version | None, after: Version
) -> tuple[tuple[str, Declaration, Any, Any], ...]:
    return tuple(
        (column, declaration, _value(before, column), after.values[column])
        for column, declaration in declarations(after.model).items()
        if not declaration.managed and _value(before, column) != after.values[column]
    )


def _value(version: Version | None, column: str) -> Any:
    return None if version is None else version.values[column]


NAMED = {"school_class_id": "classes_schoolclass", "campus_id": "institutions_campus"}


def reference_names(versions: Iterable[Version], *, school_id: int) -> dict[tuple[str, Any], str]:
    """Names of the classes and campuses that versions refer to, by (column, key)."""
    wanted: dict[str, set[int]] = {}
    for version in versions:
        for column in NAMED.keys() & version.values.keys():
            wanted.setdefault(column, set()).add(version.values[column])
    return {
        (column, row.id): row.name
        for column, keys in wanted.items()
        for row in fetch(
            f"SELECT id, name FROM {NAMED[column]} WHERE institution_id = %s AND id = ANY (%s)",
            [school_id, [key for key in keys if key is not None]],
        )
    }


def account_names(accounts: Iterable[int | None]) -> dict[int, str]:
    """Names of accounts within sight; those of other units stay unnamed."""
    wanted = sorted({account for account in accounts if account is not None})
    rows = fetch("SELECT id, name FROM accounts_account WHERE id = ANY (%s)", [wanted])
    return {row.id: row.name for row in rows}


TRACES = """
SELECT max(j.at) AS at, count(*) AS times, j.kind, j.detail ->> 'purpose' AS revealed_for,
       a.name AS account, u.name AS unit
FROM journal_entry j
LEFT JOIN accounts_account a ON a.id = j.account_id
LEFT JOIN institutions_unit u ON u.id = j.unit_id
WHERE j.institution_id = %s AND %s = ANY (j.persons)
GROUP BY j.at::date, j.kind, revealed_for, a.name, u.name
ORDER BY at DESC LIMIT %s
"""


def traces(person_id: int, *, school_id: int, most: int = 12) -> list[Any]:
    """Who looked at a person or changed the record at a school, by day, the latest first."""
    return fetch(TRACES, [school_id, person_id, most])


def key_of(model: type[Record], record_id: UUID) -> int:
    """The key of a record in sight. Raises `NotInSight`."""
    found = fetch_one(f"SELECT id FROM {model._meta.db_table} WHERE record_id = %s", [record_id])
    key: int = found.id
    return key


def persons_by_code(codes: Sequence[str]) -> list[Any]:
    """Persons in sight by their codes: `id`, `record_id`, `full_name`, `birth`."""
    return fetch(
        "SELECT id, record_id, full_name, birth FROM people_person WHERE code = ANY (%s) "
        "ORDER BY sort_key",
        [list(codes)],
    )
