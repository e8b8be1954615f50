"""The days of a round: the Ministry's, and those a Sở sets for its own province."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.accounts.roles import SET_DEADLINES
from sobo.kernel.refusal import Refusal
from sobo.kernel.vietnamese import format_day
from sobo.registry.editing import day_field
from sobo.reporting import operations, wording
from sobo.reporting.models import Round
from sobo.reporting.policies import BasisMissing
from sobo.reporting.queries import rounds
from sobo.reporting.transitions import DUE_STATES, due_name
from sobo.reporting.views.doors import opens


class OwnDays(forms.Form):
    """The days that one document of the Sở sets; a step it does not speak of is left blank."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for state in DUE_STATES:
            self.fields[state] = day_field(
                label=due_name(state, language()),
                required=False,
                error_messages={"invalid": _("Ghi ngày/tháng/năm, ví dụ 15/10/2026.")},
            )
        self.fields["basis"] = forms.CharField(
            label=_("Căn cứ: văn bản của Sở"),
            max_length=200,
            help_text=_("Số và ngày văn bản; trường thấy căn cứ này dưới hạn."),
            error_messages={"required": BasisMissing().text(language())},
        )

    @property
    def days(self) -> dict[str, date]:
        """The days given, by state."""
        given = self.cleaned_data
        return {state: given[state] for state in DUE_STATES if given[state]}


@require_http_methods(["GET", "POST"])
@opens(SET_DEADLINES)
def show_deadlines(request: Request, round_code: str) -> HttpResponse:
    """Show every day of the round; take the Sở's own."""
    round_ = rounds.round_by_code(round_code)
    form = OwnDays(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _are_set(request, round_, form):
        return HttpResponseRedirect(reverse("return-deadlines", args=[round_.code]))
    return _page(request, round_, form)


def _are_set(request: Request, round_: Round, form: OwnDays) -> bool:
    """Whether the days were set; a refusal is told beside the day it is about."""
    try:
        made = operations.set_deadlines(
            round_=round_,
            days=form.days,
            basis=form.cleaned_data["basis"],
            by=request.actor,
            at=request.now,
        )
    except Refusal as refusal:
        form.add_error(getattr(refusal, "about", None), refusal.text(language()))
        return False
    told = "; ".join(f"{due_name(day.state, language())} {format_day(day.due_on)}" for day in made)
    messages.success(
        request, _("Đã đặt: %(days)s. Cả tỉnh thấy ngay ở mọi trang.") % {"days": told}
    )
    return True


def _page(request: Request, round_: Round, form: OwnDays) -> HttpResponse:
    days = rounds.days(round_, province_code=request.actor.province_code)
    return render(
        request,
        "reporting/deadlines.html",
        {
            "round": round_,
            "round_name": round_.named(language()),
            "lines": [_line(request, round_, each) for each in days],
            "own": sum(bool(each.own) for each in days),
            "earlier": [(due_name(d.state, language()), d) for each in days for d in each.own[1:]],
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _line(request: Request, round_: Round, days: rounds.Days) -> dict[str, Any]:
    """One step's days, and the one that counts: it may be that of a later step."""
    counts = rounds.deadline(round_, state=days.state, province_code=request.actor.province_code)
    return {
        "name": due_name(days.state, language()),
        "due": wording.due(counts, today=request.now.date()),
        "is_of_later_step": days.counts is None,
        "everyones": days.everyones,
        "own": next(iter(days.own), None),
    }
