"""What every page is given: what stands around it, in which language, and what waits to be done.

The parts that ask the database are computed when a template uses them: a sign-in or an error page
shows none of them, and an error page could not ask.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject

from sobo.accounts import preferences
from sobo.accounts.requests import Request
from sobo.kernel.actor import ANYONE, Actor
from sobo.kernel.task import Task
from sobo.portal import navigation
from sobo.portal.around import account_of, around, csrf_input

AREAS = ("reporting", "intake", "registry", "statistics")
"""Areas that may have something for a person to do, the most pressing first."""

COUNTED_FOR = 60
"""Seconds a page may show a count of tasks that is no longer quite true; the home page never."""


def shell(http_request: HttpRequest) -> dict[str, Any]:
    """The context of `portal/shell.html` and `portal/plain.html`."""
    actor: Actor = getattr(http_request, "actor", ANYONE)
    # Each token costs Django 64 random draws, and a page may hold many forms.
    token = _later(lambda: get_token(http_request))
    shown: dict[str, Any] = {
        "csrf_token": token,
        "csrf_input": _later(lambda: csrf_input(token)),
        "lang": preferences.language(),
        "theme": preferences.theme_of(http_request),
        "csp_nonce": getattr(http_request, "csp_nonce", ""),
        "home_url": navigation.address("home"),
        "preferences_url": navigation.address("preferences"),
    }
    if actor.account_id:
        request = cast(Request, http_request)
        shown["account"] = account_of(request)
        shown["around"] = _later(
            lambda: around(request, token=str(token), waiting=_waiting(request))
        )
    return shown


def _later(compute: Callable[[], Any]) -> Any:
    return SimpleLazyObject(compute)


def tasks_of(request: Request) -> list[Task]:
    """Everything the one at work should do next: late first, then by the day it is due."""
    found = [
        task
        for area in AREAS
        if (queries := _queries(area)) is not None
        for task in queries.tasks(request.actor, request.now)
    ]
    cache.set(_count_key(request.actor), sum(task.count for task in found), COUNTED_FOR)
    return sorted(found, key=lambda task: (not task.is_late, task.due_on is None, task.due_on))


def _queries(area: str) -> Any:
    """The area's queries where it offers tasks."""
    name = f"sobo.{area}.queries"
    queries = import_module(name) if find_spec(name) else None
    return queries if hasattr(queries, "tasks") else None


def _waiting(request: Request) -> int:
    counted: int | None = cache.get(_count_key(request.actor))
    if counted is None:
        tasks_of(request)
        counted = cache.get(_count_key(request.actor), 0)
    return counted


def _count_key(actor: Actor) -> str:
    return f"tasks-of-{actor.account_id}"
