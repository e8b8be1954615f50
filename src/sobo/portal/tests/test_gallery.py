"""The gallery shows every part; what holds for it holds for every page made of them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from sobo.portal.tests.rendering import TEMPLATES, environment, gallery_page

STATIC = Path(__file__).parents[1] / "static" / "portal"
PAGE = gallery_page()


def test_nothing_inline_that_the_content_security_policy_would_refuse() -> None:
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", PAGE)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", PAGE))


def test_every_id_is_used_once_and_every_reference_leads_somewhere() -> None:
    ids = Counter(re.findall(r'\sid="([^"]+)"', PAGE))
    attributes = r"(?:for|aria-labelledby|aria-describedby|popovertarget|data-columns-of)"
    referred = {
        name for value in re.findall(rf'\s{attributes}="([^"]+)"', PAGE) for name in value.split()
    }
    anchors = set(re.findall(r'href="#([^"]+)"', PAGE))

    assert [name for name, times in ids.items() if times > 1] == []
    assert (referred | anchors) - set(ids) == set()


def test_there_is_one_first_heading_and_no_level_is_skipped() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", PAGE.split("<main", 1)[1])]

    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_every_stylesheet_the_page_asks_for_exists_and_none_is_left_out() -> None:
    asked = re.findall(r'/static/portal/(\w+\.css)"', PAGE)

    assert sorted(asked) == sorted(path.name for path in STATIC.glob("*.css"))


def test_every_part_is_shown() -> None:
    """A macro missing from the gallery would be looked at by nobody."""
    source = (TEMPLATES / "portal" / "gallery.html").read_text()
    inner = {
        "mark", "severity", "flashes", "button", "field", "required_mark", "help_and_errors",
        "value_or_blank", "moment_or_due_day",
    }  # fmt: skip
    module = environment().get_template("portal/components.html").module
    parts = {name for name in dir(module) if not name.startswith("_")} - inner

    assert {part for part in parts if f"ui.{part}(" not in source} == set()


@pytest.mark.parametrize("theme", ["", "dark", "contrast"])
def test_the_theme_is_on_the_page_before_any_script_runs(theme: str) -> None:
    attribute = f'data-theme="{theme}"' if theme else "data-theme"
    opening = re.search(r"<html[^>]*>", gallery_page(theme=theme))

    assert opening
    assert (attribute in opening[0]) is bool(theme)


def test_colours_are_named_in_one_place() -> None:
    """Everything but the tokens takes its colours from them (black of print and white of a
    stroke aside)."""
    named = {
        path.name: re.findall(r"#[0-9a-f]{3,8}\b", path.read_text())
        for path in STATIC.glob("*.css")
        if path.name not in {"tokens.css", "print.css"}
    }

    assert {name: colours for name, colours in named.items() if colours} == {}
