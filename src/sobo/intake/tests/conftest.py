"""Clerks of the cast's schools, and a data folder that goes away with the test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sobo.kernel.actor import Actor

SignIn = Callable[[str], Actor]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """Where batches keep their files in this test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def clerk(signed_in: SignIn) -> Actor:
    """The clerk of school A, at work."""
    return signed_in("clerk_a")
