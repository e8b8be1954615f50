"""What stands around the content of every page: bar, navigation, and the ways at the thumb.

From one page to the next little of it changes, and drawing it costs as much as a page's content. So
each state of it is drawn once and kept; whatever it shows is part of that state.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from markupsafe import Markup

from sobo.accounts import preferences
from sobo.accounts.requests import Request
from sobo.accounts.roles import ROLES
from sobo.portal import navigation
from sobo.portal.navigation import Group, Link

PARTS = ("bar", "side", "thumb_bar")
STATES_KEPT = 512
TOKEN_HERE = "csrf-token-of-the-request"  # noqa: S105 — the place for one
"""Stands in kept forms for the token, which is another one at every request."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The one at work, in the words of the menu."""

    name: str
    role_label: str
    unit_name: str
    key: str
    """A short id under which the browser remembers this person's choices."""


@dataclass(frozen=True, kw_only=True)
class Around:
    """One state of what stands around a page."""

    lang: str
    theme: str
    account: Account
    trail: tuple[Link, ...]
    nav: tuple[Group, ...]
    rounds: tuple[Link, ...]
    search_url: str
    home_url: str
    preferences_url: str
    sign_out_url: str


def around(request: Request, *, token: str, waiting: int) -> dict[str, Markup]:
    """The parts of `PARTS` as this page shows them.

    `token` is the request's own, for the forms; `waiting` is how much there is to do.
    """
    drawn = _drawn(_state(request, waiting))
    return {part: Markup(text.replace(TOKEN_HERE, token)) for part, text in drawn.items()}  # noqa: S704


def csrf_input(token: str) -> str:
    """The hidden field of a form."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@lru_cache(maxsize=STATES_KEPT)
def _drawn(state: Around) -> dict[str, str]:
    context = {**vars(state), "csrf_input": csrf_input(TOKEN_HERE)}
    return {part: get_template(f"portal/{part}.html").render(context) for part in PARTS}


def _state(request: Request, waiting: int) -> Around:
    may_search = navigation.may_search(request.actor)
    return Around(
        lang=preferences.language(),
        theme=preferences.theme_of(request),
        account=account_of(request),
        trail=navigation.trail(request),
        nav=navigation.groups(request, waiting=waiting),
        rounds=_school_years(request),
        search_url=navigation.address("search") or "" if may_search else "",
        home_url=navigation.address("home") or "",
        preferences_url=navigation.address("preferences") or "",
        sign_out_url=navigation.address("sign-out") or "",
    )


def account_of(request: Request) -> Account:
    """The one at work."""
    actor = request.actor
    role = ROLES[actor.role]
    return Account(
        name=actor.name,
        role_label=role.name_en if preferences.language() == "en" else role.name,
        unit_name=actor.place or _("không thuộc đơn vị nào"),
        key=f"a{actor.account_id}",
    )


def _school_years(request: Request) -> tuple[Link, ...]:
    chosen = preferences.school_year_of(request)
    return tuple(
        Link(
            label=_("Năm học %(year)s") % {"year": str(year).replace("-", "–")},
            url=navigation.address("school-year", year.start_year) or "",
            current=year.start_year == chosen,
        )
        for year in preferences.school_years_offered(request)
    )
