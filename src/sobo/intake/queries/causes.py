"""Findings grouped by cause: one thing to do for all the rows it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from sobo.intake.checking import CheckedSheet, rules_in
from sobo.intake.models import Batch, Explanation
from sobo.intake.wording import Message, messages, rule_of
from sobo.registry.sheets import Sheet
from sobo.specification.rules import Rule, Severity

SAMPLE = 3


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One of a cause's cells: where it is, what stands there, and what a repair makes of it."""

    message: Message
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Findings of one rule in one sheet: one thing to do."""

    sheet: Sheet
    rule: Rule
    field: str
    count: int
    repairable: int
    sample: list[Sample]
    explanation: Explanation | None

    @property
    def blocks(self) -> bool:
        """Whether its rows stay out of the register until it is mended."""
        return self.rule.severity is Severity.ERROR

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return not self.blocks and self.explanation is not None

    @property
    def has_same_words(self) -> bool:
        """Whether every cell gets the same message, so that one says all."""
        return len({each.message.text for each in self.sample}) == 1


def causes(
    batch: Batch, checked: Mapping[str, CheckedSheet], language: str
) -> list[Cause]:
    """What was found, by cause: errors first, those that one repair clears before others."""
    explained = {(e.sheet, e.rule): e for e in Explanation.objects.filter(batch=batch)}
    found = [
        _cause(batch, each, code, field, explained.get((key, code)), language)
        for key, each in checked.items()
        for code, field in _kinds(each)
    ]
    return sorted(found, key=lambda c: (c.is_settled, not c.blocks, -c.repairable, -c.count))


def _kinds(each: CheckedSheet) -> Iterable[tuple[str, str]]:
    """Rule and column of each cause, errors first; one rule may point at several columns."""
    for code in rules_in(each.findings):
        of_rule = each.findings.filter(pl.col("rule") == code)
        for field in of_rule["field"].unique(maintain_order=True):
            yield code, field


def _cause(
    batch: Batch,
    each: CheckedSheet,
    code: str,
    field: str,
    explanation: Explanation | None,
    language: str,
) -> Cause:
    rule = rule_of(each.sheet, code, field)
    found = of_cause(each, code, field)
    repaired = repairs(each, rule)
    return Cause(
        sheet=each.sheet,
        rule=rule,
        field=field,
        count=found["row"].n_unique(),
        repairable=len(repaired),
        sample=_sample(batch, each, found, repaired, language),
        explanation=explanation,
    )


def of_cause(each: CheckedSheet, code: str, field: str) -> pl.DataFrame:
    """The findings of one cause, in the order of the file."""
    is_it = (pl.col("rule") == code) & (pl.col("field") == field)
    return each.findings.filter(is_it).sort("row")


def repairs(each: CheckedSheet, rule: Rule) -> pl.DataFrame:
    """New texts of the cells that a rule's repair changes: `row` and one column for each field.

    A repair can only change what the file says: a blank cell leaves what the register holds.
    """
    if rule.repair is None:
        return pl.DataFrame(schema={"row": pl.Int32})
    found = of_cause(each, rule.code, rule.field)
    broken = each.rows.filter(pl.col("row").is_in(found["row"].unique().implode()))
    if rule.repair.applies is not None:
        broken = broken.filter(rule.repair.applies)
    changed = broken.select("row", *(v.alias(f) for f, v in rule.repair.values.items()))
    as_texts = changed.select(
        pl.col("row").cast(pl.Int32), *(_as_text(changed[name]) for name in changed.columns[1:])
    )
    return as_texts.filter(_changes_the_file(each, as_texts))


def _as_text(values: pl.Series) -> pl.Series:
    return values.list.join("|") if values.dtype == pl.List else values.cast(pl.String)


def _changes_the_file(each: CheckedSheet, repaired: pl.DataFrame) -> pl.Series:
    given = repaired.select("row").join(
        each.matched.rows, on="row", how="left", maintain_order="left"
    )
    says = pl.repeat(value=False, n=len(repaired), eager=True)
    for name in repaired.columns[1:]:
        in_file = given[name].is_not_null() if name in given.columns else says
        says = says | repaired[name].is_not_null() | in_file
    return says


def _sample(
    batch: Batch,
    each: CheckedSheet,
    found: pl.DataFrame,
    repaired: pl.DataFrame,
    language: str,
) -> list[Sample]:
    """The first cells, those that a repair mends before others."""
    mended = pl.col("row").is_in(repaired["row"].implode())
    first = found.with_columns(mended.alias("_mended")).sort("_mended", descending=True)
    after = {row["row"]: row for row in repaired.iter_rows(named=True)}
    said = messages(batch, each, first.head(SAMPLE), language)
    before = _values(each, [one.row for one in said], [one.field for one in said])
    return [
        Sample(
            message=one, before=before[at], after=(after.get(one.row) or {}).get(one.field)
        )
        for at, one in enumerate(said)
    ]


def _values(each: CheckedSheet, rows: list[int], fields: list[str]) -> list[str | None]:
    by_row = {
        row["row"]: row
        for row in each.rows.filter(pl.col("row").is_in(rows)).iter_rows(named=True)
    }
    found = (by_row[row].get(field) for row, field in zip(rows, fields, strict=True))
    return [None if value is None else str(value) for value in found]
