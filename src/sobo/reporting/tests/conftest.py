"""Returns in transactions that commit, as requests do: what only several of them together show."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from sobo.accounts import sessions
from sobo.kernel.actor import Actor

OWN_DATABASE = "sobo_test_returns"

Acting = Callable[[str], AbstractContextManager[Actor]]


@pytest.fixture
def acting(
    databases: Any, template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Acting]:
    """Each use is one transaction of an account, committed, in a database of this test alone."""
    databases.copy(template, OWN_DATABASE)
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = OWN_DATABASE
    with django_db_blocker.unblock():
        yield _acting
        connection.close()
    connection.settings_dict["NAME"] = kept


def _acting(username: str) -> AbstractContextManager[Actor]:
    account_id = sessions.account_named(username)
    assert account_id is not None, f"no account {username}"
    return sessions.acting_as(
        account_id, channel="test", purpose="thử nghiệm", at=datetime.now(UTC)
    )
