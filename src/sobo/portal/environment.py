"""The Jinja2 environment of every page: how values are written, and what templates may call."""

from collections.abc import Sequence
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
from sobo.portal.engine import WrittenIn
from sobo.portal.headings import heading_rows
from sobo.registry.showing import birth


def environment(**options: Any) -> Environment:
    """Make the environment Django's Jinja2 backend uses."""
    made = Environment(
        loader=options["loader"],
        autoescape=True,
        auto_reload=options.get("auto_reload", False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols", WrittenIn],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        static=_static,
        url=_address,
        csrf_token=get_token,
        language=get_language,
        charts=charts,
        heading_rows=heading_rows,
    )
    made.filters.update(so=_number, phan_tram=_percent, ngay=_day, luc=_moment, sinh=birth)
    return made


def _static(path: str) -> str:
    """The address of a static file, by whatever storage is in force now."""
    return staticfiles_storage.url(path)


def _address(name: str, args: Sequence[object] = ()) -> str:
    """A named address, as `{{ url("school", args=[record_id]) }}`."""
    return _addresses(name, tuple(args))


@lru_cache(maxsize=4096)
def _addresses(name: str, args: tuple[object, ...]) -> str:
    return reverse(name, args=args)


def _number(value: float | None, places: int = 0) -> str:
    return "" if value is None else vietnamese.format_number(value, places)


def _percent(share: float | None, places: int = 1) -> str:
    return "" if share is None else vietnamese.format_percent(share, places)


def _day(day: date | None) -> str:
    return "" if day is None else vietnamese.format_day(day)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else vietnamese.format_moment(moment)
