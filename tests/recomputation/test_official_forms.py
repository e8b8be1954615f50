"""Every cell of the two official forms, recomputed in plain SQL and compared school by school.

The SQL (`records.sql`, `columns.sql` and a file for each sheet) is written from the wording of the
forms and the readings shown on them, and shares neither code nor conditions with the program. It
reads the demo nation and the schools of `cases.sql`, in which no cell is nought everywhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl
import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from sobo.configuration import configuration
from sobo.demo import load, nation
from sobo.reporting.forms.definition import Definition
from sobo.reporting.forms.definitions import definition
from sobo.reporting.forms.engine import compute
from sobo.reporting.forms.register_rows import RegisterRows
from sobo.reporting.forms.values import Blank, FormValues, add
from sobo.reporting.register import register_rows

Connection: TypeAlias = psycopg.Connection[Any]
Figures: TypeAlias = Counter[tuple[str, int]]
"""Figures by row and column; a cell that is nought is left out."""

NATION = "sobo_test_nation"
REFERENCE_DAY = date(2026, 9, 30)
SCHOOL_YEAR = 2026

SHEETS = {
    "01-MN-ĐN": ("mn_schools", "mn_children", "mn_staff", "mn_rooms"),
    "02-TH-ĐN": ("th_schools", "th_learners", "th_staff", "th_rooms"),
}
"""The SQL of each form; its budget sheet waits for the finance data."""

NOT_APPLICABLE = {
    "01-MN-ĐN": {("120", column) for column in (3, 4, 7, 8, 11, 12, 15, 16)},
    "02-TH-ĐN": {("76", column) for column in (3, 4, 7, 8, 11, 12)},
}
"""Cells that hold `#`: all who are counted there are of an ethnic minority."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One form as the program computes it and as the SQL does."""

    definition: Definition
    nation: FormValues
    schools: Mapping[int, FormValues]
    recomputed: Mapping[int, Figures]


@pytest.fixture(scope="module")
def register(databases: Any, bare: str) -> Iterator[Connection]:
    """The demo nation and the made schools, in a database of their own."""
    databases.copy(bare, NATION)
    with closing(databases.as_owner(NATION)) as connection:
        territory, batches = nation.nation()
        # No form counts guardians, the largest table of all.
        light = (replace(batch, guardians=batch.guardians.clear()) for batch in batches)
        load.load(connection, territory, light)
        connection.execute(_sql("cases"))
        connection.commit()
        yield connection


@pytest.fixture(scope="module")
def rows(register: Connection, django_db_blocker: Any) -> RegisterRows:
    """The register's rows as the program reads them, past row-level security."""
    ids = [row[0] for row in register.execute("SELECT id FROM institutions_institution")]
    usual = connections["default"]
    with django_db_blocker.unblock(), closing(_as_owner(usual)) as owner:
        connections["default"] = owner
        try:
            return register_rows(institution_ids=ids, school_year=SCHOOL_YEAR)
        finally:
            connections["default"] = usual


def _as_owner(usual: Any) -> Any:
    url = conninfo_to_dict(configuration().owner_url)
    other = usual.copy()
    other.settings_dict.update(
        NAME=NATION, USER=url["user"], PASSWORD=url["password"], HOST=url["host"],
        PORT=url["port"], OPTIONS={},
    )  # fmt: skip
    return other


@pytest.fixture(scope="module")
def records(register: Connection) -> Connection:
    """The connection that holds the temporary tables which the sheets count."""
    register.execute(_sql("records"))
    register.execute(_sql("columns"))
    return register


@pytest.fixture(scope="module", params=SHEETS)
def comparison(request: Any, records: Connection, rows: RegisterRows) -> Comparison:
    """Each form, computed both ways."""
    form = definition(request.param, on=REFERENCE_DAY)
    return Comparison(
        definition=form,
        nation=compute(form, rows, of="BO", on=REFERENCE_DAY),
        schools={
            school: compute(form, own, of=str(school), on=REFERENCE_DAY)
            for school, own in _by_school(rows, form.level)
        },
        recomputed=_recomputed(records, form.code),
    )


def _by_school(rows: RegisterRows, level: str) -> Iterator[tuple[int, RegisterRows]]:
    schools = rows["institution"].filter(pl.col("levels").list.contains(level))
    for school in schools["id"]:
        yield (
            school,
            {
                dataset: frame.filter(pl.col(_key_of_school(dataset)) == school)
                for dataset, frame in rows.items()
            },
        )


def _key_of_school(dataset: str) -> str:
    return "id" if dataset == "institution" else "institution_id"


def _recomputed(records: Connection, form: str) -> dict[int, Figures]:
    schools: dict[int, Figures] = {}
    for sheet in SHEETS[form]:
        for school, row, column, figure in records.execute(_sql(sheet)):
            schools.setdefault(school, Counter())[row, column] = int(figure)
    return schools


def _sql(name: str) -> bytes:
    return Path(__file__).with_name(f"{name}.sql").read_bytes()


def _figures(values: FormValues) -> Figures:
    return Counter(
        {(key.row, key.column): cell for key, cell in values.cells.items() if isinstance(cell, int)}
    )


def test_every_cell_of_every_school_is_what_the_sql_counts(comparison: Comparison) -> None:
    differences = [
        f"school {school}, row {row}, column {column}: {figures[row, column]}, "
        f"by SQL {expected[row, column]}"
        for school, values in comparison.schools.items()
        for figures, expected in [(_figures(values), comparison.recomputed.get(school, Counter()))]
        for row, column in sorted(figures.keys() | expected.keys())
        if figures[row, column] != expected[row, column]
    ]
    assert differences == []


def test_the_sql_counts_no_school_that_files_no_such_form(comparison: Comparison) -> None:
    assert comparison.recomputed.keys() <= comparison.schools.keys()


def test_the_nation_is_the_sum_of_its_schools(comparison: Comparison) -> None:
    whole, parts = comparison.nation, comparison.schools.values()
    assert whole.figures == add(parts, of="BO").figures
    assert +_figures(whole) == sum(comparison.recomputed.values(), Counter())


def test_cells_that_do_not_apply_are_blank_and_no_others(comparison: Comparison) -> None:
    blank = {
        (key.row, key.column)
        for key, cell in comparison.nation.cells.items()
        if cell is Blank.NOT_APPLICABLE
    }
    assert blank == NOT_APPLICABLE[comparison.definition.code]


def test_no_cell_of_the_official_rows_is_nought_everywhere(comparison: Comparison) -> None:
    empty = [
        f"row {row.code}, column {column.number}"
        for sheet in comparison.definition.sheets
        for row in sheet.rows
        for column in sheet.columns
        if row.code and comparison.nation.figure(sheet.key, row.key, column.number) == 0
    ]
    assert empty == []
