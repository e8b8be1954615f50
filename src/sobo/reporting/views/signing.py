"""The head's page: the whole situation in one screen, then the signature."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sobo.accounts.forms import PasswordAgain
from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.accounts.roles import SIGN_RETURN
from sobo.kernel.refusal import Refusal
from sobo.reporting import explanations, figures, operations, showing, wording
from sobo.reporting.forms.values import differences
from sobo.reporting.models import Return
from sobo.reporting.printing import verification_code
from sobo.reporting.queries import filings, rounds
from sobo.reporting.transitions import COMPLETED, SIGNED
from sobo.reporting.views.doors import opens, tell


@require_http_methods(["GET", "POST"])
@opens(SIGN_RETURN)
def sign(request: Request, filing: UUID) -> HttpResponse:
    """Show what is to be signed; sign once the password was given again."""
    shown = filings.filing(filing)
    if shown.state != COMPLETED:
        return HttpResponseRedirect(reverse("return", args=[filing]))
    form = PasswordAgain(request.POST if request.method == "POST" else None, by=request.actor)
    if form.is_bound and form.is_valid():
        return _signed(request, shown)
    return _sheet_to_sign(request, shown, form)


def _signed(request: Request, shown: Return) -> HttpResponse:
    try:
        operations.sign(
            filing_id=shown.public_id,
            seen_digest=request.POST.get("digest", ""),
            by=request.actor,
            at=request.now,
        )
    except Refusal as refusal:
        tell(request, refusal)
        return HttpResponseRedirect(reverse("return-sign", args=[shown.public_id]))
    messages.success(
        request,
        _("Đã ký báo cáo %(form)s; báo cáo đã chuyển tới %(manager)s.")
        % {"form": shown.form, "manager": filings.manager_of(shown.institution_id)},
    )
    return HttpResponseRedirect(reverse("return", args=[shown.public_id]))


def _sheet_to_sign(request: Request, shown: Return, form: PasswordAgain) -> HttpResponse:
    values = figures.frozen(shown)
    now = figures.computed(shown.institution, shown.round, shown.form)
    before = filings.filed_before(shown)
    earlier = figures.frozen(before) if before else None
    moved = differences(values, now.values)
    due = rounds.deadline(shown.round, state=SIGNED, province_code=shown.province_code)
    return render(
        request,
        "reporting/sign.html",
        {
            "filing": shown,
            "title": values.definition.title.text(language()),
            "note": values.definition.note.text(language()) if values.definition.note else "",
            "round": shown.round.named(language()),
            "headlines": showing.headline_figures(values, earlier),
            "before": before,
            "points": showing.explained(
                explanations.points(now, before=earlier), showing.texts(filings.remarks(shown))
            ),
            "moved": showing.changes(values, moved),
            "moved_count": len(moved),
            "due": wording.due(due, today=request.now.date()),
            "verification": verification_code(values),
            "manager": filings.manager_of(shown.institution_id),
            "form": form,
            "next_steps": [a for a in showing.actions(shown, request.actor) if a["asks_reason"]],
            "form_url": showing.form_address(shown),
        },
        status=422 if form.errors else 200,
    )
