"""From the text of a file's cells to the types of the register, column by column.

A column with few different texts is read once for each of them, which is what makes a province of
rows as cheap as a school's.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import polars as pl

from sobo.institutions import places
from sobo.intake.reading import values
from sobo.intake.reading.values import Parsed
from sobo.kernel.partial_date import year_of
from sobo.registry.frames import dtype
from sobo.registry.sheets import Column, Sheet
from sobo.specification.checks import PROBLEM
from sobo.specification.codelists import code_list

WHY = "_why"
"""Suffix of the columns that say why a cell was not understood."""

NOT_OF_THE_LIST = "TA-0231"
"""The reading's own word for it; the list's rule (XX-0003) says it to the school."""

FEW_TEXTS = {"code", "yes_no", "place"}
BY_DISTINCT_TEXT = {"date", "partial_date", "whole"}
LIST_SEPARATORS = r"\s*[;,|]\s*"


def interpret(sheet: Sheet, texts: pl.DataFrame, *, province_code: str) -> pl.DataFrame:
    """Typed rows: `row`, the sheet's columns that the file has, and where any cell was not
    understood `<column>_problem` (Boolean) with `<column>_why` (code of `values.PROBLEMS`).

    `province_code` is where communes written by name are looked for. A text that is no code of its
    list stays as it is, for the rule about the list to find; any other text that cannot be read
    leaves the cell empty and its problem true.
    """
    typed: dict[str, pl.Series] = {}
    for key, column in _in_reading_order(sheet, texts):
        value, problem = _read(column, texts[key], typed, province_code)
        typed[key] = value
        if problem.null_count() < len(problem):
            typed[f"{key}{PROBLEM}"] = problem.is_not_null()
            typed[f"{key}{WHY}"] = problem
    carried = [name for name in ("institution_id", "_decision") if name in texts.columns]
    return texts.select("row", *carried).with_columns(
        series.alias(name) for name, series in typed.items()
    )


def _in_reading_order(sheet: Sheet, texts: pl.DataFrame) -> list[tuple[str, Column]]:
    """Personal numbers last: sex and birth tell whether a lost zero may be put back."""
    present = [(key, column) for key, column in sheet.columns.items() if key in texts.columns]
    return sorted(present, key=lambda pair: pair[1].declaration.kind == "personal_number")


def _read(
    column: Column, texts: pl.Series, so_far: Mapping[str, pl.Series], province_code: str
) -> tuple[pl.Series, pl.Series]:
    kind = column.declaration.kind
    if texts.null_count() == len(texts):
        return pl.Series([None] * len(texts), dtype=dtype(kind)), _no_problem(texts)
    if kind == "personal_number" and not column.part.prefix:
        return _personal_numbers(texts, so_far)
    if kind == "codes":
        return _read_lists(texts, _items(column.declaration.codes))
    near = province_code if kind == "place" else ""
    parsed = _parser(kind, column.declaration.codes, near, column.name == "full_name")
    if kind in FEW_TEXTS:
        return _read_learnt((kind, column.declaration.codes, near), texts, parsed)
    if kind in BY_DISTINCT_TEXT:
        return _read_distinct(kind, texts, parsed)
    return _parsed(kind, texts, parsed)


def _no_problem(texts: pl.Series) -> pl.Series:
    return pl.Series([None] * len(texts), dtype=pl.String)


Reader = Callable[[pl.Expr], Parsed]


@cache
def _parser(kind: str, codes: str, province_code: str, is_name: bool) -> Parsed:
    """How a kind of column is read from `text`; made once, since lists of places are long."""
    text = pl.col("text")
    if kind == "code":
        return values.codes(text, _items(codes))
    if kind == "place":
        return values.codes(text, places.spoken(codes, province_code))
    if is_name:
        return values.names(text)
    return READERS.get(kind, values.texts)(text)


READERS: Mapping[str, Reader] = {
    "whole": values.whole_numbers,
    "number": values.decimals,
    "date": values.days,
    "partial_date": values.partial_days,
    "yes_no": values.yes_or_no,
    "phone": values.phones,
    "personal_number": values.personal_numbers,
}


@cache
def _items(name: str) -> Mapping[str, Sequence[str]]:
    return {item.code: (item.vi, item.en, *item.aliases) for item in code_list(name).items}


_LEARNT: dict[tuple[str, str, str], dict[str | None, tuple[object, str | None]]] = {}
MOST_LEARNT = 20_000


def _read_learnt(
    of: tuple[str, str, str], texts: pl.Series, parsed: Parsed
) -> tuple[pl.Series, pl.Series]:
    """Read only texts of a list that were never met before: preparing to read costs more than all.

    What is remembered are spellings of codes, never anything of a person.
    """
    kind = of[0]
    learnt = _LEARNT.setdefault(of, {None: (None, None)})
    new = [text for text in texts.unique() if text not in learnt]
    if len(learnt) + len(new) > MOST_LEARNT:
        return _read_distinct(kind, texts, parsed)
    if new:
        value, problem = _parsed(kind, pl.Series(new, dtype=pl.String), parsed)
        learnt.update(zip(new, zip(value, problem, strict=True), strict=True))
    answers = [learnt[text] for text in texts.unique(maintain_order=True)]
    told = pl.DataFrame(
        {
            "text": texts.unique(maintain_order=True),
            "value": pl.Series([answer[0] for answer in answers], dtype=dtype(kind)),
            "problem": pl.Series([answer[1] for answer in answers], dtype=pl.String),
        }
    )
    return _placed(texts, told)


def _read_distinct(kind: str, texts: pl.Series, parsed: Parsed) -> tuple[pl.Series, pl.Series]:
    """Read each different text once and put the answers back in place."""
    distinct = texts.unique()
    value, problem = _parsed(kind, distinct, parsed)
    return _placed(texts, pl.DataFrame({"text": distinct, "value": value, "problem": problem}))


def _placed(texts: pl.Series, answers: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    placed = pl.DataFrame({"text": texts}).join(
        answers, on="text", how="left", nulls_equal=True, maintain_order="left"
    )
    return placed["value"], placed["problem"]


def _parsed(kind: str, texts: pl.Series, parsed: Parsed) -> tuple[pl.Series, pl.Series]:
    read = pl.DataFrame({"text": texts}).select("text", value=parsed.value, problem=parsed.problem)
    if kind in ("code", "place"):
        unknown = pl.col("problem") == NOT_OF_THE_LIST
        read = read.with_columns(
            value=pl.when(unknown).then("text").otherwise("value"),
            problem=pl.when(~unknown).then("problem"),
        )
    return read["value"].cast(dtype(kind)), read["problem"]


def _personal_numbers(
    texts: pl.Series, so_far: Mapping[str, pl.Series]
) -> tuple[pl.Series, pl.Series]:
    nothing = pl.Series([None] * len(texts), dtype=pl.String)
    rows = pl.DataFrame(
        {"text": texts, "sex": so_far.get("sex", nothing), "birth": so_far.get("birth", nothing)}
    )
    parsed = values.personal_numbers(
        pl.col("text"), sexes=pl.col("sex"), birth_years=year_of(pl.col("birth"))
    )
    read = rows.select(value=parsed.value, problem=parsed.problem)
    return read["value"], read["problem"]


def _read_lists(
    texts: pl.Series, items: Mapping[str, Sequence[str]]
) -> tuple[pl.Series, pl.Series]:
    """Several codes in one cell, with commas or semicolons between them; labels may have commas."""
    cells = pl.DataFrame({"text": texts}).with_row_index("at")
    whole = values.codes(pl.col("text"), items).value
    alone = cells.select("at", value=whole).drop_nulls("value")
    rest = cells.join(alone, on="at", how="anti").with_columns(
        pl.col("text").str.replace_all(LIST_SEPARATORS, "|").str.split("|")
    )
    parsed = values.codes(pl.col("text"), items)
    parts = rest.explode("text").select("at", value=pl.coalesce(parsed.value, "text"))
    gathered = pl.concat([alone, parts]).group_by("at").agg(pl.col("value").drop_nulls())
    lists = cells.join(gathered, on="at", how="left", maintain_order="left").select(
        pl.when(pl.col("value").list.len() > 0).then("value").alias("value")
    )
    return lists["value"], _no_problem(texts)
