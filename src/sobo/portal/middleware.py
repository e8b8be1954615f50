"""What every request passes through: security headers, and one transaction in one scope."""

import secrets
from collections.abc import Callable
from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from sobo.accounts import clock, sessions
from sobo.accounts.requests import Request

View = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}


class SecurityHeaders:
    """A content security policy without exceptions: no inline script, no foreign host."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, http_request: HttpRequest) -> HttpResponse:
        request = cast(Request, http_request)
        request.csp_nonce = secrets.token_urlsafe(16)
        response = self.get_response(request)
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            f"script-src 'self' 'nonce-{request.csp_nonce}'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        response["X-Frame-Options"] = "DENY"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.setdefault("Cache-Control", "no-store")
        return response


class OneTransaction:
    """Runs the request in one transaction that says who, for which units, for what purpose."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, http_request: HttpRequest) -> HttpResponse:
        request = cast(Request, http_request)
        request.now = clock.now()
        with transaction.atomic():
            request.actor = sessions.enter(
                request.session.get("token"),
                purpose=request.session.get("purpose", "nghiệp vụ"),
                looks_only=request.method in SAFE,
            )
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """An error undoes what the request did; the error page itself is shown all the same."""
        transaction.set_rollback(True)
