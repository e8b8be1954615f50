"""Every question about batches: rows with edits, findings, repairs, what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sobo.intake import models, storage
from sobo.intake.checking import CheckedSheet, rules_in
from sobo.intake.models import Batch, Edit, Explanation
from sobo.intake.recognition import ROWS_A_SHEET, cell_of
from sobo.kernel.actor import Actor
from sobo.kernel.task import Task
from sobo.registry.sheets import Sheet, sheet_by_key
from sobo.specification.checks import check_of, is_check
from sobo.specification.rules import Rule, rule_by_code

STATE_NAMES = {
    models.RECEIVED: _("Đã nhận"),
    models.READ: _("Đã đọc"),
    models.CHECKED: _("Đã kiểm tra"),
    models.COMMITTED: _("Đã ghi vào sổ"),
    models.UNDONE: _("Đã hoàn tác"),
    models.REFUSED: _("Không đọc được"),
    models.FAILED: _("Gặp sự cố, sẽ thử lại"),
}


def state_name(state: str) -> str:
    """A batch's state in words."""
    return str(STATE_NAMES[state])


def batches(institution_id: int) -> QuerySet[Batch]:
    """An institution's batches, newest first."""
    return Batch.objects.filter(institution_id=institution_id).order_by("-id")


def texts(batch: Batch) -> dict[str, pl.DataFrame]:
    """Rows as text by sheet, with the edits that stand laid over them."""
    edits: dict[str, list[tuple[int, str, str | None]]] = {}
    standing = Edit.objects.filter(batch=batch, undone_at__isnull=True).order_by("group", "id")
    for sheet, row, field, value in standing.values_list("sheet", "row", "field", "value"):
        edits.setdefault(sheet, []).append((row, field, value))
    return {
        key: _with_edits(rows, edits.get(key, ()))
        for key, rows in storage.rows_as_read(batch.public_id).items()
        if "." not in key
    }


def _with_edits(rows: pl.DataFrame, edits: Iterable[tuple[int, str, str | None]]) -> pl.DataFrame:
    """Later edits of a cell win; a column the file lacks appears when a cell of it is written."""
    by_field: dict[str, dict[int, str | None]] = {}
    for row, field, value in edits:
        by_field.setdefault(field, {})[row] = value
    for field, values in by_field.items():
        if field not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(field))
        said = pl.DataFrame(
            {"row": list(values), "_said": list(values.values())},
            schema={"row": rows.schema["row"], "_said": pl.String},
        ).with_columns(pl.lit(value=True).alias("_edited"))
        rows = (
            rows.join(said, on="row", how="left", maintain_order="left")
            .with_columns(pl.when("_edited").then("_said").otherwise(field).alias(field))
            .drop("_said", "_edited")
        )
    return rows


def keep_findings(batch: Batch, checked: Mapping[str, CheckedSheet]) -> None:
    """Keep what a check found, so that pages need not check again."""
    for key, each in checked.items():
        storage.keep_rows(batch.public_id, f"{key}.findings", each.findings)


def findings(batch: Batch) -> dict[str, pl.DataFrame]:
    """The findings of the last check, by sheet."""
    return {
        key.removesuffix(".findings"): frame
        for key, frame in storage.rows_as_read(batch.public_id).items()
        if key.endswith(".findings")
    }


