"""Merged classes: one class to the form, of its lowest grade, whatever number of rows it has.

A school writes a merged class as one row whose learners are of several grades, or as one row a
grade, each naming the other in `merged_with`. Both count once.
"""

from collections.abc import Iterable

import polars as pl


def merged_classes(classes: pl.DataFrame, learners: pl.DataFrame) -> pl.DataFrame:
    """Classes as the form counts them, with `size` and `inclusive_count` of their learners.

    `classes` and `learners` (those present) have the columns of `REGISTER_COLUMNS`.
    """
    parts = classes.join(_counting_classes(classes), on="id", how="left")
    known = parts.select(class_id="id", counts_as="counts_as", is_merged="is_merged")
    of_class = (
        learners.join(known, on="class_id")
        .group_by("counts_as")
        .agg(
            size=pl.len(),
            inclusive_count=pl.col("is_inclusive").sum(),
            lowest_grade=_lowest(pl.col("grade")),
            ages_present=pl.col("grade").n_unique(),
        )
    )
    of_parts = parts.group_by("counts_as").agg(
        merged=pl.col("is_merged").any(), declared_ages=pl.col("merged_ages").max()
    )
    counted = parts.filter(pl.col("id") == pl.col("counts_as"))
    return (
        counted.join(of_parts, on="counts_as")
        .join(of_class, on="counts_as", how="left")
        .with_columns(
            grade=_grade_of_class(),
            is_merged=pl.col("merged"),
            merged_ages=pl.coalesce("declared_ages", "ages_present").cast(pl.Int32),
            size=pl.col("size").fill_null(0).cast(pl.Int32),
            inclusive_count=pl.col("inclusive_count").fill_null(0).cast(pl.Int32),
        )
    )


def _grade_of_class() -> pl.Expr:
    """Its own grade; of a merged class the lowest among its own and those of its learners."""
    both = pl.concat_list("grade", "lowest_grade").list.drop_nulls()
    lowest = both.list.eval(_lowest(pl.element())).list.first()
    return pl.when(pl.col("merged")).then(lowest).otherwise(pl.col("grade"))


def _lowest(grades: pl.Expr) -> pl.Expr:
    """The lowest of some grades: codes of the list GRADE are whole numbers in rising order."""
    return grades.sort_by(grades.cast(pl.Int32, strict=False)).first()


def _counting_classes(classes: pl.DataFrame) -> pl.DataFrame:
    """For every class `id`, which class it `counts_as`: itself, or the lowest it is merged with."""
    order = pl.col("grade").cast(pl.Int32, strict=False)
    ranked = classes.sort(order, "code", "id")["id"].to_list()
    counts_as = _joined(ranked, _merged_pairs(classes))
    return pl.DataFrame(
        {"id": list(counts_as), "counts_as": list(counts_as.values())},
        schema={"id": pl.Int64, "counts_as": pl.Int64},
    )


def _merged_pairs(classes: pl.DataFrame) -> Iterable[tuple[int, int]]:
    partners = classes.select("institution_id", partner="id", merged_with="code")
    return (
        classes.filter(pl.col("is_merged").fill_null(value=False))
        .join(partners, on=["institution_id", "merged_with"])
        .select("id", "partner")
        .iter_rows()
    )


def _joined(ranked: list[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The first of each group that the pairs tie together, for every one of them."""
    rank = {one: place for place, one in enumerate(ranked)}
    leads = {one: one for one in ranked}

    def leader(one: int) -> int:
        while leads[one] != one:
            one = leads[one]
        return one

    for one, other in pairs:
        first, second = sorted((leader(one), leader(other)), key=rank.__getitem__)
        leads[second] = first
    return {one: leader(one) for one in ranked}
