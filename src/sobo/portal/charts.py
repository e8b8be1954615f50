"""Geometry of the charts: numbers in, positions out.

The drawing itself is `templates/portal/charts.html`, which finds this module as the template
global `drawing`. Lengths across are per cent of the chart's width and lengths down are pixels or
per cent of its plot, so that marks stretch with the page while text never does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class Box:
    """A mark. `x` and `width` in per cent of the chart's width, `y` and `height` of the plot."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the plot, both in per cent; y grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tile:
    """The place of one province in the cartogram, from the north-west corner."""

    short_name: str
    column: int
    row: int


TILE_COLUMNS = 6
TILE_ROWS = 15

# The 34 provinces of 1/7/2025 by code: rows run from north to south, columns from west to east,
# and neighbours touch where a grid allows it. The tile of Đà Nẵng holds the special zone Hoàng
# Sa, that of Khánh Hòa the special zone Trường Sa.
TILES: dict[str, Tile] = {
    "12": Tile("LCh", 0, 0),
    "15": Tile("LCa", 1, 0),
    "08": Tile("TQ", 2, 0),
    "04": Tile("CB", 3, 0),
    "11": Tile("ĐB", 0, 1),
    "14": Tile("SL", 1, 1),
    "25": Tile("PT", 2, 1),
    "19": Tile("TNg", 3, 1),
    "20": Tile("LS", 4, 1),
    "01": Tile("HN", 2, 2),
    "24": Tile("BN", 3, 2),
    "22": Tile("QN", 4, 2),
    "37": Tile("NB", 2, 3),
    "33": Tile("HY", 3, 3),
    "31": Tile("HP", 4, 3),
    "38": Tile("TH", 2, 4),
    "40": Tile("NA", 2, 5),
    "42": Tile("HT", 3, 5),
    "44": Tile("QT", 3, 6),
    "46": Tile("Huế", 4, 6),
    "48": Tile("ĐNg", 4, 7),
    "51": Tile("QNg", 4, 8),
    "52": Tile("GL", 4, 9),
    "66": Tile("ĐL", 4, 10),
    "56": Tile("KH", 5, 10),
    "80": Tile("TN", 2, 11),
    "75": Tile("ĐN", 3, 11),
    "68": Tile("LĐ", 4, 11),
    "91": Tile("AG", 1, 12),
    "82": Tile("ĐT", 2, 12),
    "79": Tile("HCM", 3, 12),
    "92": Tile("CT", 1, 13),
    "86": Tile("VL", 2, 13),
    "96": Tile("CM", 1, 14),
}


def bar_widths(values: Sequence[float], *, full: float | None = None) -> list[float]:
    """Lengths of horizontal bars in per cent; the longest, or `full`, fills the width."""
    whole = max(values, default=0) if full is None else full
    return [_share(value, whole) for value in values]


def column_boxes(values: Sequence[float], *, gap: float = 0.35) -> list[Box]:
    """Upright columns side by side; `gap` is the part of each place left free."""
    top = axis_top(values)
    place = 100 / max(len(values), 1)
    return [
        Box(
            x=round(place * (index + gap / 2), 2),
            y=round(100 - _share(value, top), 2),
            width=round(place * (1 - gap), 2),
            height=_share(value, top),
        )
        for index, value in enumerate(values)
    ]


def stack_boxes(values: Sequence[float]) -> list[Box]:
    """The parts of a whole, end to end: widths sum to 100 unless every value is zero."""
    whole = sum(values)
    boxes: list[Box] = []
    for value in values:
        start = boxes[-1].x + boxes[-1].width if boxes else 0.0
        boxes.append(Box(x=round(start, 2), y=0.0, width=_share(value, whole), height=100.0))
    return boxes


def line_points(values: Sequence[float], *, top: float, steps: int, start: int = 0) -> list[Point]:
    """Places of `values` on an axis of `steps` equal steps, the first at step `start`."""
    across = 100 / max(steps, 1)
    return [
        Point(x=round(across * (start + index), 2), y=round(100 - _share(value, top), 2))
        for index, value in enumerate(values)
    ]


def polyline(points: Sequence[Point]) -> str:
    """The `points` attribute of an SVG polyline."""
    return " ".join(f"{point.x:g},{point.y:g}" for point in points)


def axis_top(values: Sequence[float]) -> float:
    """The round number an axis ends at: 1, 2, 2.5 or 5 times a power of ten, or 10 of them."""
    highest = max(values, default=0)
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    return next(power * step for step in (1, 2, 2.5, 5, 10) if highest <= power * step)


def step_of(value: float | None, bounds: Sequence[float]) -> int:
    """Which of the steps 1, 2, … a value falls in, `bounds` being their upper ends, exclusive.

    A place without a value is step 0.
    """
    if value is None:
        return 0
    return 1 + sum(value >= bound for bound in bounds)


def tile_box(code: str, *, height: int) -> Box | None:
    """Where the tile of a province stands; `y` and `height` in pixels. None for other codes."""
    tile = TILES.get(code)
    if tile is None:
        return None
    width = 100 / TILE_COLUMNS
    return Box(x=round(width * tile.column, 2), y=height * tile.row, width=width, height=height)


def _share(value: float, whole: float) -> float:
    return round(100 * value / whole, 2) if whole > 0 else 0.0