def repairs(each: CheckedSheet, rule: Rule) -> pl.DataFrame:
    """New texts of the cells that a rule's repair changes: `row` and one column for each field."""
    if rule.repair is None:
        return pl.DataFrame(schema={"row": pl.Int32})
    rows = each.findings.filter(pl.col("rule") == rule.code)["row"].unique()
    broken = each.rows.filter(pl.col("row").is_in(rows.implode()))
    if rule.repair.applies is not None:
        broken = broken.filter(rule.repair.applies)
    return broken.select(
        pl.col("row").cast(pl.Int32),
        *(value.cast(pl.String).alias(field) for field, value in rule.repair.values.items()),
    )


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Findings of one rule in one sheet: one thing to do."""

    sheet: Sheet
    rule: Rule
    count: int
    repairable: int
    sample: list[dict[str, Any]]
    """First rows: `cell`, `message`, `row`."""
    explanation: Explanation | None


def causes(batch: Batch, checked: Mapping[str, CheckedSheet], language: str) -> list[Cause]:
    """Findings grouped by cause, errors first, those that one repair clears before others."""
    explained = {(e.sheet, e.rule): e for e in Explanation.objects.filter(batch=batch)}
    found = [
        _cause(batch, each, code, explained.get((key, code)), language)
        for key, each in checked.items()
        for code in rules_in(each.findings)
    ]
    return sorted(found, key=lambda c: (c.rule.severity.value != "error", -c.repairable, -c.count))


SAMPLE = 5


def _cause(
    batch: Batch, each: CheckedSheet, code: str, explanation: Explanation | None, language: str
) -> Cause:
    rule = rule_by_code(code)
    found = each.findings.filter(pl.col("rule") == code)
    return Cause(
        sheet=each.sheet,
        rule=rule,
        count=found["row"].n_unique(),
        repairable=len(repairs(each, rule)),
        sample=messages(batch, each, found.head(SAMPLE), language),
        explanation=explanation,
    )


def messages(
    batch: Batch, each: CheckedSheet, found: pl.DataFrame, language: str
) -> list[dict[str, Any]]:
    """Findings in words, with the cell as the school sees it."""
    rows = {row["row"]: row for row in _shown(each, found).iter_rows(named=True)}
    return [
        {
            "row": row,
            "field": field,
            "rule": code,
            "where": cell(batch, each.sheet.key, row, field),
            "message": message(each.sheet, code, field, rows[row], language),
            "plain": message(each.sheet, code, field, None, language),
        }
        for row, field, code in found.select("row", "field", "rule").iter_rows()
    ]


def _shown(each: CheckedSheet, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of findings, with what their rules' texts show."""
    shows = {
        name: value
        for code in found["rule"].unique()
        for name, value in rule_by_code(code).shows.items()
    }
    rows = each.rows.filter(pl.col("row").is_in(found["row"].unique().implode()))
    return rows.with_columns(value.alias(name) for name, value in shows.items())


def message(
    sheet: Sheet, code: str, field: str, row: Mapping[str, Any] | None, language: str
) -> str:
    """A rule's text over a row; without a row, its text without values."""
    rule = check_of(code, sheet.columns[field]) if is_check(code) else rule_by_code(code)
    if row is None:
        return rule.plain(language)
    return rule.text(language).format_map(_Words(sheet, row, language))


class _Words(dict[str, Any]):
    """Values of a row as a message shows them: codes by their labels, days as people write."""

    def __init__(self, sheet: Sheet, row: Mapping[str, Any], language: str) -> None:
        super().__init__(row)
        self.sheet, self.language = sheet, language

    def __getitem__(self, key: str) -> Any:
        value = super().get(key)
        if value is None:
            return "—"
        column = self.sheet.columns.get(key)
        if column is not None and column.declaration.kind == "code":
            return column.declaration.code_list.label(value, self.language)
        return value


def cell(batch: Batch, sheet: str, row: int, field: str) -> str:
    """Where a value stands in the school's own file, as `Khối 3!K6`."""
    for described in batch.summary.get("sheets", ()):
        if described["position"] == row // ROWS_A_SHEET:
            letter = described["letters"].get(field)
            reference = cell_of(row, letter) if letter else str(row % ROWS_A_SHEET)
            return f"{described['name']}!{reference}"
    return sheet_by_key(sheet).name


def tasks(actor: Actor, now: datetime) -> list[Task]:
    """Batches that wait for this person."""
    waiting = Batch.objects.filter(
        institution_id=actor.institution_id, state=models.CHECKED, sent_by=actor.account_id
    )
    return [
        Task(
            title=str(_("Tệp “{name}” chưa ghi vào sổ")).format(name=batch.file_name),
            why=str(_("Chưa có gì được ghi; xem lại và ghi.")),
            url=reverse("intake:batch", args=[batch.public_id]),
            action=str(_("Mở tệp")),
        )
        for batch in waiting[:5]
    ]
