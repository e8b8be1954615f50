"""Which record each row is about: new, changed, same, or perhaps the same person.

A blank cell leaves what the register holds; a file never erases by silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sobo.kernel.vietnamese import search_keys
from sobo.registry.frames import record_column
from sobo.registry.people.models import Person
from sobo.registry.sheets import CAMPUSES, CLASSES, PROFILE, ROOMS, Part, Sheet

NEW, CHANGED, SAME, MAYBE = "new", "changed", "same", "maybe"
OUTCOME, DECISION, POSITION = "_outcome", "_decision", "_register_row"
CODE_KNOWN = "code_known"
"""Whether the code a row names stands in the school's register; null where it names none."""
AS_NEW = "new"
"""The decision that a row which may be someone known is a new person."""

NATURAL_KEYS = {
    CAMPUSES.key: ("code",),
    CLASSES.key: ("code",),
    ROOMS.key: ("kind", "campus", "level", "section", "build_grade", "is_borrowed", "name"),
}


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Rows of a sheet with what they will do.

    `rows` has the sheet's columns, `row`, `_outcome`, the record key and version of each part (null
    where the part has none yet) and `_differs_<part>`; `candidates` holds `row` and the person code
    of each one who may be meant.
    """

    rows: pl.DataFrame
    candidates: pl.DataFrame

    def counts(self) -> dict[str, int]:
        """How many rows of each outcome."""
        found = dict(self.rows.group_by(OUTCOME).len().iter_rows())
        return {outcome: found.get(outcome, 0) for outcome in (NEW, CHANGED, SAME, MAYBE)}


def match(sheet: Sheet, rows: pl.DataFrame, register: pl.DataFrame) -> Matched:
    """Match typed rows of a sheet with the register's rows (`registry.frames.sheet_rows`).

    Columns that the file does not have at all are not compared.
    """
    known = register.with_row_index(POSITION)
    if sheet.is_about_persons:
        placed, candidates = _by_person(rows, known)
    else:
        placed, candidates = _by_key(sheet, rows, known), _no_candidates()
    joined = placed.join(known, on=POSITION, how="left", suffix="__register", maintain_order="left")
    outcomes = _outcomes(sheet, rows, joined)
    unsure = pl.col("row").is_in(candidates["row"].unique().implode())
    return Matched(
        rows=outcomes.with_columns(
            pl.when(unsure).then(pl.lit(MAYBE)).otherwise(pl.col(OUTCOME)).alias(OUTCOME)
        ),
        candidates=candidates,
    )


def _by_key(sheet: Sheet, rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    if sheet.key == PROFILE.key:
        only = known[POSITION].first() if len(known) else None
        return rows.with_columns(pl.lit(only, dtype=pl.UInt32).alias(POSITION))
    keys = [key for key in NATURAL_KEYS[sheet.key] if key in rows.columns]
    if not keys:
        return rows.with_columns(pl.lit(None, dtype=pl.UInt32).alias(POSITION))
    # Several rows of rooms may be alike in all their keys: the second means the second record.
    turn = pl.int_range(pl.len()).over(keys).alias("_turn")
    standing_first = known.sort("cancelled", maintain_order=True)
    placed = rows.with_columns(turn).join(
        standing_first.with_columns(turn).select(*keys, "_turn", POSITION),
        on=[*keys, "_turn"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return placed.drop("_turn")


def _by_person(rows: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """By code, else by personal number, else by name and birth where only one is meant."""
    named = _with_name_key(_with_columns(rows, ("code", "personal_number", "birth", DECISION)))
    register = _with_name_key(known).with_columns(pl.col("code").alias("_code"))
    decided = pl.col(DECISION).is_not_null()
    is_new = (pl.col(DECISION) == AS_NEW).fill_null(value=False)
    ours = named.with_columns(
        pl.when(decided & ~is_new).then(DECISION).otherwise("code").alias("_code")
    )
    found = ours
    for keys, name in _WAYS_TO_KNOW:
        once = _lookup(register, keys, name)
        found = found.join(once, on=keys, how="left", maintain_order="left", nulls_equal=False)
    ways = [name for _, name in _WAYS_TO_KNOW]
    met = found.with_columns(pl.when(~is_new).then(pl.coalesce(ways)).alias(POSITION))
    placed = met.with_columns(
        pl.when(_is_meant_alone()).then(POSITION).alias(POSITION),
        pl.when(pl.col("code").is_not_null())
        .then(pl.col("_by_code").is_not_null())
        .alias(CODE_KNOWN),
    )
    unsettled = placed.filter(pl.col(POSITION).is_null() & ~is_new)
    candidates = _candidates(unsettled, register)
    return placed.drop("_code", "_name", *ways), candidates


_WAYS_TO_KNOW = (
    (["_code"], "_by_code"),
    (["personal_number"], "_by_number"),
    (["_name", "birth"], "_by_name"),
)
"""The surest first."""


def _is_meant_alone() -> pl.Expr:
    """A number or name that several rows share does not say which record is meant; a code does."""
    return pl.col("_by_code").is_not_null() | (pl.len().over(POSITION) == 1)


def _lookup(register: pl.DataFrame, keys: Sequence[str], name: str) -> pl.DataFrame:
    """Where in the register each key stands, for keys that stand there once."""
    once = register.drop_nulls(keys).filter(pl.len().over(keys) == 1)
    return once.select(*keys, pl.col(POSITION).alias(name))


def _candidates(rows: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Persons known here who may be meant: same name with another birth, or several of one birth."""
    if rows.is_empty() or register.is_empty():
        return _no_candidates()
    people = register.select("_name", "birth", "code").drop_nulls(["_name", "code"])
    met = rows.select("row", "_name", "birth").join(people, on="_name", suffix="__register")
    close = pl.col("birth").str.slice(0, 4) == pl.col("birth__register").str.slice(0, 4)
    return met.filter(close).select("row", "code").unique(maintain_order=True)


