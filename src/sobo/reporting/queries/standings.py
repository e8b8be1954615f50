"""Where every form of every institution in scope stands in a round, filed or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sobo.kernel.actor import Actor
from sobo.kernel.vietnamese import search_key
from sobo.registry.queries.paging import Found, page_of
from sobo.registry.queries.rows import fetch, fetch_one
from sobo.reporting import headlines
from sobo.reporting.models import Round
from sobo.reporting.queries import rounds
from sobo.reporting.transitions import DRAFT, RESTS_ON_SIGNATURE, STATES, Transition, forward_step

STANDINGS = """
SELECT i.id, i.record_id, i.code, i.name, i.sort_key, i.commune_code, i.province_code,
       i.phone, c.name AS commune, f.form, coalesce(r.state, %(draft)s) AS state,
       r.public_id AS filing, coalesce(r.serial, 0) AS serial, r.signed_at, r.moved_at,
       r.cells[f.learners] AS learners, r.cells[f.classes] AS classes,
       b.cells[f.learners] AS learners_before,
       (SELECT count(DISTINCT m.rule) FROM reporting_remark m WHERE m.filing_id = r.id) AS remarks,
       (SELECT count(*) FROM reporting_reminder n WHERE n.institution_id = i.id
        AND n.round_id = %(round)s AND n.form = f.form) AS reminders,
       d.direct
FROM institutions_institution i
JOIN unnest(%(forms)s::text[], %(levels)s::text[], %(learners)s::int[], %(classes)s::int[])
    AS f (form, level, learners, classes) ON f.level = ANY (i.levels)
LEFT JOIN institutions_commune c ON c.code = i.commune_code AND c.until IS NULL
LEFT JOIN LATERAL (
    SELECT * FROM reporting_return r WHERE r.institution_id = i.id AND r.round_id = %(round)s
    AND r.form = f.form ORDER BY r.serial DESC LIMIT 1
) r ON true
LEFT JOIN LATERAL (
    SELECT b.cells FROM reporting_return b WHERE b.institution_id = i.id AND b.form = f.form
    AND b.signed_at IS NOT NULL AND b.id < r.id ORDER BY b.id DESC LIMIT 1
) b ON true
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM institutions_institutionmanagement m
        JOIN institutions_unit u ON u.id = m.unit_id AND u.tier = 'so'
        WHERE m.institution_id = i.id AND m.until IS NULL
    ) AS direct
) d
WHERE i.event <> 'CANCEL' AND i.status = 'open' {conditions}
"""

PAGE = STANDINGS + " ORDER BY {order}"
SORTS = {
    "name": "i.sort_key",
    "signed": "r.signed_at",
    "learners": "r.cells[f.learners]",
    "remarks": "remarks",
    "moved": "r.moved_at",
    "reminders": "reminders",
}
CONDITIONS = {
    "form": "AND f.form = %(form)s",
    "state": "AND coalesce(r.state, %(draft)s) = %(state)s",
    "commune": "AND i.commune_code = %(commune)s",
    "province": "AND i.province_code = %(province)s",
    "wanted": "AND i.search_key LIKE '%%' || %(wanted)s || '%%'",
    "institution": "AND i.id = %(institution)s",
    "waiting": (
        "AND ((r.state = ANY (%(states_through_commune)s) AND NOT d.direct) "
        "OR (r.state = ANY (%(states_direct)s) AND d.direct))"
    ),
    "unsigned": "AND (r.state IS NULL OR NOT r.state = ANY (%(signed_states)s))",
}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many forms of the scope stand in each state of a round."""

    by_state: Mapping[str, int]
    signed_by_day: list[tuple[date, int]] = field(default_factory=list)
    """How many had been signed by the end of each day on which any was."""

    @property
    def total(self) -> int:
        """Forms that are asked of the scope."""
        return sum(self.by_state.values())

    @property
    def signed(self) -> int:
        """Forms that rest on a head's signature."""
        return sum(self.by_state[state] for state in RESTS_ON_SIGNATURE)


