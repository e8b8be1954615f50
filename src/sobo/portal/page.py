"""What stands around the content of every page: who, where, where one can go, in which language.

The parts that ask the database are computed when a template uses them: a sign-in or an error page
shows none of them, and an error page could not ask.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext as _

from sobo.accounts import preferences
from sobo.accounts.requests import Request
from sobo.accounts.roles import ROLES
from sobo.kernel.actor import ANYONE, Actor
from sobo.kernel.task import Task
from sobo.portal import navigation

AREAS = ("reporting", "intake", "registry", "statistics")
"""Areas that may have something for a person to do, the most pressing first."""

COUNTED_FOR = 60
"""Seconds a page may show a count of tasks that is no longer quite true; the home page never."""


def shell(http_request: HttpRequest) -> dict[str, Any]:
    """The context of `portal/shell.html` and `portal/plain.html`."""
    actor: Actor = getattr(http_request, "actor", ANYONE)
    shown: dict[str, Any] = {
        **_once_a_page(http_request),
        "lang": preferences.language(),
        "theme": preferences.theme_of(http_request),
        "csp_nonce": getattr(http_request, "csp_nonce", ""),
        "home_url": navigation.address("home"),
        "preferences_url": navigation.address("preferences"),
    }
    if actor.account_id:
        shown |= _signed_in(http_request, actor)  # type: ignore[arg-type]
    return shown


def _once_a_page(request: HttpRequest) -> dict[str, Any]:
    """What templates ask for again and again: each token costs Django 64 random draws."""
    token = _later(lambda: get_token(request))
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return {"csrf_token": token, "csrf_input": _later(lambda: format_html(field, token))}


def _signed_in(request: Request, actor: Actor) -> dict[str, Any]:
    return {
        "account": _account(actor),
        "trail": _later(lambda: navigation.trail(request)),
        "nav": _later(lambda: navigation.groups(request, waiting=_waiting(request))),
        "rounds": _school_years(request),
        "search_url": navigation.address("search") if navigation.may_search(actor) else "",
        "sign_out_url": navigation.address("sign-out"),
    }


def _later(compute: Callable[[], Any]) -> Any:
    return SimpleLazyObject(compute)


def _account(actor: Actor) -> dict[str, Any]:
    role = ROLES[actor.role]
    return {
        "name": actor.name,
        "role_label": role.name_en if preferences.language() == "en" else role.name,
        "unit_name": actor.place or _("không thuộc đơn vị nào"),
        "key": f"a{actor.account_id}",
    }


def _school_years(request: Request) -> list[dict[str, Any]]:
    chosen = preferences.school_year_of(request)
    return [
        {
            "label": _("Năm học %(year)s") % {"year": str(year).replace("-", "–")},
            "url": navigation.address("school-year", year.start_year),
            "current": year.start_year == chosen,
        }
        for year in preferences.school_years_offered(request)
    ]


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
