"""Pages in tests: a browser signed in as one of the cast."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.conf import settings as product
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from sobo.accounts import sessions

Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page in English leaves its language to the thread: the next test begins in Vietnamese."""
    yield
    translation.deactivate()


@pytest.fixture
def browse(db: None, settings: Settings) -> Browse:
    """A browser in which an account is signed in; static files keep their plain names."""
    settings.STORAGES = {
        **product.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()
    return signed_in_browser


def signed_in_browser(username: str) -> Client:
    """Sign an account in without its password. A test is one transaction: the role is left first."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    account_id = sessions.account_named(username)
    assert account_id is not None, f"no account {username}"
    token = sessions.open_session(account_id=account_id, channel="web", at=datetime.now(UTC))
    store = import_module(product.SESSION_ENGINE).SessionStore()
    store["token"] = token
    store.save()
    browser = Client(headers={"host": "localhost"})
    browser.cookies[product.SESSION_COOKIE_NAME] = store.session_key
    return browser
