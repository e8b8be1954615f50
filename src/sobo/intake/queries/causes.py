"""Findings grouped by cause: one thing to do for all the rows it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext

from sobo.intake.checking import CheckedSheet, rules_in
from sobo.intake.models import Batch, Explanation
from sobo.intake.queries.rows import shown_text, texts
from sobo.intake.wording import Message, messages, place_of, rule_of
from sobo.registry.sheets import Sheet
from sobo.registry.showing import written
from sobo.specification.rules import Rule, Severity

SAMPLE = 3


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One of a cause's cells: where it is, what stands there, and what a repair makes of it."""

    message: Message
    before: str
    after: str | None
    """None where the repair cannot mend this one."""

    @property
    def as_row(self) -> dict[str, Any]:
        """The sample as pages draw it."""
        values = [{"text": self.before, "wrong": True}]
        return {"cell": self.message.where, "values": values, "after": self.after}


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Findings of one rule in one sheet: one thing to do."""

    sheet: Sheet
    rule: Rule
    field: str
    count: int
    repairable: int
    first: str
    last: str
    """Where its first and last cells stand."""
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


def causes(batch: Batch, checked: Mapping[str, CheckedSheet], language: str) -> list[Cause]:
    """What was found, by cause: errors first, those that one repair clears before others."""
    explained = {(e.sheet, e.rule): e for e in Explanation.objects.filter(batch=batch)}
    said = texts(batch)
    found = [
        _cause(batch, each, said[key], code, field, explained.get((key, code)), language)
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
    said: pl.DataFrame,
    code: str,
    field: str,
    explanation: Explanation | None,
    language: str,
) -> Cause:
    rule = rule_of(each.sheet, code, field)
    found = of_cause(each, code, field)
    repaired = _repaired(each, rule)
    return Cause(
        sheet=each.sheet,
        rule=rule,
        field=field,
        count=found["row"].n_unique(),
        repairable=len(repaired),
        first="!".join(place_of(batch, each.sheet.key, found["row"][0], field)),
        last="!".join(place_of(batch, each.sheet.key, found["row"][-1], field)),
        sample=_sample(batch, each, said, found, repaired, language),
        explanation=explanation,
    )


def of_cause(each: CheckedSheet, code: str, field: str) -> pl.DataFrame:
    """The findings of one cause, in the order of the file."""
    is_it = (pl.col("rule") == code) & (pl.col("field") == field)
    return each.findings.filter(is_it).sort("row")


def repairs(each: CheckedSheet, rule: Rule) -> pl.DataFrame:
    """New texts of the cells that a rule's repair changes: `row` and one column for each field."""
    repaired = _repaired(each, rule)
    return repaired.select("row", *(_as_text(repaired[name]) for name in repaired.columns[1:]))


def _repaired(each: CheckedSheet, rule: Rule) -> pl.DataFrame:
    """The values a repair gives, typed.

    A repair can only change what the file says: a blank cell leaves what the register holds.
    """
    if rule.repair is None:
        return pl.DataFrame(schema={"row": pl.Int32})
    found = of_cause(each, rule.code, rule.field)
    broken = each.rows.filter(pl.col("row").is_in(found["row"].unique().implode()))
    if rule.repair.applies is not None:
        broken = broken.filter(rule.repair.applies)
    values = (value.alias(field) for field, value in rule.repair.values.items())
    repaired = broken.select(pl.col("row").cast(pl.Int32), *values)
    return repaired.filter(_changes_the_file(each, repaired))


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
    said: pl.DataFrame,
    found: pl.DataFrame,
    repaired: pl.DataFrame,
    language: str,
) -> list[Sample]:
    """The first cells, those that a repair mends before others."""
    mended = pl.col("row").is_in(repaired["row"].implode())
    first = found.sort(mended, descending=True, maintain_order=True).head(SAMPLE)
    before, in_file = _by_row(each.rows, first["row"]), _by_row(said, first["row"])
    after = _by_row(repaired, first["row"])
    return [
        Sample(
            message=one,
            before=_before(each.sheet, one.field, in_file[one.row], before[one.row]),
            after=_after(each.sheet, one.field, after.get(one.row)),
        )
        for one in messages(batch, each, first, language)
    ]


def _by_row(frame: pl.DataFrame, rows: pl.Series) -> dict[int, dict[str, Any]]:
    found = frame.filter(pl.col("row").is_in(rows.implode()))
    return {row["row"]: row for row in found.iter_rows(named=True)}


def _before(
    sheet: Sheet, field: str, in_file: Mapping[str, Any], effective: Mapping[str, Any]
) -> str:
    """What the file says, as it says it; where it is silent, what the register holds."""
    text = in_file.get(field)
    if text:
        return shown_text(sheet.columns[field], text)
    return _shown(sheet, field, effective.get(field))


def _after(sheet: Sheet, field: str, repaired: Mapping[str, Any] | None) -> str | None:
    """What a repair makes of a row, in words; it may mend another column than the one at fault."""
    if repaired is None:
        return None
    changed = {key: value for key, value in repaired.items() if key != "row"}
    if set(changed) == {field}:
        return _shown(sheet, field, changed[field])
    said = (f"{sheet.columns[k].label()}: {_shown(sheet, k, v)}" for k, v in changed.items())
    return "; ".join(said)


def _shown(sheet: Sheet, field: str, value: Any) -> str:
    return gettext("(trống)") if value is None else written(sheet.columns[field].declaration, value)
