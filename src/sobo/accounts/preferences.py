"""What a person chose for this browser: language, theme, and the school year they look at."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from sobo.accounts.requests import Request
from sobo.kernel.school_year import SchoolYear

THEME_COOKIE = "sobo_theme"
THEMES = ("", "light", "dark", "contrast")
ONE_YEAR = 365 * 24 * 3600


def language() -> str:
    """`vi` or `en`: what the running request speaks."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def theme_of(request: HttpRequest) -> str:
    """The chosen theme; empty where the device decides."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def keep_theme(response: HttpResponse, theme: str) -> None:
    """Remember a theme; the pages' script reads and writes the same cookie."""
    if theme in THEMES:
        response.set_cookie(THEME_COOKIE, theme, max_age=ONE_YEAR, samesite="Lax")


def keep_language(response: HttpResponse, code: str) -> None:
    """Remember a language that the product speaks."""
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=ONE_YEAR, samesite="Lax", httponly=True
        )


def school_year_of(request: Request) -> int:
    """The school year looked at, by its first calendar year: the chosen one, else today's."""
    chosen = request.session.get("school_year")
    return chosen if isinstance(chosen, int) else SchoolYear.of(request.now.date()).start_year


def school_years_offered(request: Request) -> list[SchoolYear]:
    """The school year of today and the two before it, latest first."""
    now = SchoolYear.of(request.now.date())
    return [now, now.previous, now.previous.previous]


def choose_school_year(request: Request, start_year: int) -> None:
    """Look at another of the offered school years from now on."""
    if SchoolYear(start_year) in school_years_offered(request):
        request.session["school_year"] = start_year
