"""One row of a form against the rules of the workbook, in its school as it stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from sobo.institutions import places
from sobo.institutions.models import Institution
from sobo.registry.context import context_for
from sobo.registry.frames import dtype, record_column, sheet_rows
from sobo.registry.matching import CODE_KNOWN
from sobo.registry.sheets import SHEETS, Part, Sheet
from sobo.specification import checks, rules
from sobo.specification.checks import Asked, check_of, is_check
from sobo.specification.records import declarations
from sobo.specification.rules import Severity, rule_by_code

ROW = 1
"""The number of the one row."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found in the row: its code, the field it points at, and its words."""

    rule: str
    field: str
    severity: Severity
    message: str
    clause: str

    @property
    def blocks(self) -> bool:
        """Whether the row cannot be written as it is."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """A school's register in one school year, for checking one row on a day."""

    institution: Institution
    school_year: int
    on: date

    @cached_property
    def frames(self) -> dict[str, pl.DataFrame]:
        """Every sheet of the school as the register has it."""
        return {
            sheet.key: sheet_rows(
                sheet, institution_ids=[self.institution.pk], school_year=self.school_year
            )
            for sheet in SHEETS
        }

    def row(self, sheet: Sheet, part: Part, key: int) -> dict[str, Any] | None:
        """The register's row whose record of a part has this key."""
        found = self.frames[sheet.key].filter(pl.col(record_column(part)) == key)
        return found.row(0, named=True) if len(found) else None

    def names(self, sheet: Sheet) -> dict[str, str]:
        """Names by code of the rows of a sheet that are not cancelled."""
        known = self.frames[sheet.key].filter(~pl.col("cancelled"))
        return dict(known.select("code", "name").sort("code").iter_rows())


def profile_of(institution: Institution) -> dict[str, Any]:
    """The institution's own columns, as the rules take them."""
    return {name: getattr(institution, name) for name in declarations(Institution)}


def frame_of(sheet: Sheet, values: Mapping[str, Any]) -> pl.DataFrame:
    """One typed row of a sheet; columns that are not given are empty."""
    types = {key: dtype(column.declaration.kind) for key, column in sheet.columns.items()}
    row = {key: _plain(values.get(key), kind) for key, kind in types.items()}
    return pl.DataFrame([{"row": ROW, **row}], schema={"row": pl.Int32(), **types})


def _plain(value: Any, kind: pl.DataType) -> Any:
    return float(value) if kind == pl.Float64() and value is not None else value


def findings(
    sheet: Sheet,
    values: Mapping[str, Any],
    *,
    record: Mapping[str, Any] | None,
    around: Surroundings,
    language: str,
) -> list[Finding]:
    """What the checks and rules find in a row, errors first.

    `values` is the whole row as it would stand; `record` the register's present row, if any.
    """
    frame = frame_of(sheet, values)
    rows = context_for(
        sheet.key,
        {**_others(sheet, record, around), sheet.key: _merged(sheet, frame, record, around)},
        institution=_profile(sheet, values, around),
        school_year=around.school_year,
        on=around.on,
    )
    found = broken(sheet, rows, levels=around.institution.levels, on=around.on)
    return _in_words(sheet, rows, found, language)


def broken(sheet: Sheet, rows: pl.DataFrame, *, levels: Collection[str], on: date) -> pl.DataFrame:
    """What checks and rules find in rows with their context: the same for every door.

    `levels` are those of the institutions; findings are as `specification.rules.broken` has them.
    """
    asked = Asked(levels=levels, places=places.codes_in_use(), columns=sheet.columns)
    in_force = [
        rule
        for rule in rules.rules_of(sheet.key)
        if rule.is_in_force(on=on) and not is_check(rule.code)
    ]
    found = pl.concat([checks.broken(rows, asked=asked), rules.broken(rows, in_force)])
    return found.unique(maintain_order=True)


def _others(
    sheet: Sheet, record: Mapping[str, Any] | None, around: Surroundings
) -> dict[str, pl.DataFrame]:
    """The other sheets as rules take them: nothing cancelled, nothing numbered."""
    return {key: _known(frame) for key, frame in around.frames.items() if key != sheet.key}


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(~pl.col("cancelled")).with_columns(pl.lit(None, pl.Int32).alias("row"))


def _merged(
    sheet: Sheet, frame: pl.DataFrame, record: Mapping[str, Any] | None, around: Surroundings
) -> pl.DataFrame:
    """The sheet as it would stand. A form never names a code, so none can be unknown."""
    known = _known(around.frames[sheet.key])
    if record is not None:
        anchor = record_column(_anchor(sheet))
        known = known.filter(pl.col(anchor) != record[anchor])
    merged = pl.concat([frame, known.select("row", *sheet.columns)], how="vertical_relaxed")
    return merged.with_columns(pl.lit(None, pl.Boolean).alias(CODE_KNOWN))


def _anchor(sheet: Sheet) -> Part:
    return next(part for part in sheet.parts if part.model is sheet.anchor)


def _profile(sheet: Sheet, values: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    """The profile around the row; of the profile itself, what it would be."""
    profile = profile_of(around.institution)
    own = {key: values[key] for key in values.keys() & profile.keys()}
    return profile | own if sheet.anchor is Institution else profile


def _in_words(
    sheet: Sheet, rows: pl.DataFrame, found: pl.DataFrame, language: str
) -> list[Finding]:
    said = [
        _finding(sheet, rows, field, code, language)
        for field, code in found.select("field", "rule").iter_rows()
    ]
    return sorted(said, key=lambda finding: not finding.blocks)


def _finding(sheet: Sheet, rows: pl.DataFrame, field: str, code: str, language: str) -> Finding:
    rule = check_of(code, sheet.columns[field]) if is_check(code) else rule_by_code(code)
    shown = rows.with_columns(value.alias(name) for name, value in rule.shows.items())
    return Finding(
        rule=code,
        field=field,
        severity=rule.severity,
        message=rule.text(language).format_map(Words(sheet, shown.row(0, named=True), language)),
        clause=rule.clause,
    )


class Words(dict[str, Any]):
    """Values of a row as a message shows them: codes by their labels, blanks by a dash."""

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
