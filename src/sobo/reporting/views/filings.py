"""One return: its road, its frozen figures, what has changed since, and what can be taken away."""

import csv
import json
from io import StringIO
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.kernel.refusal import Refusal
from sobo.reporting import explanations, figures, operations, showing, wording
from sobo.reporting.forms.definition import CellKey
from sobo.reporting.forms.values import differences
from sobo.reporting.models import Return
from sobo.reporting.papers import paper_of
from sobo.reporting.printing import print_form, verification_code
from sobo.reporting.queries import filings
from sobo.reporting.tabulation import cells_as_rows, document_of
from sobo.reporting.transitions import BY_ACTION, RESTS_ON_SIGNATURE
from sobo.reporting.views.doors import opens, tell


@opens()
def show(request: Request, filing: UUID) -> HttpResponse:
    """The return as it was completed, beside the register as it stands now."""
    shown = filings.filing(filing)
    values = figures.frozen(shown)
    now = figures.computed(shown.institution, shown.round, shown.form)
    moved = differences(values, now.values)
    before = filings.filed_before(shown)
    steps = filings.steps(shown)
    return render(
        request,
        "reporting/filing.html",
        {
            "filing": shown,
            "school_name": shown.institution.name,
            "title": values.definition.title.text(language()),
            "round": shown.round.named(language()),
            "state": wording.state(shown.state),
            "is_signed": shown.state in RESTS_ON_SIGNATURE,
            "signer": next((s.made_by_name for s in steps if s.action == "sign"), ""),
            "headlines": showing.headline_figures(
                values, figures.frozen(before) if before else None
            ),
            "before": before,
            "road": showing.road(
                shown.round, shown.province_code, state=shown.state, steps=steps,
                direct=filings.is_managed_by_department(shown.institution_id),
            ),
            "remarks": [
                showing.Explained(
                    code=rule, title=showing.rule_title(rule), clause="", places=(), text=text
                )
                for rule, text in showing.texts(filings.remarks(shown)).items()
            ],
            "moved": showing.changes(values, moved),
            "moved_count": len(moved),
            "next_steps": showing.actions(shown, request.actor),
            "verification": verification_code(values),
            "form": showing.form(
                values,
                sheet=request.GET.get("bang"),
                link=lambda cell: _cell_address(filing, cell),
                broken=explanations.broken_cells(values),
            ),
            "form_url": showing.form_address(shown),
        },
    )  # fmt: skip


def _cell_address(filing: UUID, cell: CellKey) -> str:
    return reverse("return-cell", args=[filing, *cell])


@require_POST
@opens()
def take_step(request: Request, filing: UUID, action: str) -> HttpResponse:
    """Take one step with one return, then stay with it: its page says where it went."""
    if action not in BY_ACTION:
        raise Http404
    try:
        moved = operations.take_step(
            filing_id=filing,
            action=action,
            by=request.actor,
            at=request.now,
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refusal:
        tell(request, refusal)
        return HttpResponseRedirect(reverse("return", args=[filing]))
    messages.success(request, _done(action, moved))
    if request.actor.institution_id is None:
        return HttpResponseRedirect(reverse("returns"))
    return HttpResponseRedirect(reverse("return", args=[filing]))


def _done(action: str, moved: Return) -> str:
    state = wording.state(moved.state).text
    return _("%(school)s, báo cáo %(form)s: %(state)s.") % {
        "school": moved.institution.name,
        "form": moved.form,
        "state": state,
    }


@opens()
def download(request: Request, filing: UUID, kind: str) -> HttpResponse:
    """The return as PDF, CSV or JSON: figures only, no one's name but that of who signed."""
    shown = filings.filing(filing)
    if kind not in DOWNLOADS:
        raise Http404
    content_type, make = DOWNLOADS[kind]
    response = HttpResponse(make(shown), content_type=content_type)
    name = f"{shown.form}_{shown.institution.code}_{shown.round.code}.{kind}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _pdf(shown: Return) -> bytes:
    return print_form(figures.frozen(shown), paper=paper_of(shown))


def _csv(shown: Return) -> bytes:
    written = StringIO()
    csv.writer(written).writerows(cells_as_rows(figures.frozen(shown)))
    # Excel reads UTF-8 only behind a byte order mark.
    return written.getvalue().encode("utf-8-sig")


def _json(shown: Return) -> bytes:
    document = document_of(figures.frozen(shown), state=shown.state)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


DOWNLOADS = {
    "pdf": ("application/pdf", _pdf),
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json", _json),
}
