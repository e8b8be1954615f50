"""The Jinja2 environment of every page: how values are written, and what templates may call."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined

from sobo.kernel import vietnamese
from sobo.portal import charts
from sobo.portal.headings import heading_rows


def environment(**options: Any) -> Environment:
    """Make the environment Django's Jinja2 backend uses."""
    made = Environment(
        loader=options["loader"],
        autoescape=True,
        auto_reload=options.get("auto_reload", False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    made.install_gettext_callables(_translated, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        static=staticfiles_storage.url,
        url=reverse,
        csrf_token=get_token,
        language=get_language,
        charts=charts,
        heading_rows=heading_rows,
    )
    made.filters.update(so=_number, phan_tram=_percent, ngay=_day, luc=_moment)
    return made


def _translated(message: str) -> str:
    """A page asks some seventy times, always for the same sentences: each is looked up once."""
    return _in_language(get_language() or "vi", message)


@lru_cache(maxsize=8192)
def _in_language(_language: str, message: str) -> str:
    return gettext(message)


def _number(value: float | None, places: int = 0) -> str:
    return "" if value is None else vietnamese.format_number(value, places)


def _percent(share: float | None, places: int = 1) -> str:
    return "" if share is None else vietnamese.format_percent(share, places)


def _day(day: date | None) -> str:
    return "" if day is None else vietnamese.format_day(day)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else vietnamese.format_moment(moment)
