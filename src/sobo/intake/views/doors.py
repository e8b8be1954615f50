"""The door of the intake's views: the school one writes for, and the batch one works on."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request, View, requires
from sobo.accounts.roles import ENTER_DATA
from sobo.institutions.models import Institution
from sobo.intake.models import Batch
from sobo.intake.queries import batches
from sobo.kernel.refusal import Refusal

P = ParamSpec("P")


def at_school(view: View[P]) -> View[P]:
    """Let in only those who enter data for one school."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.institution_id is None:
            raise PermissionDenied(ENTER_DATA)
        return view(request, *args, **kwargs)

    return requires(ENTER_DATA)(guarded)


def of_batch(
    view: Callable[[Request, Batch], HttpResponseBase],
) -> Callable[[Request, UUID], HttpResponseBase]:
    """Find the batch of the address; a refusal is said on the batch's page."""

    @wraps(view)
    def guarded(request: Request, /, batch: UUID) -> HttpResponseBase:
        try:
            found = batches.batch(batch)
        except Batch.DoesNotExist as hidden:
            raise Http404 from hidden
        try:
            return view(request, found)
        except Refusal as refused:
            messages.error(request, refused.text(language()))
            return to_batch(found)
        except MultiValueDictKeyError as incomplete:
            raise BadRequest from incomplete

    return at_school(guarded)


def to_batch(batch: Batch, page: str = "batch") -> HttpResponse:
    """Back to one of the pages of a batch."""
    return HttpResponseRedirect(reverse(page, args=[batch.public_id]))


def own_school(request: Request) -> Institution:
    """The school the one at work enters data for."""
    assert request.actor.institution_id is not None
    return Institution.objects.get(pk=request.actor.institution_id)
