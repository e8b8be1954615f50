"""Findings in words: a rule's text over a row, with the cell as the school sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from sobo.intake.checking import CheckedSheet
from sobo.intake.interpretation import WHY
from sobo.intake.models import Batch
from sobo.intake.reading.values import PROBLEMS
from sobo.intake.recognition import ROWS_A_SHEET, cell_of
from sobo.registry.checking import Words
from sobo.registry.sheets import Sheet, sheet_by_key
from sobo.specification.checks import check_of, is_check
from sobo.specification.rules import Rule, rule_by_code


@dataclass(frozen=True, kw_only=True)
class Message:
    """One finding in words."""

    row: int
    field: str
    rule: Rule
    sheet: str
    """Name of the sheet in the school's own file."""
    cell: str
    """Its cell there, as `K6`; only the row where the file lacks the column."""
    text: str
    plain: str
    """The same without any value: for logs, JSON, and files that may not hold values."""

    @property
    def where(self) -> str:
        """Sheet and cell as Excel names them."""
        return f"{self.sheet}!{self.cell}"


def messages(batch: Batch, each: CheckedSheet, found: pl.DataFrame, language: str) -> list[Message]:
    """Findings in words, in their order. `found` has the columns of findings."""
    shown = {row["row"]: row for row in _shown(each, found).iter_rows(named=True)}
    made = []
    for row, field, code in found.select("row", "field", "rule").iter_rows():
        rule, place = rule_of(each.sheet, code, field), place_of(batch, each.sheet.key, row, field)
        values = Words(each.sheet, shown[row], language)
        reason = _reason(shown[row].get(f"{field}{WHY}"), language)
        made.append(
            Message(
                row=row,
                field=field,
                rule=rule,
                sheet=place[0],
                cell=place[1],
                text=reason or rule.text(language).format_map(values),
                plain=reason or rule.plain(language),
            )
        )
    return made


def rule_of(sheet: Sheet, code: str, field: str) -> Rule:
    """The rule a finding names; a check speaks of its column."""
    return check_of(code, sheet.columns[field]) if is_check(code) else rule_by_code(code)


def _reason(code: str | None, language: str) -> str:
    """Why the reader did not understand a cell, which says more than that it did not."""
    if code is None:
        return ""
    wording = PROBLEMS[code]
    return wording.en if language == "en" else wording.vi


def _shown(each: CheckedSheet, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of findings, with what their rules' texts show."""
    shows: dict[str, pl.Expr] = {}
    for code in found["rule"].unique():
        shows |= rule_by_code(code).shows
    rows = each.rows.filter(pl.col("row").is_in(found["row"].unique().implode()))
    return rows.with_columns(value.alias(name) for name, value in shows.items())


def place_of(batch: Batch, sheet: str, row: int, field: str) -> tuple[str, str]:
    """Sheet and cell of a value in the school's own file."""
    for described in batch.summary.get("sheets", ()):
        if described["position"] == row // ROWS_A_SHEET:
            letter = described["letters"].get(field, "")
            return described["name"], cell_of(row, letter)
    return sheet_by_key(sheet).name, ""


def value_free(messages: Iterable[Message]) -> list[dict[str, str]]:
    """Findings as plain values for JSON, without any value of the file."""
    return [
        {
            "sheet": each.sheet,
            "cell": each.cell,
            "rule": each.rule.code,
            "severity": each.rule.severity.value,
            "message": each.plain,
        }
        for each in messages
    ]
