"""The default nation, drawn once for all tests."""

import pytest

from sobo.demo.nation import Batch, nation
from sobo.demo.territory import Territory


@pytest.fixture(scope="session")
def drawn() -> tuple[Territory, Batch]:
    territory, batches = nation()
    (batch,) = batches
    return territory, batch


@pytest.fixture(scope="session")
def batch(drawn: tuple[Territory, Batch]) -> Batch:
    return drawn[1]


@pytest.fixture(scope="session")
def territory(drawn: tuple[Territory, Batch]) -> Territory:
    return drawn[0]
