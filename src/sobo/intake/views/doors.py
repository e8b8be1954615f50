"""The door of the intake's views: the school one writes for, and the batch one works on."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request, View, requires
from sobo.accounts.roles import ENTER_DATA
from sobo.intake.models import Batch
from sobo.intake.policies import Refusal
from sobo.intake.queries import batches

P = ParamSpec("P")


def at_school(view: View[P]) -> View[P]:
    """Let in only those who enter data for one school."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.institution_id is None:
            raise PermissionDenied(ENTER_DATA)
        return view(request, *args, **kwargs)

    return requires(ENTER_DATA)(guarded)


def of_batch(
    view: Callable[Concatenate[Request, Batch, P], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """Find the batch of the address; a refusal is said on the batch's page."""

    @at_school
    @wraps(view)
    def guarded(
        request: Request, batch: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            found = batches.batch(batch)
        except Batch.DoesNotExist as hidden:
            raise Http404 from hidden
        try:
            return view(request, found, *args, **kwargs)
        except Refusal as refused:
            messages.error(request, refused.text(language()))
            return to_batch(found)

    return guarded


def to_batch(batch: Batch, page: str = "batch", anchor: str = "") -> HttpResponse:
    """Back to one of the pages of a batch."""
    address = reverse(page, args=[batch.public_id])
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)
