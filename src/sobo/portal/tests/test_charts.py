"""Where the marks of a chart stand."""

from __future__ import annotations

import pytest

from sobo.portal import charts


@pytest.mark.parametrize(
    ("values", "full", "widths"),
    [
        ([10, 5, 0], None, [100, 50, 0]),
        ([30, 15], 40, [75, 37.5]),
        ([0, 0], None, [0, 0]),
        ([], None, []),
    ],
)
def test_the_longest_bar_fills_the_width_unless_a_whole_is_given(
    values: list[float], full: float | None, widths: list[float]
) -> None:
    assert charts.bar_widths(values, full=full) == widths


def test_columns_stand_on_the_baseline_at_equal_distances() -> None:
    boxes = charts.column_boxes([50, 100, 25])

    assert [box.y + box.height for box in boxes] == pytest.approx([100, 100, 100])
    assert [box.height for box in boxes] == [50, 100, 25]
    assert [box.middle for box in boxes] == pytest.approx([100 / 6, 50, 500 / 6], abs=0.02)


def test_parts_of_a_whole_lie_end_to_end() -> None:
    boxes = charts.stack_boxes([1, 1, 2])

    assert [(box.x, box.width) for box in boxes] == [(0, 25), (25, 25), (50, 50)]


def test_a_forecast_goes_on_from_the_last_known_step() -> None:
    known = charts.line_points([0, 10, 20], top=40, steps=4)
    expected = charts.line_points([20, 30, 40], top=40, steps=4, start=2)

    assert known[-1] == expected[0] == charts.Point(50, 50)
    assert expected[-1] == charts.Point(100, 0)
    assert charts.polyline(known) == "0,100 25,75 50,50"


@pytest.mark.parametrize(
    ("values", "top"),
    [([1963], 2000), ([0.4], 0.5), ([1000], 1000), ([51], 100), ([21, 3], 25), ([0], 1), ([], 1)],
)
def test_an_axis_ends_at_a_round_number_not_below_any_value(
    values: list[float], top: float
) -> None:
    assert charts.axis_top(values) == pytest.approx(top)


@pytest.mark.parametrize(
    ("value", "step"), [(None, 0), (0.2, 1), (0.75, 2), (0.899, 3), (0.9, 4), (1, 5)]
)
def test_a_value_on_a_bound_belongs_to_the_step_above(value: float | None, step: int) -> None:
    assert charts.step_of(value, [0.75, 0.85, 0.9, 0.95]) == step


def test_every_province_has_a_place_of_its_own_inside_the_grid() -> None:
    places = {(tile.column, tile.row) for tile in charts.TILES.values()}

    assert len(charts.TILES) == len(places) == 34
    assert max(column for column, _ in places) == charts.TILE_COLUMNS - 1
    assert max(row for _, row in places) == charts.TILE_ROWS - 1
    assert len({tile.short_name for tile in charts.TILES.values()}) == 34


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("04", "01"),
        ("01", "38"),
        ("38", "40"),
        ("42", "46"),
        ("48", "51"),
        ("66", "79"),
        ("79", "96"),
    ],
)
def test_northern_provinces_stand_above_southern_ones(north: str, south: str) -> None:
    assert charts.TILES[north].row < charts.TILES[south].row


@pytest.mark.parametrize(
    ("west", "east"), [("12", "04"), ("01", "22"), ("80", "75"), ("91", "79"), ("66", "56")]
)
def test_western_provinces_stand_left_of_eastern_ones(west: str, east: str) -> None:
    assert charts.TILES[west].column < charts.TILES[east].column


def test_a_code_of_before_the_merger_has_no_tile() -> None:
    assert charts.tile_box("77", height=46) is None
