"""Chance that is the same everywhere: one row and a whole frame agree, and shares come true."""

import polars as pl
import pytest

from sobo.demo import draws
from sobo.demo.running import RunningNumbers

MANY = pl.DataFrame({"id": range(1, 20_001)})


def test_a_row_drawn_alone_is_the_row_drawn_in_a_frame() -> None:
    frame = MANY.head(50).select(draws.shares("height")).to_series()
    assert frame.to_list() == [draws.share("height", number) for number in range(1, 51)]


def test_a_text_chosen_alone_is_the_text_chosen_in_a_frame() -> None:
    weights = {"a": 1.0, "b": 3.0, "c": 0.5}
    frame = MANY.head(200).select(draws.one_of("letter", weights)).to_series()
    assert frame.to_list() == [draws.choose("letter", n, weights) for n in range(1, 201)]


def test_draws_of_two_names_have_nothing_to_do_with_each_other() -> None:
    pair = MANY.select(a=draws.shares("sex"), b=draws.shares("sex of mother"))
    assert abs(pair.select(pl.corr("a", "b")).item()) < 0.03


@pytest.mark.parametrize(("text", "share"), [("a", 0.2), ("b", 0.7), ("c", 0.1)])
def test_texts_come_as_often_as_they_weigh(text: str, share: float) -> None:
    drawn = MANY.select(draws.one_of("letter", {"a": 2, "b": 7, "c": 1})).to_series()
    assert (drawn == text).mean() == pytest.approx(share, abs=0.015)


def test_the_bell_is_centred_and_has_its_ends() -> None:
    drawn = MANY.select(draws.normal("height")).to_series()
    assert drawn.mean() == pytest.approx(0, abs=0.03)
    assert drawn.std() == pytest.approx(1, abs=0.03)
    assert drawn.is_between(-3.5, 3.5).all()


def test_whole_numbers_reach_both_ends() -> None:
    drawn = MANY.select(draws.whole("die", 1, 6)).to_series()
    assert sorted(drawn.unique()) == [1, 2, 3, 4, 5, 6]


def test_running_numbers_go_on_under_each_key() -> None:
    numbers = RunningNumbers()
    assert numbers.take(pl.Series(["79", "14", "79"])).to_list() == [1, 1, 2]
    assert numbers.take(pl.Series(["14", "14", "79"])).to_list() == [2, 3, 3]
    assert numbers.last == {"79": 3, "14": 3}


def test_running_numbers_may_begin_later() -> None:
    assert RunningNumbers(after=500).take_many(2).to_list() == [501, 502]
