"""Figures as a whole: open to their records, add up, sign the same, differ visibly."""

import json
from dataclasses import replace

import polars as pl
import pytest

from sobo.reporting.forms.definition import CellKey
from sobo.reporting.forms.definitions import all_definitions
from sobo.reporting.forms.engine import compute, records_behind, rows_under
from sobo.reporting.forms.frames import FormFrames, form_frames
from sobo.reporting.forms.register_rows import RegisterRows
from sobo.reporting.forms.values import Blank, add, canonical, differences, digest
from sobo.reporting.tests.forms.schools import (
    CODE,
    PRIVATE,
    REFERENCE_DAY,
    Given,
    figures,
    form,
    school,
    values,
)

TH = "02-TH-ĐN"


def _varied(given: Given | None = None) -> RegisterRows:
    return school(
        given,
        classes=[{"grade": "1"}, {"grade": "2", "is_merged": True, "merged_with": "L1"}],
        learners=[
            {"sex": "2", "ethnic_group": "03"},
            {"grade": "2", "class_id": 2, "birth": "2019-02-02", "is_inclusive": True},
            {"status": "05"},
        ],
        staff=[{"contract": "5"}, {"group": "1", "position": "01"}, {"sex": "2"}],
        rooms=[{"quantity": 7}, {"kind": "K"}],
        campuses=[{}],
    )


def test_a_figure_opens_to_exactly_the_records_it_counts() -> None:
    rows, definition = _varied(), form(TH)
    frames = _records(rows)
    held = {k: n for k, n in values(TH, rows).cells.items() if k.column == 1 and n != 0}
    assert len(held) > 20
    for key, figure in held.items():
        under = rows_under(definition, frames, key)
        assert _worth(under, rows) == figure, key
    assert rows_under(definition, frames, CellKey("III", "37", 2)).rows() == [
        ("learners", "learners-1", 1)
    ]


def _records(rows: RegisterRows) -> FormFrames:
    return form_frames(rows, level=form(TH).level, on=REFERENCE_DAY)


def _worth(under: pl.DataFrame, rows: RegisterRows) -> int:
    quantity = rows["rooms"].select("record_id", "quantity")
    joined = under.join(quantity, on="record_id", how="left")
    return int(joined["quantity"].fill_null(1).sum())


def test_a_blank_cell_has_nothing_under_it() -> None:
    under = rows_under(form(TH), _records(_varied()), CellKey("III", "76", 3))
    assert under.is_empty()
    assert under.columns == ["dataset", "record_id", "version"]


def test_an_unknown_cell_is_refused() -> None:
    with pytest.raises(KeyError):
        rows_under(form(TH), _records(_varied()), CellKey("III", "999", 1))


def test_a_signed_return_freezes_what_may_be_counted() -> None:
    behind = records_behind(_records(_varied()))
    assert behind["dataset"].value_counts(sort=True).sort("dataset").rows() == [
        ("campuses", 1), ("classes", 1), ("institution", 1), ("learners", 2), ("rooms", 2),
        ("staff", 3),
    ]  # fmt: skip


def test_forms_of_several_schools_add_up_to_the_form_of_all_their_rows() -> None:
    first = _varied()
    second = _second(_varied({"id": 2, "ownership": PRIVATE}))
    together = {name: first[name].vstack(second[name]) for name in first}
    total = add([values(TH, first), values(TH, second)], of="79")
    assert total.figures == values(TH, together).figures
    assert total.figure("I-II", "01") == 2
    assert total.figure("III", "76", 3) is Blank.NOT_APPLICABLE


def _second(rows: RegisterRows) -> RegisterRows:
    """The same rows as another institution's."""
    return {
        name: frame
        if name == "institution"
        else frame.with_columns(
            pl.lit(2, dtype=pl.Int64).alias("institution_id"),
            *(pl.col(key) + 10 for key in ("id", "class_id") if key in frame.columns),
        )
        for name, frame in rows.items()
    }


def test_only_forms_of_one_edition_and_day_add_up() -> None:
    primary, secondary = values(TH, _varied()), values("03-THCS-ĐN", _varied())
    with pytest.raises(ValueError, match="one edition"):
        add([primary, secondary], of="79")
    with pytest.raises(ValueError, match="one edition"):
        add([], of="79")


def test_the_canonical_form_depends_on_figures_alone() -> None:
    rows = _varied()
    shuffled = {name: frame.reverse() for name, frame in rows.items()}
    assert canonical(values(TH, rows)) == canonical(values(TH, shuffled))
    document = json.loads(canonical(values(TH, rows)))
    assert (document["form"], document["of"], document["level"]) == (TH, CODE, "02")
    assert document["school_year"] == "2026-2027"
    assert document["sheets"]["III"]["37"][:4] == [2, 1, 1, 1]
    assert document["sheets"]["III"]["76"][2] == "#"


def test_one_more_learner_shows_in_digest_and_differences() -> None:
    before = values(TH, school(classes=[{}]))
    after = values(TH, school(classes=[{}], learners=[{}]))
    assert digest(before) != digest(after)
    changed = differences(before, after)
    assert (CellKey("III", "37", 1), 0, 1) in changed
    assert {key.sheet for key, _old, _new in changed} == {"III"}
    assert differences(after, after) == ()


def test_figures_that_do_not_fit_the_form_are_refused() -> None:
    computed = values(TH, school())
    with pytest.raises(ValueError, match="cells"):
        replace(computed, figures=computed.figures[1:])


def test_an_empty_school_holds_noughts_where_nothing_waits() -> None:
    for definition in all_definitions():
        rows = school({"levels": [definition.level], "preschool_kind": "01"})
        computed = compute(definition, rows, of=CODE, on=REFERENCE_DAY)
        waiting = {sheet.key for sheet in definition.sheets if sheet.waits}
        learners = {n for k, n in computed.cells.items() if k.sheet in ("III", "IV", "V")}
        assert learners == {0, Blank.NOT_APPLICABLE}
        assert {k.sheet for k, n in computed.cells.items() if n is Blank.WAITING} == waiting


@pytest.mark.parametrize(("dataset", "column"), [("learners", "birth"), ("rooms", "in_use")])
def test_missing_columns_are_named(dataset: str, column: str) -> None:
    rows = dict(school())
    rows[dataset] = rows[dataset].drop(column)
    with pytest.raises(ValueError, match=column):
        values(TH, rows)


def test_a_school_without_the_level_is_not_on_its_form() -> None:
    rows = school({"levels": ["03"]}, classes=[{"grade": "1"}], learners=[{}], staff=[{}])
    assert figures(TH, rows, "01", "27", "37", "78") == [0, 0, 0, 0]
