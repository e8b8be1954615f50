"""A request as views see it, and the door each view stands behind."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from sobo.accounts.roles import may
from sobo.kernel.actor import Actor

P = ParamSpec("P")


class Request(HttpRequest):
    """A request inside its transaction: who asks, at what moment, and the page's nonce."""

    actor: Actor
    now: datetime
    csp_nonce: str


View = Callable[Concatenate[Request, P], HttpResponseBase]


def requires(permission: str | None = None) -> Callable[[View[P]], View[P]]:
    """Let only a signed-in account with the permission (any, where none is named) through.

    Nobody signed in is sent to sign in and comes back; others get the page that says what is
    missing.
    """

    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.actor.account_id:
                return _to_sign_in(request)
            if permission is not None and not may(request.actor, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        return guarded

    return door


def _to_sign_in(request: Request) -> HttpResponse:
    target = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': target})}")
