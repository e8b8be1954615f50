"""Columns of a batch that one act would put right, with a few rows to judge by."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sobo.intake.misplaced import Move
from sobo.intake.models import Batch
from sobo.intake.queries.rows import texts
from sobo.intake.recognition import ROWS_A_SHEET, cell_of
from sobo.registry.sheets import Sheet, sheet_by_key

SAMPLE = 3


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A proposal to move values of one sheet of the file."""

    file_sheet: str
    sheet: Sheet
    heading_row: int | None
    move: Move
    sample: Sequence[tuple[int, str]]
    """Row and text of the first cells."""

    @property
    def sample_cells(self) -> list[tuple[str, str]]:
        """The sample as the school sees it: cell and text."""
        return [(cell_of(row, self.move.letter), text) for row, text in self.sample]

    @property
    def under(self) -> str:
        """Label of the heading the values stand under."""
        return self.sheet.columns[self.move.under].label()

    @property
    def meant(self) -> str:
        """Label of the column they belong to."""
        return self.sheet.columns[self.move.meant].label()


def moves(batch: Batch) -> list[Moved]:
    """What the reader proposes to move, sheet by sheet."""
    described = [each for each in batch.summary.get("sheets", ()) if each["move"]]
    rows = texts(batch) if described else {}
    return [
        Moved(
            file_sheet=each["name"],
            sheet=sheet_by_key(each["sheet"]),
            heading_row=each["heading_row"],
            move=Move(**each["move"]),
            sample=_sample(rows[each["sheet"]], each["position"], Move(**each["move"])),
        )
        for each in described
    ]


def _sample(rows: pl.DataFrame, position: int, move: Move) -> list[tuple[int, str]]:
    of_sheet = rows.filter(pl.col("row") // ROWS_A_SHEET == position).drop_nulls(move.under)
    return list(of_sheet.select("row", move.under).head(SAMPLE).iter_rows())
