"""Running numbers that go on from batch to batch."""

import polars as pl


class RunningNumbers:
    """The next number under each key, beginning after `after`."""

    def __init__(self, *, after: int = 0) -> None:
        self._after = after
        self._last: dict[str, int] = {}

    def take(self, keys: pl.Series) -> pl.Series:
        """Number the rows of each key in their order, as Int64."""
        frame = keys.alias("key").to_frame()
        before = pl.col("key").replace_strict(
            self._last, default=self._after, return_dtype=pl.Int64
        )
        numbers = frame.select(pl.int_range(1, pl.len() + 1).over("key") + before).to_series()
        latest = frame.with_columns(last=numbers).group_by("key").agg(pl.col("last").max())
        self._last.update(latest.iter_rows())
        return numbers

    def take_many(self, count: int) -> pl.Series:
        """That many numbers under one unnamed key."""
        first = self._last.get("", self._after) + 1
        self._last[""] = first + count - 1
        return pl.Series(range(first, first + count), dtype=pl.Int64)

    @property
    def last(self) -> dict[str, int]:
        """The last number taken under each key."""
        return dict(self._last)
