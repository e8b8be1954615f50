"""What a rule is: one Polars expression over rows, under its official code, with its two texts.

A web form (one row), a workbook (5,000 rows), an API batch and a provincial load (3,000,000 rows)
pass through the same rule. A rule sees the columns of its sheet and the context columns it names in
`needs`; the area's query supplies those from the live register.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

import polars as pl
from django.utils.module_loading import autodiscover_modules

from sobo.specification.fields import Level


class Severity(StrEnum):
    """What a finding asks of the school."""

    ERROR = "error"
    """Blocks: the row is not written."""
    QUERY = "query"
    """True but odd: accepted with a recorded explanation."""
    MACRO = "macro"
    """About the whole file or return, not one row."""


@dataclass(frozen=True, kw_only=True)
class Repair:
    """A change that clears a finding, offered for all its rows at once, and reversible."""

    vi: str
    en: str
    values: Mapping[str, pl.Expr]
    """New value of each column, as an expression over the offending row."""
    applies: pl.Expr | None = None
    """Where the repair can be made with confidence; everywhere when absent."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule; a rule about persons holds on every sheet that persons stand on."""

    code: str
    sheets: tuple[str, ...]
    field: str
    """The column its finding points at."""
    severity: Severity
    clause: str
    name: str
    """The sentence that should hold, from the function's name."""
    vi: str
    en: str
    """Texts shown on screen; `{column}` is replaced by the row's value."""
    plain_vi: str
    plain_en: str
    """Texts without any value: logs, JSON, downloads where values may not leave."""
    holds: Callable[[], pl.Expr]
    """True where the row is as it should be; null counts as true."""
    needs: tuple[str, ...] = ()
    """Context columns, supplied beside the sheet's own."""
    shows: Mapping[str, pl.Expr] = dataclasses.field(default_factory=dict)
    """Values computed for the text, by their name in it."""
    levels: tuple[Level, ...] = ()
    since: date | None = None
    until: date | None = None
    repair: Repair | None = None
    verified: bool = True
    """False where no text at hand confirms the clause; shown in the product too."""

    def text(self, language: str) -> str:
        """Screen text with its places for values."""
        return self.en if language == "en" else self.vi

    def plain(self, language: str) -> str:
        """The value-free text."""
        return self.plain_en if language == "en" else self.plain_vi

    def is_in_force(self, *, on: date) -> bool:
        """Whether the rule applies to rows of that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    on: str | tuple[str, ...],
    field: str,
    severity: Severity,
    clause: str,
    vi: str,
    en: str,
    plain_vi: str = "",
    plain_en: str = "",
    needs: Iterable[str] = (),
    shows: Mapping[str, pl.Expr] | None = None,
    levels: Iterable[Level] = (),
    since: date | None = None,
    until: date | None = None,
    repair: Repair | None = None,
    verified: bool = True,
) -> Callable[[Callable[[], pl.Expr]], Callable[[], pl.Expr]]:
    """Declare the decorated function as the rule `code` on the sheet or sheets `on`.

    The function returns an expression that is true where the row is as it should be. Plain texts
    may be left out where the screen text holds no value. Raises `ValueError` for a code used twice.
    """

    def declare(holds: Callable[[], pl.Expr]) -> Callable[[], pl.Expr]:
        if code in _RULES:
            raise ValueError(f"rule code {code} is used twice")
        if "{" in vi and not plain_vi:
            raise ValueError(f"rule {code} shows values and has no plain text")
        _RULES[code] = Rule(
            code=code,
            sheets=(on,) if isinstance(on, str) else on,
            field=field,
            severity=severity,
            clause=clause,
            name=holds.__name__,
            vi=vi,
            en=en,
            plain_vi=plain_vi or vi,
            plain_en=plain_en or en,
            holds=holds,
            needs=tuple(needs),
            shows=shows or {},
            levels=tuple(levels),
            since=since,
            until=until,
            repair=repair,
            verified=verified,
        )
        return holds

    return declare


@cache
def _declared() -> dict[str, Rule]:
    """Rules of every installed area, by code; importing an area's `rules` declares them."""
    autodiscover_modules("rules")
    return dict(sorted(_RULES.items()))


def rules_of(sheet: str) -> tuple[Rule, ...]:
    """The rules declared on a sheet, by code."""
    return tuple(r for r in _declared().values() if sheet in r.sheets)


def rule_by_code(code: str) -> Rule:
    """One rule. Raises `KeyError`."""
    return _declared()[code]


def all_rules() -> tuple[Rule, ...]:
    """Every declared rule, by code."""
    return tuple(_declared().values())


def broken(frame: pl.DataFrame, rules: Iterable[Rule]) -> pl.DataFrame:
    """Rows that break rules: columns `row` (Int32), `field`, `rule`, `severity` (String).

    `frame` holds `row`, the sheet's columns and every context column the rules need. All rules are
    evaluated in one pass over the frame.
    """
    wanted = tuple(rules)
    if not wanted or frame.is_empty():
        return empty_findings()
    verdicts = frame.select(
        "row", *(r.holds().fill_null(value=True).not_().alias(_verdict(r)) for r in wanted)
    )
    parts = [
        verdicts.filter(pl.col(_verdict(r))).select(
            pl.col("row").cast(pl.Int32),
            pl.lit(r.field).alias("field"),
            pl.lit(r.code).alias("rule"),
            pl.lit(r.severity.value).alias("severity"),
        )
        for r in wanted
    ]
    return pl.concat(parts)


def _verdict(r: Rule) -> str:
    """Name of a rule's column of verdicts: a check repeats its code for each field."""
    return f"{r.code} {r.field}"


def empty_findings() -> pl.DataFrame:
    """A frame of findings with no row in it."""
    return pl.DataFrame(
        schema={"row": pl.Int32, "field": pl.String, "rule": pl.String, "severity": pl.String}
    )
