"""Every text can be read on its ground, in each of the three themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "static" / "portal" / "tokens.css").read_text()
THEMES = ("light", "dark", "contrast")

TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "cham") for ground in ("paper", "margin", "sheet")),
    *((tone, "sheet") for tone in ("son", "luc", "nghe")),
    *((tone, f"{tone}-wash") for tone in ("cham", "son", "luc", "nghe")),
    *(("ink", f"{tone}-wash") for tone in ("cham", "son", "luc", "nghe")),
    *(("on-fill", fill) for fill in ("cham-fill", "cham-press", "son-fill")),
    *((ink, ground) for ink in ("bar-ink", "bar-soft") for ground in ("bar", "bar-field")),
    *(("ink", f"tint-{step}") for step in (1, 2, 3)),
    *(("tint-high-ink", f"tint-{step}") for step in (4, 5)),
]
# Marks that must be seen but hold no text: WCAG 2.2, 1.4.11.
MARKS = [
    ("edge", "sheet"), ("edge", "paper"), ("bar-edge", "bar"),
    *((f"{tone}-fill", "sheet") for tone in ("luc", "nghe", "son")),
]  # fmt: skip


def colour(token: str, theme: str) -> tuple[float, ...]:
    """Red, green and blue of a token, from 0 to 1."""
    declared = re.search(rf"--{token}:([^;]+);", TOKENS)
    assert declared, f"no colour is called {token}"
    themed = re.search(rf"var\(--{theme}, (#\w+)\)", declared[1])
    digits = themed[1] if themed else declared[1].strip()
    return tuple(int(digits[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(token: str, theme: str) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour(token, theme)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(token: str, ground: str, theme: str) -> float:
    dark, bright = sorted(luminance(name, theme) for name in (token, ground))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink: str, ground: str, theme: str) -> None:
    assert contrast(ink, ground, theme) >= (7 if theme == "contrast" else 4.5)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_stand_out_from_their_ground(mark: str, ground: str, theme: str) -> None:
    assert contrast(mark, ground, theme) >= 3
