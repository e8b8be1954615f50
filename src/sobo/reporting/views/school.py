"""A school's own forms: where each stands, and one form drawn up from the register."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.accounts.roles import COMPLETE_RETURN, SIGN_RETURN, may
from sobo.institutions.models import Institution
from sobo.kernel.refusal import Refusal
from sobo.reporting import explanations, figures, operations, showing, wording
from sobo.reporting.addresses import slug
from sobo.reporting.figures import Computed
from sobo.reporting.forms.definition import Definition
from sobo.reporting.forms.values import FormValues, differences
from sobo.reporting.models import Return, Round
from sobo.reporting.queries import filings, rounds, standings
from sobo.reporting.transitions import (
    ACCEPTED,
    COMPLETED,
    DRAFT,
    RESTS_ON_SIGNATURE,
    RETURNED,
    SIGNED,
    open_to,
)
from sobo.reporting.views import review
from sobo.reporting.views.doors import named, opens, tell

EXPLAINS = "explains-"
"""What the fields of explanations begin with; the rule follows."""


@opens()
def show_returns(request: Request) -> HttpResponse:
    """The reports of the round: a school's own forms, or what waits for those above."""
    round_ = rounds.current_round(on=request.now.date())
    if round_ is None:
        return render(request, "reporting/no_round.html")
    institution = filings.own_institution(request.actor)
    if institution is None:
        return review.show_board(request, round_)
    return _show_forms(request, round_, institution)


def _show_forms(request: Request, round_: Round, institution: Institution) -> HttpResponse:
    due = _due(request, round_, institution)
    forms = [
        _summary(request, round_, institution, standing)
        for standing in standings.of_institution(round_, institution.pk, by=request.actor)
    ]
    return render(
        request,
        "reporting/school.html",
        {
            "round": round_.named(language()),
            "reference_on": round_.reference_on,
            "forms": forms,
            "unsigned": sum(each["state_code"] not in RESTS_ON_SIGNATURE for each in forms),
            "due": due,
        },
    )


def _due(request: Request, round_: Round, institution: Institution) -> wording.Due | None:
    found = rounds.deadline(round_, state=SIGNED, province_code=institution.province_code)
    return wording.due(found, today=request.now.date())


def _summary(
    request: Request, round_: Round, institution: Institution, standing: Any
) -> dict[str, Any]:
    """A form of the school: where it stands and what still blocks it."""
    definition = rounds.definition(standing.form, round_)
    blocked = _blocked(institution, round_, standing) if standing.state in (DRAFT, RETURNED) else ""
    return {
        "code": definition.code,
        "title": definition.title.text(language()),
        "state": wording.state(standing.state),
        "state_code": standing.state,
        "moved_at": standing.moved_at,
        "blocked": blocked,
        "url": reverse(
            "return-form", args=[institution.record_id, round_.code, slug(definition.code)]
        ),
        **_next_for(request, standing),
    }


def _next_for(request: Request, standing: Any) -> dict[str, Any]:
    """What one opens first: the form while it is drawn up, the signature, else what was filed."""
    if standing.state == COMPLETED and may(request.actor, SIGN_RETURN):
        return {
            "open_label": _("Xem và ký"),
            "open_url": reverse("return-sign", args=[standing.filing]),
        }
    if standing.state in (DRAFT, RETURNED):
        return {"open_label": _("Mở biểu"), "open_url": ""}
    return {
        "open_label": _("Xem bản đã lập"),
        "open_url": reverse("return", args=[standing.filing]),
    }


def _blocked(institution: Institution, round_: Round, standing: Any) -> str:
    """What stands between a draft and its completion, in one phrase."""
    drawn_up = figures.computed(institution, round_, standing.form)
    broken = len(explanations.broken_sums(drawn_up))
    asked = _asked(institution, drawn_up)
    given = filings.remarks(filings.filing(standing.filing)) if standing.filing else {}
    missing = len(explanations.missing(asked, list(given)))
    if broken:
        return _("%(n)d phép đối chiếu chưa đúng") % {"n": broken}
    return _("%(n)d điểm cần giải trình") % {"n": missing} if missing else ""


def _asked(institution: Institution, drawn_up: Computed) -> list[explanations.Point]:
    before = filings.last_signed(institution.pk, drawn_up.definition.code)
    return explanations.points(drawn_up, before=figures.frozen(before) if before else None)