def standings(
    round_: Round, *, by: Actor, filters: Mapping[str, str], sort: str = "", page: int = 1
) -> Found:
    """Forms of the scope, forty a page, narrowed by the keys of `CONDITIONS`.

    `waiting` and `unsigned` are switched on by any value: what waits for this very actor, and what
    no head has signed.
    """
    given = {name: value for name, value in filters.items() if value and name in CONDITIONS}
    return page_of(
        PAGE,
        {**_parameters(round_, by), **_prepared(given)},
        conditions=" ".join(CONDITIONS[name] for name in given),
        sorts=SORTS,
        sort=sort,
        page=page,
    )


def of_institution(round_: Round, institution_id: int, *, by: Actor) -> list[Any]:
    """Every form of one institution."""
    query = STANDINGS.format(conditions=CONDITIONS["institution"]) + " ORDER BY f.form"
    return fetch(query, {**_parameters(round_, by), "institution": institution_id})


def how_many_wait(round_: Round, *, by: Actor) -> int:
    """How many returns wait for a step of this actor."""
    query = STANDINGS.format(conditions=CONDITIONS["waiting"])
    counted = fetch_one(f"SELECT count(*) AS n FROM ({query}) q", _parameters(round_, by))
    return int(counted.n)


TALLY = """
SELECT coalesce(r.state, %(draft)s) AS state, count(*) AS n
FROM institutions_institution i
JOIN unnest(%(forms)s::text[], %(levels)s::text[]) AS f (form, level) ON f.level = ANY (i.levels)
LEFT JOIN LATERAL (
    SELECT state FROM reporting_return r WHERE r.institution_id = i.id
    AND r.round_id = %(round)s AND r.form = f.form ORDER BY r.serial DESC LIMIT 1
) r ON true
WHERE i.event <> 'CANCEL' AND i.status = 'open'
GROUP BY 1
"""

SIGNED_BY_DAY = """
SELECT (signed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
       (sum(count(*)) OVER (ORDER BY (signed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))::int AS n
FROM reporting_return WHERE round_id = %(round)s AND state = ANY (%(signed_states)s)
GROUP BY 1 ORDER BY 1
"""


def tally(round_: Round, *, by: Actor) -> Tally:
    """How the round stands in the whole scope, and how signing went day by day."""
    parameters = _parameters(round_, by)
    counted = {row.state: row.n for row in fetch(TALLY, parameters)}
    days = [(row.day, row.n) for row in fetch(SIGNED_BY_DAY, parameters)]
    return Tally(by_state={s: counted.get(s, 0) for s in STATES}, signed_by_day=days)


def _parameters(round_: Round, by: Actor) -> dict[str, Any]:
    forms = rounds.forms_of(round_)
    return {
        "draft": DRAFT,
        "round": round_.pk,
        "forms": [form.code for form in forms],
        "levels": [form.level for form in forms],
        "learners": [headlines.places(form, headlines.LEARNERS)[0] for form in forms],
        "classes": [headlines.places(form, headlines.CLASSES)[0] for form in forms],
        "signed_states": list(RESTS_ON_SIGNATURE),
        "states_through_commune": states_waiting_for(by, managed_by_department=False),
        "states_direct": states_waiting_for(by, managed_by_department=True),
    }


def states_waiting_for(actor: Actor, *, managed_by_department: bool) -> list[str]:
    """States from which the actor can move a return forward; sending back is no forward step."""
    return [
        state
        for state in STATES
        if forward_step(actor, state=state, managed_by_department=managed_by_department)
    ]


def _prepared(given: Mapping[str, str]) -> dict[str, str]:
    return {name: search_key(value) if name == "wanted" else value for name, value in given.items()}


def step_waiting(actor: Actor, standing: Any) -> Transition | None:
    """The forward step that a return waits for from this actor; none where it waits for another."""
    return forward_step(actor, state=standing.state, managed_by_department=standing.direct)
