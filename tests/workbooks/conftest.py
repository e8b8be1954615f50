"""The school of the story, in a copy of the demo nation, with its sample workbooks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from sobo.accounts import sessions
from sobo.configuration import configuration
from sobo.demo.cast import STORY_SCHOOL
from sobo.kernel.actor import Actor

from ..journeys.nation import TEMPLATE, load_template

NATION = "sobo_workbooks"


@pytest.fixture(scope="session")
def samples(databases: Any, django_db_setup: None) -> Path:
    """The folder of the samples, once the nation they belong to stands in its own database."""
    load_template(databases)
    databases.copy(TEMPLATE, NATION)
    return configuration().data / "samples"


@pytest.fixture
def clerk(samples: Path, django_db_blocker: Any, tmp_path: Path, settings: Any) -> Iterator[Actor]:
    """The clerk of the school of the story, at work; all of it undone afterwards."""
    settings.MEDIA_ROOT = tmp_path
    with django_db_blocker.unblock(), _connected_to(NATION), transaction.atomic():
        account = sessions.account_named(f"vanthu.{STORY_SCHOOL}")
        assert account is not None
        token = sessions.open_session(account_id=account, channel="web", at=datetime.now(UTC))
        yield sessions.enter(token, purpose="thử nghiệm", looks_only=False)
        transaction.set_rollback(True)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Django's one connection, in another database for a while."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
