"""The messy workbook, mended in every way there is, comes to what the clean one says."""

import json
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction

from sobo.demo.samples import CLEAN, EXPECTED, MENDED, MESSY
from sobo.intake import marked_workbook, operations, storage
from sobo.intake.models import Batch
from sobo.intake.queries import moves
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.recognition import ROWS_A_SHEET, Choice
from sobo.intake.tests.workbooks import ON, YEAR, commit, found_in, send
from sobo.kernel.actor import Actor
from sobo.registry.frames import sheet_rows
from sobo.registry.sheets import CLASSES, LEARNERS

ISSUED = r"^_.*|^code$|^institution_id$"
"""Keys, versions and codes, which every writing gives anew."""


@pytest.fixture
def messy(clerk: Actor, samples: Path) -> Batch:
    return send((samples / MESSY).read_bytes(), clerk, name=MESSY)


def named_by_cell(batch: Batch) -> list[tuple[str, str, str]]:
    return sorted((one.sheet, one.cell, one.rule.code) for one in found_in(batch))


def told(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def in_the_grid(batch: Batch, mended: list[dict[str, str]]) -> list[tuple[str, int, str, str]]:
    """The mending as cells of the grid: sheet, row, column, text."""
    described = {each["name"]: each for each in batch.summary["sheets"]}
    cells = []
    for one in mended:
        sheet = described[one["sheet"]]
        letter = one["cell"].rstrip("0123456789")
        row = int(one["cell"].removeprefix(letter)) + sheet["position"] * ROWS_A_SHEET
        key = next(key for key, at in sheet["letters"].items() if at == letter)
        cells.append((sheet["sheet"], row, key, one["value"]))
    return cells


def register(clerk: Actor) -> list[pl.DataFrame]:
    """What the register says of the school, without what writing itself gives."""
    assert clerk.institution_id is not None
    order = {CLASSES: ["name"], LEARNERS: ["full_name", "birth", "school_class"]}
    return [
        sheet_rows(sheet, institution_ids=[clerk.institution_id], school_year=YEAR)
        .drop(pl.selectors.matches(ISSUED))
        .sort(by)
        for sheet, by in order.items()
    ]


def written(batch: Batch, clerk: Actor) -> list[pl.DataFrame]:
    """The register after a batch is written; undone again."""
    with transaction.atomic():
        commit(batch, clerk)
        found = register(clerk)
        transaction.set_rollback(True)
    return found


def test_it_yields_exactly_what_its_expectation_names(messy: Batch, samples: Path) -> None:
    expected = [(one["sheet"], one["cell"], one["rule"]) for one in told(samples / EXPECTED)]
    assert named_by_cell(messy) == sorted(expected)


def test_mended_in_the_grid_it_writes_what_the_clean_file_writes(
    messy: Batch, clerk: Actor, samples: Path
) -> None:
    cells = in_the_grid(messy, told(samples / MENDED))
    messy = operations.mend(batch_id=messy.pk, cells=cells, by=clerk, at=ON)
    assert named_by_cell(messy) == []
    clean = send((samples / CLEAN).read_bytes(), clerk, name=CLEAN)
    for ours, theirs in zip(written(messy, clerk), written(clean, clerk), strict=True):
        assert ours.equals(theirs)


def test_the_marked_up_workbook_says_the_same_and_mended_by_it_ends_clean(
    messy: Batch, clerk: Actor, samples: Path
) -> None:
    opened = read_workbook(storage.original(messy.public_id))
    marked = marked_workbook.marked(opened, found_in(messy), None)
    again = send(marked, clerk, name="ghi-chu.xlsx")
    assert named_by_cell(again) == named_by_cell(messy)
    cells = in_the_grid(again, told(samples / MENDED))
    assert named_by_cell(operations.mend(batch_id=again.pk, cells=cells, by=clerk, at=ON)) == []


def test_one_act_puts_the_columns_that_slid_where_they_belong(messy: Batch, clerk: Actor) -> None:
    before = len(found_in(messy))
    (slid,) = moves.moves(messy)
    choice = Choice(sheet=slid.sheet.key, heading_row=slid.heading_row, columns=slid.move.columns)
    moved = operations.choose_columns(
        batch_id=messy.pk, choices={slid.file_sheet: choice}, by=clerk, at=ON, remember=False
    )
    assert before > 400
    assert len(found_in(moved)) < 25
