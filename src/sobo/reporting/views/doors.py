"""The door of the pages of reports, and how a refused step is told."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request, View, requires
from sobo.accounts.roles import SEE_RETURNS
from sobo.institutions.models import Institution
from sobo.kernel.refusal import Refusal
from sobo.reporting.addresses import form_at
from sobo.reporting.forms.definition import Definition
from sobo.reporting.models import Return, Round
from sobo.reporting.queries import rounds

P = ParamSpec("P")

HIDDEN = (Institution.DoesNotExist, Return.DoesNotExist, Round.DoesNotExist, KeyError)
"""What is not there and what is out of scope: the two look alike."""


def opens(permission: str = SEE_RETURNS) -> Callable[[View[P]], View[P]]:
    """As `requires`; whatever is not there, or is beyond the session's scope, answers 404."""

    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except HIDDEN as hidden:
                raise Http404 from hidden

        return requires(permission)(guarded)

    return door


def named(school: UUID, round_code: str, form: str) -> tuple[Institution, Round, Definition]:
    """What an address names. Raises one of `HIDDEN`."""
    institution = Institution.objects.get(record_id=school)
    round_ = rounds.round_by_code(round_code)
    definition = form_at(round_, form)
    if definition.level not in institution.levels:
        raise KeyError(form)
    return institution, round_, definition


def tell(request: Request, refusal: Refusal) -> None:
    """Say on the next page why a step was not taken and what to do instead."""
    messages.error(request, refusal.text(language()))
