"""However a class list is laid out and decorated, the same learners are read from it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sobo.intake.reading.tables import find_table
from sobo.intake.reading.values import days, whole_numbers
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.tests.reading.workbooks import (
    HEADINGS,
    LABELS,
    LEARNERS,
    WRITERS,
    SheetPlan,
    Value,
    decomposed,
    plain_list,
    write_xlsx,
)
from sobo.kernel.excel import serial_of_day

GROUPED = {"father": ("Họ tên", "Cha"), "mother": ("Họ tên", "Mẹ")}
PLAIN_FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "capitals": str.upper,
    "double blanks": lambda text: text.replace(" ", "  "),
    "line break": lambda text: text.replace(" ", "\n", 1),
    "asterisk": lambda text: f"{text} (*)",
    "decomposed": decomposed,
}


@dataclass(frozen=True)
class Mess:
    """One way to spoil a list; every field is independent of the others."""

    format: str
    titles: int
    label_form: str
    grouped_heading: bool
    numbering_row: bool
    ordinals: bool
    order: int
    blank_columns_left: int
    note_column: bool
    dates: str
    numbers_as_numbers: bool
    repeat_heading_after: int | None
    title_before_repeat: bool
    totals: bool
    signatures: bool
    empty_numbered_lines: int
    merged_classes: bool
    split_name: bool
    decomposed_values: bool
    hidden_column: bool


MESSES = st.builds(
    Mess,
    format=st.sampled_from(sorted(WRITERS)),
    titles=st.integers(0, 9),
    label_form=st.sampled_from(sorted(PLAIN_FORMS)),
    grouped_heading=st.booleans(),
    numbering_row=st.booleans(),
    ordinals=st.booleans(),
    order=st.integers(0, 5),
    blank_columns_left=st.integers(0, 2),
    note_column=st.booleans(),
    dates=st.sampled_from(["day", "serial", "text"]),
    numbers_as_numbers=st.booleans(),
    repeat_heading_after=st.none() | st.integers(1, 7),
    title_before_repeat=st.booleans(),
    totals=st.booleans(),
    signatures=st.booleans(),
    empty_numbered_lines=st.integers(0, 3),
    merged_classes=st.booleans(),
    split_name=st.booleans(),
    decomposed_values=st.booleans(),
    hidden_column=st.booleans(),
)


class MessyList:
    """Writes the learners down the way a `Mess` says."""

    def __init__(self, mess: Mess) -> None:
        self.mess = mess
        self.plan = SheetPlan()
        self.row = 0
        keys = list(LABELS)
        random.Random(mess.order).shuffle(keys)
        if mess.grouped_heading:  # the two columns of a group stand side by side
            keys = [key for key in keys if key not in GROUPED] + list(GROUPED)
        self.keys = keys
        self.first = mess.blank_columns_left + mess.ordinals
        self.columns: dict[str, int] = {}
        column = self.first
        for key in keys:
            self.columns[key] = column
            column += 2 if key == "name" and self.splits_name else 1
        self.end = column

    @property
    def has_merges(self) -> bool:
        return self.mess.format != "csv"

    @property
    def splits_name(self) -> bool:
        return self.mess.split_name and self.has_merges

    def build(self) -> SheetPlan:
        mess = self.mess
        self.titles()
        self.heading()
        if mess.numbering_row:
            for at, column in enumerate(range(self.first, self.end), start=1):
                self.plan.write(self.row, column, f"({at})")
            self.row += 1
        for at, learner in enumerate(LEARNERS):
            if at == mess.repeat_heading_after:
                if mess.title_before_repeat:
                    self.plan.write(
                        self.row, self.columns["name"], "DANH SÁCH HỌC SINH (tiếp theo)"
                    )
                    self.row += 2
                self.heading()
            self.learner(at, learner)
        self.merge_classes()
        self.ending()
        if mess.hidden_column:
            self.plan.hidden_columns.add(self.columns["class"])
        return self.plan

    def titles(self) -> None:
        texts = [
            "UBND PHƯỜNG SÀI GÒN",
            "TRƯỜNG TIỂU HỌC HOA SEN",
            "",
            "DANH SÁCH HỌC SINH",
            "Năm học 2026-2027",
            "Lớp: 1A, 1B",
        ]
        for _ in range(self.mess.titles):
            self.plan.write(self.row, self.first, texts[self.row % len(texts)])
            self.row += 1

    def heading(self) -> None:
        depth = 2 if self.mess.grouped_heading else 1
        form = PLAIN_FORMS[self.mess.label_form]
        if self.mess.ordinals:
            self.plan.merge(self.row, self.first - 1, depth, 1, "STT")
        for key, column in self.columns.items():
            if depth == 2 and key in GROUPED:
                continue
            width = 2 if key == "name" and self.splits_name else 1
            self.plan.merge(self.row, column, depth, width, form(LABELS[key]))
        if depth == 2:
            self.plan.merge(self.row, self.columns["father"], 1, 2, form("Họ tên"))
            for key in GROUPED:
                self.plan.write(self.row + 1, self.columns[key], form(GROUPED[key][1]))
        if self.mess.note_column:
            self.plan.merge(self.row, self.end, depth, 1, "Ghi chú")
        self.row += depth

    def learner(self, at: int, learner: Mapping[str, Value]) -> None:
        if self.mess.ordinals:
            self.plan.write(self.row, self.first - 1, at + 1)
        for key, column in self.columns.items():
            value = self.value(key, learner[key])
            if key == "name" and self.splits_name:
                rest, _, given = str(value).rpartition(" ")
                self.plan.write(self.row, column, rest)
                self.plan.write(self.row, column + 1, given)
            else:
                self.plan.write(self.row, column, value)
        self.row += 1

    def value(self, key: str, value: Value) -> Value:
        if isinstance(value, date):
            shapes: dict[str, Value] = {
                "day": value,
                "serial": serial_of_day(value),
                "text": f"{value:%d/%m/%Y}",
            }
            return shapes[self.mess.dates]
        if key == "height":
            return float(str(value)) if self.mess.numbers_as_numbers else str(value)
        return decomposed(str(value)) if self.mess.decomposed_values else str(value)

    def merge_classes(self) -> None:
        """Merge equal neighbours of the class column, as a clerk does to make it look tidy."""
        if not self.mess.merged_classes or not self.has_merges:
            return
        column = self.columns["class"]
        start = None
        for row in range(self.row + 1):
            value = self.plan.cells.get((row, column))
            is_class = value in ("1A", "1B")
            if start is not None and (not is_class or value != self.plan.cells[start, column]):
                if row - start > 1:
                    self.plan.merged.append((start, column, row - 1, column))
                    for covered in range(start + 1, row):
                        del self.plan.cells[covered, column]
                start = None
            if is_class and start is None:
                start = row

    def ending(self) -> None:
        if self.mess.ordinals:
            for at in range(self.mess.empty_numbered_lines):
                self.plan.write(self.row, self.first - 1, len(LEARNERS) + at + 1)
                self.row += 1
        if self.mess.totals:
            self.plan.write(self.row, self.first, f"Tổng cộng: {len(LEARNERS)} học sinh")
            self.row += 1
        if self.mess.signatures:
            self.row += 1
            self.plan.write(self.row, self.end - 3, "Ngày 10 tháng 9 năm 2026")
            self.plan.merge(self.row + 1, self.first, 1, 2, "Người lập biểu")
            self.plan.merge(self.row + 1, self.end - 3, 1, 3, "HIỆU TRƯỞNG")
            self.plan.write(self.row + 2, self.end - 3, "(Ký, ghi rõ họ tên)")
            self.plan.write(self.row + 5, self.end - 3, "Phạm Thị Mai")


def read_learners(path: Path) -> pl.DataFrame:
    frame = find_table(read_workbook(path).sheets[0], HEADINGS).frame
    return frame.select(sorted(LABELS)).with_columns(
        days(pl.col("born_on")).value, whole_numbers(pl.col("height")).value
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mess=MESSES)
def test_every_mess_gives_the_learners_of_the_clean_file(mess: Mess) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clean = read_learners(write_xlsx(Path(folder) / "clean.xlsx", plain_list()))
        messy = WRITERS[mess.format](Path(folder) / "messy", MessyList(mess).build())
        assert read_learners(messy).to_dicts() == clean.to_dicts()
        assert clean.height == len(LEARNERS)
