"""Writing the journal, in the transaction of the act itself."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

LOOK, CHANGE, DECISION, ACCESS = "look", "change", "decision", "access"


def write(
    *,
    kind: str,
    action: str,
    institution_id: int | None = None,
    dataset: str | None = None,
    records: Iterable[UUID] | None = None,
    persons: Iterable[int] | None = None,
    count: int | None = None,
    digest: bytes | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry for the session in whose transaction this runs.

    `detail` never holds a value of a personal field. `count` is the number of rows touched.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_write(%s, %s, %s, %s, %s::uuid[], %s::bigint[], %s, %s, %s::jsonb)",
            [
                kind,
                action,
                institution_id,
                dataset,
                list(records) if records is not None else None,
                list(persons) if persons is not None else None,
                count,
                digest,
                json.dumps(detail) if detail is not None else None,
            ],
        )


def looked(*, action: str, institution_id: int | None, persons: Iterable[int]) -> None:
    """Add the look of this session at these persons."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_look(%s, %s, %s::bigint[])",
            [action, institution_id, sorted(set(persons))],
        )
