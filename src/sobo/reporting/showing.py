"""What pages of reports show: tables with links, what changed, the road of a return."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sobo.accounts.preferences import language
from sobo.accounts.roles import ROLES
from sobo.kernel.actor import Actor
from sobo.kernel.vietnamese import format_number
from sobo.reporting import headlines
from sobo.reporting.addresses import slug
from sobo.reporting.explanations import Point
from sobo.reporting.forms.definition import CellKey, Definition
from sobo.reporting.forms.tables import ShownTable, tables
from sobo.reporting.forms.values import Cell, Difference, FormValues
from sobo.reporting.models import Remark, Return, Round, Step
from sobo.reporting.queries import filings, rounds
from sobo.reporting.rules import row_name
from sobo.reporting.transitions import (
    BY_ACTION,
    DUE_STATES,
    REPLACED,
    RETURNED,
    REVIEWED,
    STATES,
    open_to,
    state_name,
)
from sobo.specification.rules import rule_by_code

SHOWN_CHANGES = 12
"""Changed cells listed one by one; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One sheet of a form as a tab: tabs are addresses."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class ShownForm:
    """A form with one of its sheets open."""

    tabs: tuple[Tab, ...]
    table: ShownTable
    note: str
    """Why its structure is in doubt; empty for official ones."""


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A figure that matters, and what it was."""

    label: str
    value: int
    change: int | None


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A point that asks for an explanation, with the one given."""

    code: str
    title: str
    clause: str
    places: tuple[str, ...]
    text: str


def form(
    values: FormValues,
    *,
    sheet: str | None,
    link: Callable[[CellKey], str] | None,
    broken: Collection[CellKey] = (),
    query: str = "",
) -> ShownForm:
    """A form with the sheet the address asks for, else its first.

    `query` is what else the address holds, kept when another sheet is opened.
    """
    shown = tables(values, language=language(), link=link, broken=broken)
    chosen = next((table for table in shown if table.key == sheet), shown[0])
    note = values.definition.note
    return ShownForm(
        tabs=tuple(
            Tab(
                label=table.title,
                url=f"?{query}{'&' if query else ''}bang={table.key}#bieu",
                current=table is chosen,
            )
            for table in shown
        ),
        table=chosen,
        note=note.text(language()) if note else "",
    )


def headline_figures(now: FormValues, before: FormValues | None) -> list[Headline]:
    """The figures that matter, with their change since an earlier filing of the same shape."""
    comparable = before is not None and len(before.figures) == len(now.figures)
    shown = []
    for name in headlines.HEADLINES:
        value = headlines.value(now.definition, now.figures, name)
        then = headlines.value(now.definition, before.figures, name) if comparable else None  # type: ignore[union-attr]
        shown.append(
            Headline(
                label=headlines.label(name).text(language()),
                value=value,
                change=None if then is None else value - then,
            )
        )
    return shown


def changes(values: FormValues, found: Sequence[Difference]) -> list[tuple[str, str, str]]:
    """Changed cells as (where, before, after), at most `SHOWN_CHANGES`."""
    return [
        (cell_name(values.definition, each.key), _figure(each.before), _figure(each.after))
        for each in found[:SHOWN_CHANGES]
    ]


def cell_name(form: Definition, key: CellKey) -> str:
    """A cell in words: its row and its column. Raises `KeyError`."""
    sheet = form.sheet_by_key[key.sheet]
    column = sheet.by_number[key.column]
    return f"{row_name(sheet.by_key[key.row])} · {column.label}"


def _figure(cell: Cell) -> str:
    return format_number(cell) if isinstance(cell, int) else cell.value


def explained(asked: Iterable[Point], given: dict[str, str]) -> list[Explained]:
    """Points in the language of the request, with what the school wrote."""
    return [
        Explained(
            code=point.code,
            title=point.rule.plain(language()),
            clause=point.rule.clause,
            places=tuple(place.text(language()) for place in point.places),
            text=given.get(point.code, ""),
        )
        for point in asked
    ]


def rule_title(code: str) -> str:
    """What a rule says, without values."""
    return rule_by_code(code).plain(language())


def texts(remarks: dict[str, Remark]) -> dict[str, str]:
    """Explanations by rule."""
    return {rule: remark.text for rule, remark in remarks.items()}


def road(
    round_: Round, province: str | None, *, state: str, steps: Sequence[Step], direct: bool
) -> list[dict[str, Any]]:
    """The steps a form took, then those still to come with the day each is due."""
    taken = [_taken(step, is_last=step is steps[-1]) for step in steps]
    ways = [each for each in DUE_STATES if not (direct and each == REVIEWED)]
    reached = -1 if state in (RETURNED, REPLACED) else STATES.index(state)
    coming = [each for each in ways if STATES.index(each) > reached and state != REPLACED]
    return taken + [_coming(each, round_, province) for each in coming]


def _taken(step: Step, *, is_last: bool) -> dict[str, Any]:
    role = ROLES[step.made_by_role]
    sent_back = BY_ACTION[step.action].asks_reason
    return {
        "what": BY_ACTION[step.action].label(language()),
        "who": f"{step.made_by_name}, {role.name_en if language() == 'en' else role.name}",
        "at": step.made_at,
        "state": "error" if sent_back else "current" if is_last else "done",
        "word": state_name(step.to_state, language()),
        "note": " · ".join(part for part in (step.reason, f"sha256 {step.digest[:12]}…") if part),
    }


def _coming(state: str, round_: Round, province: str | None) -> dict[str, Any]:
    found = rounds.deadline(round_, state=state, province_code=province)
    due_on: date | None = found.due_on if found else None
    return {"what": state_name(state, language()), "state": "todo", "due_on": due_on}


def actions(filing: Return, actor: Actor) -> list[dict[str, Any]]:
    """The steps this actor may take now, from the one table of transitions, forward ones first.

    `is_page`: the step has a page of its own and is not taken by one press.
    """
    direct = filings.is_managed_by_department(filing.institution_id)
    steps = open_to(actor, state=filing.state, managed_by_department=direct)
    return [
        {
            "action": step.action,
            "label": _("Lập bản mới") if step.asks_figures else step.label(language()),
            "asks_reason": step.asks_reason,
            "asks_figures": step.asks_figures,
            "url": _address_of(step.action, filing),
            "is_page": step.asks_signature or step.asks_figures,
        }
        for step in sorted(steps, key=lambda step: step.asks_reason)
    ]


def _address_of(action: str, filing: Return) -> str:
    from_table = BY_ACTION[action]
    if from_table.asks_signature:
        return reverse("return-sign", args=[filing.public_id])
    if from_table.asks_figures:
        return form_address(filing)
    return reverse("return-step", args=[filing.public_id, action])


def form_address(filing: Return) -> str:
    """The live form of a filing's school."""
    return reverse(
        "return-form", args=[filing.institution.record_id, filing.round.code, slug(filing.form)]
    )
