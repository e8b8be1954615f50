"""The board of those above schools: what waits, what to read closely, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.accounts.roles import SET_DEADLINES, may
from sobo.kernel.refusal import Refusal
from sobo.registry.queries.schools import communes_in_scope
from sobo.registry.views.filtering import Filter, keep, narrowed
from sobo.reporting import figures, operations, progress, showing, wording
from sobo.reporting.models import Return, Round
from sobo.reporting.queries import filings, rounds, standings
from sobo.reporting.queries.waiting import STATE_TO_REACH
from sobo.reporting.transitions import SIGNED, STATES, state_name
from sobo.reporting.views.doors import opens, tell

JUMP = 0.1
"""A change of the total beyond which a return is read closely."""
CLOSELY_READ = 5

WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One return on the board."""

    row: Any
    state: wording.State
    change: float | None
    """Change of the total of learners since the last filing, as a share."""
    per_class: float | None
    url: str

    @property
    def is_odd(self) -> bool:
        """Whether it deserves a close reading before it is passed on."""
        return bool(self.row.remarks) or self.jumps

    @property
    def jumps(self) -> bool:
        """Whether the total moved by more than `JUMP`."""
        return self.change is not None and abs(self.change) > JUMP


def show_board(request: Request, round_: Round) -> HttpResponse:
    """What waits for this role first; with filters, any return of the scope."""
    filters = _filters(round_)
    if request.method == "POST":
        return keep(request, filters)
    asked = narrowed(request, filters)
    narrowing = {**asked.conditions, **({} if asked.chips else {WAITING: "1"})}
    found = standings.standings(
        round_, by=request.actor, filters=narrowing, sort=asked.sort or "-remarks", page=asked.page
    )
    lines = [_line(row) for row in found.rows]
    tally = standings.tally(round_, by=request.actor)
    return render(
        request,
        "reporting/board.html",
        {
            "round": round_.named(language()),
            "found": found,
            "asked": asked,
            "lines": lines,
            "closely": _closely(lines),
            "waiting": standings.how_many_wait(round_, by=request.actor),
            "tally": tally,
            "due": _own_due(request, round_),
            "sets_deadlines": may(request.actor, SET_DEADLINES),
            "round_code": round_.code,
            "course": _course(request, round_, tally),
            "pass_on_label": _pass_on_label(request, lines),
            "opened": _opened(request),
            "signs_by": wording.due(
                rounds.deadline(round_, state=SIGNED, province_code=request.actor.province_code),
                today=request.now.date(),
            ),
        },
    )


def _filters(round_: Round) -> list[Filter]:
    spoken = language()
    communes = {row.code: row.name for row in communes_in_scope()}
    return [
        Filter(
            name="state",
            label=_("Bước"),
            choices={state: state_name(state, spoken) for state in STATES},
        ),
        Filter(
            name="form",
            label=_("Biểu"),
            choices={form.code: form.code for form in rounds.forms_of(round_)},
        ),
        *([Filter(name="commune", label=_("Xã/phường"), choices=communes)] if communes else []),
    ]


def _line(row: Any) -> Line:
    before, now = row.learners_before, row.learners
    return Line(
        row=row,
        state=wording.state(row.state),
        change=(now - before) / before if before and now is not None else None,
        per_class=now / row.classes if row.classes and now is not None else None,
        url=reverse("return", args=[row.filing]) if row.filing else "",
    )


