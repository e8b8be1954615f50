"""Signing in and out, and the choices kept in the browser."""

from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from sobo.accounts import preferences, sessions
from sobo.accounts.forms import SignIn
from sobo.accounts.requests import Request, requires
from sobo.journal import operations as journal


@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """The door: name and password, then to where one was going."""
    target = _own_address(request, request.POST.get("next") or request.GET.get("next"))
    if request.actor.account_id:
        return HttpResponseRedirect(target)
    form = SignIn(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.account_id is not None:
        _begin(request, form.account_id)
        return HttpResponseRedirect(target)
    if form.is_bound:
        journal.write(kind=journal.ACCESS, action="accounts.sign_in_refused")
    return render(
        request, "accounts/sign_in.html", {"form": form, "next": target}, status=_status(form)
    )


def _status(form: SignIn) -> int:
    return 422 if form.errors else 200


def _begin(request: Request, account_id: int) -> None:
    # Sessions end by the clock of the database, not by the settable day of a demo.
    token = sessions.open_session(account_id=account_id, channel="web", at=timezone.now())
    sessions.enter(token, purpose="đăng nhập", looks_only=False)
    journal.write(kind=journal.ACCESS, action="accounts.sign_in")
    request.session.flush()
    request.session["token"] = token
    rotate_token(request)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session everywhere its cookie may be."""
    if request.actor.account_id:
        journal.write(kind=journal.ACCESS, action="accounts.sign_out")
        sessions.close_session()
    request.session.flush()
    return HttpResponseRedirect(reverse("sign-in"))


@require_POST
def keep_preferences(request: Request) -> HttpResponse:
    """Keep a language or a theme in this browser and go back to where one was."""
    response = HttpResponseRedirect(_page_before(request))
    if "theme" in request.POST:
        preferences.keep_theme(response, request.POST["theme"])
    if "lang" in request.POST:
        preferences.keep_language(response, request.POST["lang"])
    return response


@requires()
def look_at_school_year(request: Request, start_year: int) -> HttpResponse:
    """Look at another school year from now on; nothing but this browser's view changes."""
    preferences.choose_school_year(request, start_year)
    return HttpResponseRedirect(_page_before(request))


def _page_before(request: Request) -> str:
    came_from = urlsplit(request.headers.get("Referer", ""))
    address = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    is_ours = came_from.netloc == request.get_host()
    return _own_address(request, address if is_ours else None)


def _own_address(request: Request, wanted: str | None) -> str:
    """The address wanted where it is one of ours, else the first page: no redirect leads away."""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else reverse("home")
