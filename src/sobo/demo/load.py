"""The nation into an empty register, as the owner of the database, at the speed of COPY."""

from collections.abc import Iterable, Mapping

import polars as pl
from psycopg import Connection, sql

from sobo.demo.nation import Batch
from sobo.demo.territory import Territory
from sobo.institutions.copying import copy_rows
from sobo.institutions.reference import MARKED_WORKBOOK_MAY_LEAVE, YES, put_policy
from sobo.kernel.vietnamese import place_sort_key, search_key, search_keys, sort_keys

TABLES: Mapping[str, str] = {
    "units": "institutions_unit",
    "unit_parents": "institutions_unitparent",
    "institutions": "institutions_institution",
    "managements": "institutions_institutionmanagement",
    "campuses": "institutions_campus",
    "classes": "classes_schoolclass",
    "persons": "people_person",
    "enrolments": "learners_enrolment",
    "guardians": "people_guardian",
    "health_checks": "learners_healthcheck",
    "policy_support": "learners_policysupport",
    "posts": "staff_post",
    "rooms": "facilities_room",
}
"""The table of each frame."""

LENIENT_PROVINCE = "14"
"""The mountain province whose policy lets a marked-up workbook go back to its school."""
_DEMO_CLAUSE = "Quyết định của bản trình diễn; không phải văn bản của tỉnh"


class RegisterNotEmpty(Exception):
    """The demo nation goes into an empty register only: records are never deleted."""


def load(connection: Connection, territory: Territory, batches: Iterable[Batch]) -> None:
    """Write a nation in the caller's transaction: the units first, then batch after batch.

    Raises `RegisterNotEmpty`, before anything is written.
    """
    _require_empty(connection)
    _load_territory(connection, territory)
    for batch in batches:
        _load_batch(connection, batch)
    for table in TABLES.values():
        connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def _require_empty(connection: Connection) -> None:
    """The lock lets another load, whose process was killed a moment ago, be undone first."""
    connection.execute("LOCK TABLE institutions_institution IN SHARE ROW EXCLUSIVE MODE")
    if connection.execute("SELECT FROM institutions_institution LIMIT 1").rowcount:
        raise RegisterNotEmpty("the register already holds institutions")


def _load_territory(connection: Connection, territory: Territory) -> None:
    units = territory.units.with_columns(_place_keys(territory.units["name"]))
    _copy(connection, "units", units)
    _copy(connection, "unit_parents", territory.unit_parents)
    if LENIENT_PROVINCE in territory.provinces:
        put_policy(
            connection,
            province=LENIENT_PROVINCE,
            topic=MARKED_WORKBOOK_MAY_LEAVE,
            value=YES,
            clause=_DEMO_CLAUSE,
            is_verified=False,
        )


def _load_batch(connection: Connection, batch: Batch) -> None:
    for name, rows in batch.frames().items():
        _copy(connection, name, _with_keys(name, rows))
    _continue_person_codes(connection, batch.persons)


def _with_keys(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the stored keys that lists sort by and searches look in."""
    if name == "persons":
        names = rows["full_name"]
        return rows.with_columns(
            sort_keys(names).alias("sort_key"), search_keys(names).alias("search_key")
        )
    if name == "institutions":
        found = pl.Series("search_key", map(search_key, rows["name"]))
        return rows.with_columns(_place_keys(rows["name"]), found)
    if name == "classes":
        return rows.with_columns(_place_keys(rows["name"]))
    return rows


def _place_keys(names: pl.Series) -> pl.Series:
    return pl.Series("sort_key", map(place_sort_key, names), dtype=pl.Binary)


def _copy(connection: Connection, name: str, rows: pl.DataFrame) -> None:
    """Copy a frame; where it brings its ids, let the table's own numbers go on after them."""
    table = TABLES[name]
    copy_rows(connection, table, rows)
    if "id" in rows.columns and rows.height:
        connection.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, rows["id"].max()]
        )


def _continue_person_codes(connection: Connection, persons: pl.DataFrame) -> None:
    """Let the database issue the codes that follow those of the demo's persons."""
    province = persons["code"].str.slice(0, 2).alias("province")
    number = persons["code"].str.slice(2).cast(pl.Int64).alias("number")
    latest = pl.DataFrame([province, number]).group_by("province").max()
    for province_code, last in latest.iter_rows():
        connection.execute(
            "SELECT setval(%s::regclass, %s)", [f"person_code_{province_code}", last]
        )