def _no_candidates() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.Int32, "code": pl.String})


def _with_columns(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    missing = [pl.lit(None, dtype=pl.String).alias(n) for n in names if n not in rows.columns]
    return rows.with_columns(missing)


def _with_name_key(rows: pl.DataFrame) -> pl.DataFrame:
    names = rows["full_name"] if "full_name" in rows.columns else pl.Series([None] * len(rows))
    return rows.with_columns(search_keys(names.cast(pl.String)).alias("_name"))


def differs_column(part: Part) -> str:
    """The column that says whether a row changes a part's record."""
    return f"_differs{record_column(part)}"


def _outcomes(sheet: Sheet, given: pl.DataFrame, joined: pl.DataFrame) -> pl.DataFrame:
    differs = {part: _differs(part, sheet, given.columns) for part in sheet.parts}
    anchor = next(part for part in sheet.parts if part.model is sheet.anchor)
    known = pl.col(record_column(anchor)).is_not_null()
    revived = pl.col("cancelled").fill_null(value=False)
    changed = pl.any_horizontal(*differs.values()) | revived
    with_parts = joined.with_columns(
        (expression | revived if part.model in (sheet.anchor, Person) else expression).alias(
            differs_column(part)
        )
        for part, expression in differs.items()
    )
    return with_parts.with_columns(
        pl.when(~known)
        .then(pl.lit(NEW))
        .when(changed)
        .then(pl.lit(CHANGED))
        .otherwise(pl.lit(SAME))
        .alias(OUTCOME)
    )


def _differs(part: Part, sheet: Sheet, given: Sequence[str]) -> pl.Expr:
    """Whether any cell given for a part says something else than the register."""
    compared = [
        (pl.col(key).is_not_null() & pl.col(key).ne_missing(pl.col(f"{key}__register")))
        for key, column in sheet.columns.items()
        if column.part is part and key in given and not column.declaration.issued
    ]
    return pl.any_horizontal(*compared) if compared else pl.lit(False)