@opens()
def show_form(request: Request, school: UUID, round_code: str, form: str) -> HttpResponse:
    """One form as the register stands now, with what it asks for before it is complete."""
    institution, round_, definition = named(school, round_code, form)
    return _form_page(request, institution, round_, definition, typed={})


def _form_page(
    request: Request,
    institution: Institution,
    round_: Round,
    definition: Definition,
    *,
    typed: dict[str, str],
) -> HttpResponse:
    """The page of a form; `typed` are explanations that a refused completion brought back."""
    address = [institution.record_id, round_.code, slug(definition.code)]
    latest = filings.latest(institution.pk, round_, definition.code)
    drawn_up = figures.computed(institution, round_, definition.code)
    state = latest.state if latest else DRAFT
    direct = filings.is_managed_by_department(institution.pk)
    before = _compared_with(latest, institution, definition.code)
    steps = open_to(request.actor, state=state, managed_by_department=direct)
    return render(
        request,
        "reporting/form.html",
        {
            "school": institution,
            "definition": definition,
            "title": definition.title.text(language()),
            "round": round_.named(language()),
            "reference_on": round_.reference_on,
            "state": wording.state(state),
            "state_code": state,
            "filing": latest,
            "due": _due(request, round_, institution),
            "may_complete": any(step.asks_figures for step in steps),
            "asks_reason": state == ACCEPTED,
            "next_steps": showing.actions(latest, request.actor) if latest else [],
            "complete_url": reverse("return-complete", args=address),
            "road": showing.road(
                round_, institution.province_code, state=state,
                steps=filings.steps(latest) if latest else [], direct=direct,
            ),
            **_what_is_odd(institution, drawn_up, latest, typed),
            **_what_changed(drawn_up.values, before),
            "form": showing.form(
                drawn_up.values,
                sheet=request.GET.get("bang"),
                link=lambda cell: reverse("return-form-cell", args=[*address, *cell]),
                broken=explanations.broken_cells(drawn_up.values),
            ),
        },
        status=422 if typed else 200,
    )  # fmt: skip


def _compared_with(latest: Return | None, institution: Institution, form: str) -> Return | None:
    """What changes are counted from: the completed or signed figures, else the last signed ones."""
    if latest is not None and latest.state in (COMPLETED, *RESTS_ON_SIGNATURE):
        return latest
    return filings.last_signed(institution.pk, form)


def _what_is_odd(
    institution: Institution, drawn_up: Computed, latest: Return | None, typed: dict[str, str]
) -> dict[str, Any]:
    kept = showing.texts(filings.remarks(latest)) if latest else {}
    return {
        "broken": [
            finding.en if language() == "en" else finding.vi
            for finding in explanations.broken_sums(drawn_up)
        ],
        "points": showing.explained(_asked(institution, drawn_up), kept | typed),
        "explains": EXPLAINS,
    }


def _what_changed(now: FormValues, before: Return | None) -> dict[str, Any]:
    """The live figures against those filed before; nothing where the form had another shape."""
    if before is None or len(before.cells) != len(now.figures):
        return {"changed": [], "changed_count": 0, "compared": None}
    found = differences(figures.frozen(before), now)
    return {"changed": showing.changes(now, found), "changed_count": len(found), "compared": before}


@require_POST
@opens(COMPLETE_RETURN)
def complete(request: Request, school: UUID, round_code: str, form: str) -> HttpResponse:
    """Complete the form: freeze its figures and lay it before the head."""
    institution, round_, definition = named(school, round_code, form)
    explained = {
        name.removeprefix(EXPLAINS): request.POST.get(name, "")
        for name in request.POST
        if name.startswith(EXPLAINS)
    }
    try:
        filing = operations.complete(
            institution=institution,
            round_=round_,
            form=definition.code,
            by=request.actor,
            at=request.now,
            reason=request.POST.get("reason", ""),
            explained=explained,
        )
    except Refusal as refusal:
        tell(request, refusal)
        return _form_page(request, institution, round_, definition, typed=explained)
    messages.success(
        request,
        _("Đã hoàn thành báo cáo %(form)s và trình hiệu trưởng ký.") % {"form": filing.form},
    )
    return HttpResponseRedirect(reverse("return", args=[filing.public_id]))
