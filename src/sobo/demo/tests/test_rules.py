"""The demo nation under the rules: no error anywhere, and queries only where they belong."""

from collections.abc import Mapping

import polars as pl
import pytest

from sobo.demo.calendar import DEMO_ON, SCHOOL_YEAR
from sobo.demo.nation import Batch
from sobo.demo.plans import plan_of, written_plans
from sobo.demo.sheet_rows import sheet_rows
from sobo.institutions.places import codes_in_use
from sobo.registry.context import context_for
from sobo.registry.matching import CODE_KNOWN
from sobo.registry.sheets import SHEETS, Sheet
from sobo.specification import checks, rules
from sobo.specification.checks import Asked

BIG_CLASSES, DEGREES = "LO-0301", {"NS-0301", "NS-0302"}
CROWDED = "th-binh-hung-hoa"
ONE_OF_EACH_KIND = list(
    {
        (plan.levels, plan.preschool_kind, plan.ownership, plan.kind, plan.place.is_hard): plan.key
        for plan in written_plans()
    }.values()
)


def findings(batch: Batch, key: str) -> pl.DataFrame:
    """Everything that any rule says of a school."""
    plan = plan_of(key)
    frames = {
        sheet.key: sheet_rows(batch, sheet, institution=plan.id).with_columns(
            pl.lit(value=True).alias(CODE_KNOWN), row=pl.int_range(pl.len(), dtype=pl.Int32)
        )
        for sheet in SHEETS
    }
    profile = batch.institutions.row(plan.id - 1, named=True)
    return pl.concat([_of_sheet(sheet, frames, profile) for sheet in SHEETS])


def _of_sheet(
    sheet: Sheet, frames: Mapping[str, pl.DataFrame], profile: dict[str, object]
) -> pl.DataFrame:
    rows = context_for(
        sheet.key, frames, institution=profile, school_year=SCHOOL_YEAR.start_year, on=DEMO_ON
    )
    levels = profile["levels"]
    assert isinstance(levels, list)
    asked = Asked(levels=levels, places=codes_in_use(), columns=sheet.columns)
    written = [rule for rule in rules.rules_of(sheet.key) if not checks.is_check(rule.code)]
    return pl.concat([checks.broken(rows, asked=asked), rules.broken(rows, written)])


@pytest.mark.parametrize("key", ONE_OF_EACH_KIND)
def test_no_school_has_an_error(batch: Batch, key: str) -> None:
    errors = findings(batch, key).filter(pl.col("severity") == rules.Severity.ERROR.value)
    assert errors["rule"].to_list() == []


def test_the_crowded_school_has_its_big_classes_to_explain(batch: Batch) -> None:
    found = findings(batch, CROWDED)
    assert set(found["rule"]) == {BIG_CLASSES}
    assert found.height == 30


@pytest.mark.parametrize("key", ["th-chieng-sinh", "th-ban-co", "mn-ban-co", "thpt-moc-chau"])
def test_the_schools_of_the_story_have_nothing_to_explain(batch: Batch, key: str) -> None:
    assert findings(batch, key).is_empty()


def test_in_hard_places_some_teach_with_the_degrees_of_before(batch: Batch) -> None:
    assert set(findings(batch, "mn-co-ma")["rule"]) <= DEGREES
