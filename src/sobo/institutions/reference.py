"""Reference data every installation starts with: territory, old and new, and what it allows.

The files are in `data/`, with their sources and doubts. Loading twice changes nothing.
"""

from datetime import date
from functools import cache
from importlib import resources

import polars as pl
from psycopg import Connection

from sobo.institutions.copying import put_rows
from sobo.kernel.vietnamese import place_sort_key, search_key

REFORMED_ON = date(2025, 7, 1)
"""From this day 34 provinces and 3,321 communes, and no district (QĐ 19/2025/QĐ-TTg)."""
DESCRIBED_FROM = date(2008, 8, 1)
"""The 63 provinces stood from this day on; that each district and commune did is not claimed."""
EVE_OF_REFORM = date(2025, 6, 30)
"""Communes and districts known to have ended earlier, on a day no file tells, end here."""

MARKED_WORKBOOK_MAY_LEAVE = "marked_workbook_may_leave"
YES, NO = "yes", "no"
_STRICT_CLAUSE = "CV 8343/SGDĐT-VP ngày 26/12/2024 của Sở GDĐT TP. Hồ Chí Minh"


def load(connection: Connection) -> None:
    """Bring the reference tables to what this version ships, as the owner, in one transaction."""
    put_rows(connection, "institutions_province", provinces(), key=["code", "since"])
    put_rows(connection, "institutions_district", districts(), key=["code", "since"])
    put_rows(connection, "institutions_commune", communes(), key=["code", "since"])
    put_rows(
        connection, "institutions_communesuccession", successions(), key=["old_code", "new_code"]
    )
    forbid_workbooks_to_leave(connection)


def provinces() -> pl.DataFrame:
    """The 34 provinces of today and the 63 before, each with its days."""
    regions = _read("regions.csv").select("province_code", region="region_code")
    today = _read("provinces.csv").join(
        regions, left_on="code", right_on="province_code", how="left", maintain_order="left"
    )
    before = _read("old_provinces.csv").with_columns(region=pl.lit(None, dtype=pl.String))
    columns = ["code", "name", pl.col("type").alias("kind"), "region"]
    both = pl.concat([_since_reform(today.select(columns)), _until_reform(before.select(columns))])
    return both.with_columns(_sort_keys(both["name"]))


def districts() -> pl.DataFrame:
    """The districts of before the reform."""
    old = _until_reform(_read("old_districts.csv"))
    return old.select(
        "code", "province_code", "name", pl.col("type").alias("kind"), "since", "until"
    )


def communes() -> pl.DataFrame:
    """The communes of today and those of before, each with its days."""
    columns = ["code", "province_code", "district_code", "name", pl.col("type").alias("kind")]
    today = _read("communes.csv").with_columns(district_code=pl.lit(None, dtype=pl.String))
    both = pl.concat(
        [
            _since_reform(today.select(columns)),
            _until_reform(_read("old_communes.csv")).select(*columns, "since", "until"),
        ]
    )
    search_keys = pl.Series("search_key", map(search_key, both["name"]))
    return both.with_columns(_sort_keys(both["name"]), search_keys)


@cache
def commune_names() -> dict[str, str]:
    """Today's communes by code, without their kind: `Phường Bàn Cờ` is Bàn Cờ."""
    rows = _read("communes.csv").select("code", "name", "type").iter_rows()
    return {code: name.removeprefix(f"{kind} ") for code, name, kind in rows}


def successions() -> pl.DataFrame:
    """Which commune of today took over which old one.

    The five island districts that had no communes are left out: nothing old can point at them.
    """
    pairs = _read("commune_mapping.csv").filter(pl.col("old_code").is_not_null())
    return pairs.select(
        "old_code",
        "old_province_code",
        "new_code",
        pl.col("is_split") == "1",
        pl.col("is_default") == "1",
        "status",
    )


def forbid_workbooks_to_leave(connection: Connection) -> None:
    """The policy where no province says otherwise: no file with personal data leaves.

    CV 8343 binds Hồ Chí Minh City; elsewhere the strict reading is a choice of this product.
    """
    for province, is_verified in ((None, False), ("79", True)):
        put_policy(
            connection,
            province=province,
            topic=MARKED_WORKBOOK_MAY_LEAVE,
            value=NO,
            clause=_STRICT_CLAUSE,
            is_verified=is_verified,
        )


def put_policy(
    connection: Connection,
    *,
    province: str | None,
    topic: str,
    value: str,
    clause: str,
    is_verified: bool,
) -> None:
    """Set what a territory allows since the reform, unless it has said something since then."""
    connection.execute(
        "INSERT INTO institutions_territorypolicy "
        "(province_code, topic, value, clause, is_verified, since) "
        "SELECT %(province)s::text, %(topic)s::text, %(value)s, %(clause)s, %(verified)s, "
        "%(since)s "
        "WHERE NOT EXISTS (SELECT FROM institutions_territorypolicy "
        "WHERE province_code IS NOT DISTINCT FROM %(province)s::text AND topic = %(topic)s::text)",
        {
            "province": province,
            "topic": topic,
            "value": value,
            "clause": clause,
            "verified": is_verified,
            "since": REFORMED_ON,
        },
    )


@cache
def old_district_of_commune() -> dict[str, tuple[str, str]]:
    """For each commune of today the district and province that most of it lay in before."""
    pairs = _read("commune_mapping.csv").filter(pl.col("is_default") == "1")
    counted = pairs.group_by("new_code", "old_district_code", "old_province_code").len()
    chief = counted.sort("new_code", "len", "old_district_code", descending=[False, True, False])
    return {
        code: (district, province)
        for code, district, province, _count in chief.unique("new_code", keep="first").iter_rows()
    }


def _since_reform(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(since=pl.lit(REFORMED_ON), until=pl.lit(None, dtype=pl.Date))


def _until_reform(rows: pl.DataFrame) -> pl.DataFrame:
    stood = pl.lit(value=True)
    if "existed_on_2025_06_30" in rows.columns:
        stood = pl.col("existed_on_2025_06_30") == "1"
    until = pl.when(stood).then(pl.lit(REFORMED_ON)).otherwise(pl.lit(EVE_OF_REFORM))
    return rows.with_columns(since=pl.lit(DESCRIBED_FROM), until=until)


def _sort_keys(names: pl.Series) -> pl.Series:
    return pl.Series("sort_key", map(place_sort_key, names), dtype=pl.Binary)


def _read(name: str) -> pl.DataFrame:
    data = (resources.files("sobo.institutions") / "data" / name).read_bytes()
    return pl.read_csv(data, infer_schema=False)
