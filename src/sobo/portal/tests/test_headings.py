"""Nested headings of official tables."""

from __future__ import annotations

import pytest

from sobo.portal.headings import heading_rows


def spans(*paths: str) -> list[list[tuple[str, int, int]]]:
    return [
        [(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in heading_rows(paths)
    ]


@pytest.mark.parametrize(
    ("paths", "rows"),
    [
        ([], []),
        (["Tổng số", "Công lập"], [[("Tổng số", 1, 1), ("Công lập", 1, 1)]]),
        (
            [
                "Toàn bộ › Tổng số",
                "Toàn bộ › Dân tộc › Tổng số",
                "Toàn bộ › Dân tộc › Nữ",
                "Ghi chú",
            ],
            [
                [("Toàn bộ", 3, 1), ("Ghi chú", 1, 3)],
                [("Tổng số", 1, 2), ("Dân tộc", 2, 1)],
                [("Tổng số", 1, 1), ("Nữ", 1, 1)],
            ],
        ),
        (
            # One name under two parents, and twice under one with another column between.
            ["A › Nữ", "B › Nữ", "C", "B › Nam"],
            [
                [("A", 1, 1), ("B", 1, 1), ("C", 1, 2), ("B", 1, 1)],
                [("Nữ", 1, 1), ("Nữ", 1, 1), ("Nam", 1, 1)],
            ],
        ),
    ],
)
def test_headings_merge_what_stands_together(
    paths: list[str], rows: list[list[tuple[str, int, int]]]
) -> None:
    assert spans(*paths) == rows
