"""The files of the typeface."""

from __future__ import annotations

from pathlib import Path

import pytest

from sobo.portal import typeface


@pytest.mark.parametrize("weight", typeface.WEIGHTS)
def test_all_digits_have_one_width_in_every_weight(weight: str) -> None:
    original = typeface.original(weight)
    served = typeface.with_tabular_figures(original)

    assert len(set(typeface.digit_advances(original))) > 1
    assert set(typeface.digit_advances(served)) == {typeface.DIGIT_ADVANCE}
    assert len(served) == len(original)


def test_levelling_twice_is_levelling_once() -> None:
    """Digits stay where they are once their widths are equal."""
    once = typeface.with_tabular_figures(typeface.original("Regular"))

    assert typeface.with_tabular_figures(once) == once


def test_the_stylesheet_finds_every_file_that_is_written(tmp_path: Path) -> None:
    stylesheet = Path(__file__).parents[1] / "static" / "portal" / "type.css"
    written = typeface.write_typeface(into=tmp_path / "fonts")

    assert [path.name for path in written] == [
        f"BeVietnamPro-{weight}.ttf" for weight in typeface.WEIGHTS
    ]
    assert all(f'url("../fonts/{path.name}")' in stylesheet.read_text() for path in written)
