"""Vietnamese first: another language only where this browser chose it."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class VietnameseFirst(LocaleMiddleware):
    """Speaks Vietnamese whatever language a browser was installed in, English after the switch."""

    def process_request(self, request: HttpRequest) -> None:
        """Take the language of the cookie, where the product speaks it."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        spoken = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(spoken)
        request.LANGUAGE_CODE = spoken
