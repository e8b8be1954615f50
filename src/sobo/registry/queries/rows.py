"""Rows of a query as named tuples: what a template reads fastest."""

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection


class NotInSight(LookupError):
    """There is no such record, or it is beyond the session's scope: the two look alike."""


def fetch(query: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    """Run a query; rows carry the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = _row(tuple(column.name for column in cursor.description))
        return [row._make(values) for values in cursor.fetchall()]


def fetch_one(query: str, parameters: Sequence[Any] | Mapping[str, Any]) -> Any:
    """The one row of a query. Raises `NotInSight`."""
    found = fetch(query, parameters)
    if not found:
        raise NotInSight
    return found[0]


@lru_cache(maxsize=256)
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)
