"""The published forms, as data beside this file: one JSON an edition, read and checked here.

A row says which records it is over and under what condition; a column says its condition; a row
holds within its parent where both are over the same records. When the rows of another edition come
they are another file: no code changes. Readings that the texts leave open are data too
(`readings.json`), shown beside the rows they touch.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from sobo.reporting.forms.definition import Bilingual, Column, Definition, Row, Sheet
from sobo.reporting.forms.expressions import (
    EVERYTHING,
    Condition,
    ConditionError,
    Language,
    every,
    some,
)

Raw = Mapping[str, Any]
_READINGS = "readings.json"


class DefinitionError(ValueError):
    """A form that contradicts itself, or names what does not exist."""


@cache
def all_definitions() -> tuple[Definition, ...]:
    """Every edition of every form, by code. Raises `DefinitionError`."""
    files = [path for path in resources.files(__name__).iterdir() if path.name.endswith(".json")]
    raw = [json.loads(path.read_text("utf-8")) for path in files if path.name != _READINGS]
    read = [read_definition(form) for form in raw]
    return tuple(sorted(read, key=lambda form: (form.code, form.since)))


def definitions_on(day: date) -> tuple[Definition, ...]:
    """The forms in force on a day, by code."""
    return tuple(form for form in all_definitions() if form.is_in_force(on=day))


def definition(code: str, *, on: date) -> Definition:
    """The edition of a form in force on a day. Raises `KeyError`."""
    for form in definitions_on(on):
        if form.code == code:
            return form
    raise KeyError(f"no form {code} on {on}")


@cache
def readings() -> dict[str, Bilingual]:
    """How open questions of the texts are read here, until a text says otherwise."""
    text = resources.files(__name__).joinpath(_READINGS).read_text("utf-8")
    return {key: Bilingual(**value) for key, value in json.loads(text).items()}


def read_definition(raw: Raw) -> Definition:
    """Read one edition from its JSON. Raises `DefinitionError` with the row at fault."""
    terms = raw.get("terms", {})
    return Definition(
        code=raw["code"],
        edition=raw["edition"],
        title=Bilingual(**raw["title"]),
        level=raw["level"],
        status=raw["status"],
        legal_basis=raw["legal_basis"],
        source=raw["source"],
        reporter=raw["reporter"],
        receiver=raw["receiver"],
        since=date.fromisoformat(raw["since"]),
        until=_day(raw.get("until")),
        note=Bilingual(**raw["note"]) if "note" in raw else None,
        sheets=tuple(_sheet(sheet, terms) for sheet in raw["sheets"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sheet(raw: Raw, terms: Mapping[str, Condition]) -> Sheet:
    try:
        rows = _rows(raw["rows"], terms)
        known = {row.key: row for row in rows if not row.is_heading}
        _require_known(rows, known)
        asides = tuple(_aside(aside, known, terms) for aside in raw.get("asides", ()))
        kinds = sorted({row.over for row in (*known.values(), *asides) if row.over})
        return Sheet(
            key=raw["key"],
            name=raw["name"],
            columns=tuple(_column(column, kinds, terms) for column in raw["columns"]),
            rows=rows,
            asides=asides,
            waits=Bilingual(**raw["waits"]) if "waits" in raw else None,
        )
    except (ConditionError, KeyError) as fault:
        raise DefinitionError(f"sheet {raw['key']}: {fault}") from fault


def _column(raw: Raw, kinds: Iterable[str], terms: Mapping[str, Condition]) -> Column:
    where = raw.get("where")
    return Column(
        number=raw["no"],
        path=tuple(raw["path"]),
        holds={kind: Language.about(kind, terms=terms).compile(where) for kind in kinds},
        sums=_groups(raw),
        within=tuple(raw.get("within", ())),
    )


def _groups(raw: Raw) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(group) for group in raw.get("sums", ()))


def _rows(raws: Iterable[Raw], terms: Mapping[str, Condition]) -> tuple[Row, ...]:
    rows: dict[str, Row] = {}
    for number, raw in enumerate(raws):
        row = _heading(raw, number) if raw.get("heading") else _line(raw, rows, terms)
        if row.key in rows:
            raise DefinitionError(f"row {row.key} stands twice")
        rows[row.key] = row
    return tuple(rows.values())


def _heading(raw: Raw, number: int) -> Row:
    return Row(
        key=f"heading-{number}",
        label=raw["label"],
        depth=raw["depth"],
        ordinal=raw.get("tt", ""),
        is_heading=True,
    )


def _line(raw: Raw, above: Mapping[str, Row], terms: Mapping[str, Condition]) -> Row:
    parent = above[raw["parent"]] if "parent" in raw else None
    return Row(
        key=raw["code"] if "code" in raw else raw["key"],
        label=raw["label"],
        depth=raw["depth"],
        ordinal=raw.get("tt", ""),
        unit=raw["unit"],
        code=raw.get("code", ""),
        parent=parent.key if parent else "",
        over=raw.get("over", ""),
        holds=_holds(raw, parent, terms),
        measure=raw.get("adds", ""),
        blank_columns=tuple(raw.get("blank_columns", ())),
        sums=_groups(raw),
        readings=tuple(raw.get("readings", ())),
    )


def _holds(raw: Raw, parent: Row | None, terms: Mapping[str, Condition]) -> pl.Expr:
    if "over" not in raw:
        return EVERYTHING
    language = Language.about(raw["over"], terms=terms)
    if "adds" in raw:
        language.word(raw["adds"])
    own = language.compile(raw.get("where"))
    return parent.holds & own if parent and parent.over == raw["over"] else own


def _aside(raw: Raw, known: Mapping[str, Row], terms: Mapping[str, Condition]) -> Row:
    whole = known[raw["of"]] if "of" in raw else None
    parts = [known[key].holds for key in raw.get("besides", ())]
    over = whole.over if whole else raw["over"]
    own = Language.about(over, terms=terms).compile(raw.get("where"))
    outside = [some(parts).not_()] if parts else []
    return Row(
        key=raw["key"],
        label=raw["label"]["vi"],
        label_en=raw["label"]["en"],
        depth=0,
        parent=whole.key if whole else "",
        over=over,
        holds=every([whole.holds if whole else EVERYTHING, own, *outside]),
        measure=whole.measure if whole else raw.get("adds", ""),
        is_always_shown=raw.get("always", False),
        must_be_empty=raw.get("must_be_empty", False),
    )


def _require_known(rows: Iterable[Row], known: Mapping[str, Row]) -> None:
    for row in rows:
        missing = {key for group in row.sums for key in group} - known.keys()
        if missing:
            raise DefinitionError(f"row {row.key} sums unknown rows {sorted(missing)}")
        unread = set(row.readings) - readings().keys()
        if unread:
            raise DefinitionError(f"row {row.key} has unknown readings {sorted(unread)}")