def _closely(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The odd ones of the page with what makes them odd, the oddest first."""
    odd = sorted((line for line in lines if line.is_odd), key=lambda line: -line.row.remarks)
    return [{"line": line, "why": _why(line)} for line in odd[:CLOSELY_READ]]


def _why(line: Line) -> list[showing.Explained]:
    filing = filings.filing(line.row.filing)
    return [
        showing.Explained(
            code=rule, title=showing.rule_title(rule), clause="", places=(), text=text
        )
        for rule, text in showing.texts(filings.remarks(filing)).items()
    ]


def _own_due(request: Request, round_: Round) -> wording.Due | None:
    state = STATE_TO_REACH.get(request.actor.role)
    if state is None:
        return None
    found = rounds.deadline(round_, state=state, province_code=request.actor.province_code)
    return wording.due(found, today=request.now.date())


def _course(request: Request, round_: Round, tally: standings.Tally) -> dict[str, Any]:
    """The course of signing as the chart takes it."""
    found = rounds.deadline(round_, state=SIGNED, province_code=request.actor.province_code)
    due_on = found.due_on if found else None
    course = progress.course(
        tally.signed_by_day,
        total=tally.total,
        opens_on=round_.opens_on,
        today=request.now.date(),
        due_on=due_on,
    )
    return {
        "known": [_point(day, n) for day, n in course.known],
        "expected": [_point(day, n) for day, n in course.expected],
        "total": course.total,
        "late": course.late,
        "deadline": {"label": _("hạn %(day)s") % {"day": _short(due_on)}, "at": _at(course, due_on)}
        if due_on
        else None,
    }


def _point(day: date, signed: int) -> dict[str, Any]:
    return {"label": _short(day), "value": signed}


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"


def _at(course: progress.Course, due_on: date) -> int:
    return max((due_on - course.known[0][0]).days, 0)


def _pass_on_label(request: Request, lines: Sequence[Line]) -> str:
    """The words of the forward step, from the table of transitions; empty where there is none."""
    for line in lines:
        step = standings.step_waiting(request.actor, line.row)
        if step is not None:
            return step.label(language())
    return ""


def _opened(request: Request) -> dict[str, Any] | None:
    """The return opened beside the list, where the address names one."""
    wanted = request.GET.get("mo", "")
    try:
        filing = filings.filing(UUID(wanted))
    except (ValueError, Return.DoesNotExist):
        return None
    return summary_of(filing)


def summary_of(filing: Return) -> dict[str, Any]:
    """What one wants to know of a return before opening it."""
    values = figures.frozen(filing)
    before = filings.filed_before(filing)
    earlier = figures.frozen(before) if before else None
    return {
        "filing": filing,
        "school_name": filing.institution.name,
        "title": values.definition.title.text(language()),
        "state": wording.state(filing.state),
        "headlines": showing.headline_figures(values, earlier),
        "remarks": showing.texts(filings.remarks(filing)),
        "url": reverse("return", args=[filing.public_id]),
    }


@require_POST
@opens()
def pass_on(request: Request) -> HttpResponse:
    """Pass the selected returns on together, then show what is next."""
    try:
        moved = operations.pass_on(filing_ids=_selected(request), by=request.actor, at=request.now)
    except Refusal as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _passed(moved))
    return HttpResponseRedirect(reverse("returns"))


@require_POST
@opens()
def send_back(request: Request) -> HttpResponse:
    """Send the selected returns back to their schools with one reason."""
    try:
        moved = operations.send_back(
            filing_ids=_selected(request),
            by=request.actor,
            at=request.now,
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refusal:
        tell(request, refusal)
    else:
        told = ngettext("Đã trả lại %(n)d báo cáo.", "Đã trả lại %(n)d báo cáo.", len(moved))
        messages.success(request, told % {"n": len(moved)})
    return HttpResponseRedirect(reverse("returns"))


def _selected(request: Request) -> list[UUID]:
    return [UUID(each) for each in request.POST.getlist("selected")]


def _passed(moved: Sequence[Return]) -> str:
    if not moved:
        return _("Chưa chọn báo cáo nào.")
    state = wording.state(moved[0].state).text
    return ngettext("%(n)d báo cáo: %(state)s.", "%(n)d báo cáo: %(state)s.", len(moved)) % {
        "n": len(moved),
        "state": state,
    }


@opens()
def list_unsigned(request: Request) -> HttpResponse:
    """Forms no head has signed yet, with where each is held up: a list instead of phone calls."""
    round_ = rounds.current_round(on=request.now.date())
    if round_ is None:
        return render(request, "reporting/no_round.html")
    page = request.GET.get("page", "1")
    found = standings.standings(
        round_,
        by=request.actor,
        filters={"unsigned": "1"},
        sort=request.GET.get("sort", ""),
        page=int(page) if page.isdecimal() and page != "0" else 1,
    )
    due = rounds.deadline(round_, state=SIGNED, province_code=request.actor.province_code)
    return render(
        request,
        "reporting/unsigned.html",
        {
            "round": round_.named(language()),
            "found": found,
            "lines": [_line(row) for row in found.rows],
            "sort": request.GET.get("sort", ""),
            "due": wording.due(due, today=request.now.date()),
        },
    )
