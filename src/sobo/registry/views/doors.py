"""The door of the register's views: who may come in, and what lies beyond their sight."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.http import Http404, HttpResponseBase

from sobo.accounts.requests import Request, View, requires
from sobo.registry.queries.rows import NotInSight

P = ParamSpec("P")


def opens(permission: str | None = None) -> Callable[[View[P]], View[P]]:
    """As `requires`; a record that is not there and one out of scope both answer 404."""

    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except NotInSight as hidden:
                raise Http404 from hidden

        return requires(permission)(guarded)

    return door
