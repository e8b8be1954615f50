"""Totals of returns by place, and the proof that the parts sum to the whole.

A figure counts the accepted returns; approved and signed ones stand beside it, each including those
that went further. Totals come from `statistics_total`; what they are checked against is added up
from the returns themselves, as far as the session sees them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sobo.registry.queries.rows import fetch, fetch_one
from sobo.reporting import headlines
from sobo.reporting.forms.definition import CellKey, Definition
from sobo.reporting.forms.values import FormValues
from sobo.reporting.models import Round
from sobo.reporting.queries import rounds
from sobo.reporting.transitions import ACCEPTED, APPROVED, RESTS_ON_SIGNATURE, SIGNED

STAGES: Mapping[str, tuple[str, ...]] = {
    ACCEPTED: (ACCEPTED,),
    APPROVED: (APPROVED, ACCEPTED),
    SIGNED: RESTS_ON_SIGNATURE,
}
"""States that count at a stage: whoever went further was there too."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """The nation, a province or one of its communes."""

    province: str = ""
    commune: str = ""

    @property
    def is_nation(self) -> bool:
        """Whether it is everything."""
        return not self.province


@dataclass(frozen=True, kw_only=True)
class Sums:
    """A figure at each stage, with how many returns it counts."""

    values: Mapping[str, int]
    returns: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Sums":
        """Add rows of `state`, `value` and `returns` into stages."""
        counted = list(rows)
        return cls(
            values={stage: _add(counted, states, "value") for stage, states in STAGES.items()},
            returns={stage: _add(counted, states, "returns") for stage, states in STAGES.items()},
        )


@dataclass(frozen=True, kw_only=True)
class Part:
    """One place of a larger one, with its share of a figure."""

    code: str
    name: str
    sums: Sums


def _add(rows: Iterable[Any], states: Sequence[str], column: str) -> int:
    return sum(getattr(row, column) or 0 for row in rows if row.state in states)


OF_PLACE = """
    FROM statistics_total t
    WHERE t.round_id = %(round)s AND t.form = %(form)s AND t.edition = %(edition)s
      AND (%(province)s = '' OR t.province_code = %(province)s) AND t.commune_code = %(commune)s
"""

TOTAL = (
    """
SELECT t.state, sum(t.returns)::int AS returns,
       sum((SELECT sum(t.cells[place]) FROM unnest(%(places)s::int[]) place))::bigint AS value
"""
    + OF_PLACE
    + " GROUP BY t.state"
)

PROVINCES = """
SELECT t.province_code AS code, p.name, t.state, t.returns,
       (SELECT sum(t.cells[place]) FROM unnest(%(places)s::int[]) place)::bigint AS value
FROM statistics_total t
LEFT JOIN institutions_province p ON p.code = t.province_code AND p.until IS NULL
WHERE t.round_id = %(round)s AND t.form = %(form)s AND t.edition = %(edition)s
  AND t.commune_code = ''
ORDER BY p.sort_key, t.province_code
"""

COMMUNES = """
SELECT t.commune_code AS code, c.name, t.state, t.returns,
       (SELECT sum(t.cells[place]) FROM unnest(%(places)s::int[]) place)::bigint AS value
FROM statistics_total t
LEFT JOIN institutions_commune c ON c.code = t.commune_code AND c.until IS NULL
WHERE t.round_id = %(round)s AND t.form = %(form)s AND t.edition = %(edition)s
  AND t.commune_code <> '' AND t.province_code = %(province)s
ORDER BY c.sort_key, t.commune_code
"""


def total(round_: Round, form: Definition, places: Sequence[int], *, of: Place) -> Sums:
    """A figure of a place; `places` are those of its cells in the form, from 1."""
    return Sums.of(fetch(TOTAL, _parameters(round_, form, places, of)))


def parts(round_: Round, form: Definition, places: Sequence[int], *, of: Place) -> list[Part]:
    """A figure by the provinces of the nation, or by the communes of a province."""
    rows = fetch(PROVINCES if of.is_nation else COMMUNES, _parameters(round_, form, places, of))
    by_code: dict[str, list[Any]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return [
        Part(code=code, name=some[0].name or code, sums=Sums.of(some))
        for code, some in by_code.items()
    ]


SCHOOLS = """
SELECT r.public_id AS filing, i.name, i.record_id, r.state, r.digest, 1 AS returns,
       (SELECT sum(r.cells[place]) FROM unnest(%(places)s::int[]) place)::bigint AS value
