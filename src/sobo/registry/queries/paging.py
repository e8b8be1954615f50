"""Long lists, a page at a time, counted in the same query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from sobo.registry.queries.rows import fetch

ROWS_A_PAGE = 40


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found, and how many there are in all."""

    rows: list[Any]
    total: int
    page: "Page[int]"


def page_of(
    query: str,
    parameters: Mapping[str, Any],
    *,
    conditions: str,
    sorts: Mapping[str, str],
    sort: str,
    page: int,
) -> Found:
    """Run a query that has places for `{conditions}` and `{order}`, for one of its pages.

    `sort` is a key of `sorts`, after a minus for descending; anything else takes the first.
    """
    ordered = query.format(conditions=conditions, order=_order(sorts, sort))
    counted = (
        f"SELECT count(*) OVER () AS total, q.* FROM ({ordered}) q LIMIT %(most)s OFFSET %(skip)s"
    )
    rows = fetch(counted, {**parameters, "most": ROWS_A_PAGE, "skip": (page - 1) * ROWS_A_PAGE})
    if not rows and page > 1:
        return page_of(query, parameters, conditions=conditions, sorts=sorts, sort=sort, page=1)
    total = rows[0].total if rows else 0
    return Found(rows=rows, total=total, page=Paginator(range(total), ROWS_A_PAGE).get_page(page))


def _order(sorts: Mapping[str, str], sort: str) -> str:
    column = sorts.get(sort.removeprefix("-"), next(iter(sorts.values())))
    direction = "DESC NULLS LAST" if sort.startswith("-") and sort[1:] in sorts else "NULLS LAST"
    return f"{column} {direction}, 1"
