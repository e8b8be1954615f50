"""The sample workbooks, through the intake's own reading and checking.

The register is the drawn nation itself, put where the database's answer would stand.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from sobo.demo import samples
from sobo.demo.calendar import DEMO_ON, SCHOOL_YEAR
from sobo.demo.cast import CITY_SCHOOL, STORY_SCHOOL
from sobo.demo.nation import Batch
from sobo.demo.plans import plan_of
from sobo.demo.sheet_rows import sheet_rows
from sobo.institutions.models import Institution
from sobo.intake import checking
from sobo.intake.reading.refusals import FileRefused
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.recognition import ROWS_A_SHEET, Recognised, cell_of, recognise
from sobo.registry.frames import record_column
from sobo.registry.sheets import Sheet
from sobo.specification.fields import Level


@pytest.fixture(scope="module")
def folder(batch: Batch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("samples")
    samples.write_samples(written, batch)
    return written


@pytest.fixture(scope="module")
def register(batch: Batch) -> Iterator[None]:
    """Let the intake find the drawn nation where it asks the database."""

    def known(sheet: Sheet, *, institution_ids: Sequence[int], school_year: int) -> pl.DataFrame:
        (institution,) = institution_ids
        rows = sheet_rows(batch, sheet, institution=institution)
        keys = [record_column(part) for part in sheet.parts]
        return rows.with_columns(
            pl.lit(institution).alias("institution_id"),
            pl.lit(value=False).alias("cancelled"),
            *(pl.int_range(pl.len(), dtype=pl.Int64).alias(key) for key in keys),
            *(pl.lit(1, dtype=pl.Int64).alias(f"{key}_version") for key in keys),
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "sheet_rows", known)
        yield


@dataclass(frozen=True)
class Checked:
    """A file after reading and checking."""

    sheets: dict[str, Recognised]
    found: dict[str, checking.CheckedSheet]

    @property
    def findings(self) -> list[tuple[str, str, str]]:
        """Sheet of the file, cell and rule."""
        by_position = {sheet.position: sheet for sheet in self.sheets.values()}
        return sorted(
            (
                by_position[row // ROWS_A_SHEET].name,
                cell_of(row, by_position[row // ROWS_A_SHEET].table.letters[key]),
                rule,
            )
            for each in self.found.values()
            for row, key, rule in each.findings.select("row", "field", "rule").iter_rows()
        )

    def outcomes(self, sheet: str) -> dict[str, int]:
        """How many rows are new, changed, the same."""
        return self.found[sheet].matched.counts()


def check(path: Path, batch: Batch, key: str) -> Checked:
    """Read a file and check it for one of the written schools."""
    plan = plan_of(key)
    profile = batch.institutions.row(plan.id - 1, named=True)
    school = checking.School(
        institution=Institution(**profile), school_year=SCHOOL_YEAR.start_year, on=DEMO_ON
    )
    found = recognise(read_workbook(path), [Level(level) for level in plan.levels], {})
    texts: dict[str, list[pl.DataFrame]] = {}
    for each in found:
        texts.setdefault(each.sheet.key, []).append(each.rows)
    together = {name: pl.concat(rows, how="diagonal_relaxed") for name, rows in texts.items()}
    return Checked({each.name: each for each in found}, checking.check(together, school))


@pytest.fixture(scope="module")
def clean(folder: Path, batch: Batch, register: None) -> Checked:
    return check(folder / samples.CLEAN, batch, STORY_SCHOOL)


@pytest.fixture(scope="module")
def messy(folder: Path, batch: Batch, register: None) -> Checked:
    return check(folder / samples.MESSY, batch, STORY_SCHOOL)


def test_the_clean_workbook_has_no_finding_and_some_sixty_changes(clean: Checked) -> None:
    assert clean.findings == []
    learners = clean.outcomes("learners")
    assert learners["new"] == 15
    assert 40 <= learners["changed"] <= 50
    assert learners["maybe"] == 0
    assert clean.outcomes("classes") == {"new": 0, "changed": 0, "same": 20, "maybe": 0}


def test_the_messy_workbook_has_exactly_the_findings_it_promises(
    folder: Path, messy: Checked
) -> None:
    promised = json.loads((folder / samples.EXPECTED).read_text(encoding="utf-8"))
    assert messy.findings == sorted((p["sheet"], p["cell"], p["rule"]) for p in promised)
    assert len({p["rule"] for p in promised}) >= 12


def test_the_messy_workbook_mended_is_the_clean_one(
    folder: Path, batch: Batch, messy: Checked, clean: Checked
) -> None:
    mends = json.loads((folder / samples.MENDED).read_text(encoding="utf-8"))
    texts = {
        key: pl.concat(
            [_mended(each, mends) for each in messy.sheets.values() if each.sheet.key == key],
            how="diagonal_relaxed",
        )
        for key in messy.found
    }
    school = checking.School(
        institution=Institution(**batch.institutions.row(plan_of(STORY_SCHOOL).id - 1, named=True)),
        school_year=SCHOOL_YEAR.start_year,
        on=DEMO_ON,
    )
    again = checking.check(texts, school)
    for key, each in again.items():
        assert each.findings.is_empty()
        assert _values(each).equals(_values(clean.found[key]))


def _mended(sheet: Recognised, mends: list[dict[str, str]]) -> pl.DataFrame:
    """The rows of a sheet with the values of its mends in their cells."""
    rows = sheet.rows
    for key, letter in sheet.table.letters.items():
        values = {
            int(mend["cell"].removeprefix(letter)): mend["value"] or None
            for mend in mends
            if mend["sheet"] == sheet.name and mend["cell"].rstrip("0123456789") == letter
        }
        is_mended = (pl.col("row") % ROWS_A_SHEET).is_in(list(values))
        new = (pl.col("row") % ROWS_A_SHEET).replace_strict(
            values, default=None, return_dtype=pl.String
        )
        if values:
            rows = rows.with_columns(pl.when(is_mended).then(new).otherwise(pl.col(key)).alias(key))
    return rows


def _values(each: checking.CheckedSheet) -> pl.DataFrame:
    """What would be written, in the order of names: sheets and rows may stand elsewhere."""
    columns = list(each.sheet.columns)
    return each.rows.select(columns).sort("code", "name" if "name" in columns else "full_name")


@pytest.mark.parametrize(
    ("sheet", "trouble", "code"),
    [
        ("Khối 1-3", "the heading is in row 5", "TA-0103"),
        ("Khối 1-3", "serial dates", "TA-0109"),
        ("Khối 1-3", "merged cells", "TA-0116"),
        ("Khối 1-3", "repeated headings", "TA-0111"),
        ("Khối 4-5", "a sum", "TA-0112"),
        ("Khối 4-5", "signatures", "TA-0113"),
        ("Khối 4-5", "hidden columns", "TA-0107"),
    ],
)
def test_the_messy_workbook_has_the_troubles_of_form(
    messy: Checked, sheet: str, trouble: str, code: str
) -> None:
    assert code in {note.code for note in messy.sheets[sheet].table.notes}, trouble


def test_the_messy_workbook_hides_a_sheet(folder: Path) -> None:
    sheets = read_workbook(folder / samples.MESSY).sheets
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    assert hidden == ["DanhMuc"]


@pytest.mark.usefixtures("register")
def test_the_hostile_workbook_is_read_as_text_and_no_formula_is_followed(
    folder: Path, batch: Batch
) -> None:
    hostile = check(folder / samples.HOSTILE, batch, STORY_SCHOOL)
    notes = {note.code for note in hostile.sheets["Học sinh"].table.notes}
    assert {"TA-0117", "TA-0121"} <= notes
    assert {rule for _sheet, _cell, rule in hostile.findings} == {"NG-0002"}


def test_a_workbook_with_macros_is_refused(folder: Path) -> None:
    with pytest.raises(FileRefused, match="TA-0004"):
        read_workbook(folder / samples.MACRO)


@pytest.mark.usefixtures("register")
def test_the_class_list_of_the_city_names_children_the_register_knows(
    folder: Path, batch: Batch
) -> None:
    listed = check(folder / samples.CLASS_LIST, batch, CITY_SCHOOL)
    outcomes = listed.outcomes("learners")
    assert outcomes["new"] == outcomes["maybe"] == 0
    assert outcomes["same"] + outcomes["changed"] >= 30
    assert listed.sheets["DSHS"].table.unmapped


def test_the_teacher_sheet_has_72_columns(folder: Path) -> None:
    (sheet,) = read_workbook(folder / samples.TEACHERS).sheets
    rows = list(sheet.rows())
    assert max(len([cell for cell in row if cell is not None]) for row in rows) == 72