FROM reporting_return r JOIN institutions_institution i ON i.id = r.institution_id
WHERE r.round_id = %(round)s AND r.form = %(form)s AND r.edition = %(edition)s
  AND r.province_code = %(province)s AND (%(commune)s = '' OR r.commune_code = %(commune)s)
  AND r.state = ANY (%(signed)s)
ORDER BY i.sort_key, i.id
"""


def schools(round_: Round, form: Definition, places: Sequence[int], *, of: Place) -> list[Any]:
    """The signed returns of a commune that are in the session's sight, each with its figure."""
    return fetch(SCHOOLS, _parameters(round_, form, places, of))


RECOUNT = """
SELECT r.state, count(*)::int AS returns,
       sum((SELECT sum(r.cells[place]) FROM unnest(%(places)s::int[]) place))::bigint AS value
FROM reporting_return r
WHERE r.round_id = %(round)s AND r.form = %(form)s AND r.edition = %(edition)s
  AND r.state = ANY (%(signed)s)
  AND (%(province)s = '' OR r.province_code = %(province)s)
  AND (%(commune)s = '' OR r.commune_code = %(commune)s)
GROUP BY r.state
"""


def recount(round_: Round, form: Definition, places: Sequence[int], *, of: Place) -> Sums:
    """The same figure added up again from the returns themselves, as far as one sees them."""
    return Sums.of(fetch(RECOUNT, _parameters(round_, form, places, of)))


def digest_of(round_: Round, form: Definition, stage: str, *, of: Place) -> str:
    """One digest for all returns that a total counts (SHA-256 over theirs, in order)."""
    found = fetch_one(
        "SELECT totals_digest(%(round)s, %(form)s, %(states)s, %(province)s, %(commune)s) AS made",
        {**_parameters(round_, form, [], of), "states": list(STAGES[stage])},
    )
    return str(found.made)


WHOLE_FORM = (
    """
SELECT array_agg(cell ORDER BY place) AS cells FROM (
    SELECT c.place, sum(c.cell)::bigint AS cell FROM (
        SELECT t.cells, t.state
"""
    + OF_PLACE
    + """
    ) t CROSS JOIN LATERAL unnest(t.cells) WITH ORDINALITY c (cell, place)
    WHERE t.state = ANY (%(states)s) GROUP BY c.place
) summed
"""
)


def whole_form(round_: Round, form: Definition, stage: str, *, of: Place) -> FormValues | None:
    """Every cell of a form summed over a place; none where no return stands at the stage."""
    parameters = {**_parameters(round_, form, [], of), "states": list(STAGES[stage])}
    cells = fetch_one(WHOLE_FORM, parameters).cells
    if cells is None:
        return None
    unit = of.commune or of.province or "VN"
    return FormValues(definition=form, of=unit, on=round_.reference_on, figures=tuple(cells))


def headline_sums(round_: Round, *, of: Place) -> dict[str, dict[str, Sums]]:
    """The figures everyone asks for first, by form and name."""
    return {
        form.code: {
            name: total(round_, form, headlines.places(form, name), of=of)
            for name in headlines.HEADLINES
        }
        for form in rounds.forms_of(round_)
    }


def institutions(round_: Round, *, stage: str) -> dict[str, int]:
    """Institutions behind the returns of a stage by province, each counted once."""
    rows = fetch(
        "SELECT province_code, institutions FROM totals_institutions(%(round)s, %(states)s)",
        {"round": round_.pk, "states": list(STAGES[stage])},
    )
    return {row.province_code: row.institutions for row in rows}


def provinces() -> list[Any]:
    """The provinces of today: `code` and `name`, in Vietnamese order."""
    return fetch(
        "SELECT code, name FROM institutions_province WHERE until IS NULL ORDER BY sort_key", []
    )


def place_name(place: Place) -> str:
    """What a province or commune is called; empty for the nation."""
    table, code = (
        ("institutions_commune", place.commune)
        if place.commune
        else ("institutions_province", place.province)
    )
    found = fetch(f"SELECT name FROM {table} WHERE code = %s AND until IS NULL", [code])
    return found[0].name if found else code


def place_of(form: Definition, cell: CellKey) -> int:
    """Where a cell stands among a form's figures, from 1. Raises `KeyError`."""
    for number, key in enumerate(form.cell_keys, start=1):
        if key == cell:
            return number
    raise KeyError(cell)


def _parameters(
    round_: Round, form: Definition, places: Sequence[int], of: Place
) -> dict[str, Any]:
    return {
        "round": round_.pk,
        "form": form.code,
        "edition": form.edition,
        "places": list(places),
        "province": of.province,
        "commune": of.commune,
        "signed": list(RESTS_ON_SIGNATURE),
    }
