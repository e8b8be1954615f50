"""A batch mended before it is written: repairs, acts taken back, reasons, cells typed anew."""

import json
import shutil

import pytest
from django.db import connection, transaction

from sobo.intake import operations, storage
from sobo.intake.models import Batch
from sobo.intake.policies import NotNow, ReasonTooShort
from sobo.intake.queries import batches, causes, grid, rows
from sobo.kernel.actor import Actor
from sobo.registry.sheets import LEARNERS

from .workbooks import ON, child, commit, found_in, learners, outcomes, rules_in, send

LOUD = [child(full_name=name) for name in ("ĐÀO MINH KHUÊ", "ĐÀO MINH KHÔI", "LÊ MAI")]


def named(batch: Batch) -> list[str]:
    return rows.texts(batch)[LEARNERS.key]["full_name"].to_list()


def test_one_repair_mends_every_row_and_is_taken_back_as_one(clerk: Actor) -> None:
    batch = send(learners(*LOUD), clerk)
    (cause,) = causes.causes(batch, rows.last_check(batch, ON), "vi")
    assert (cause.rule.code, cause.count, cause.repairable) == ("NG-0203", 3, 3)
    first = cause.sample[0]
    assert (first.before, first.after) == ("ĐÀO MINH KHUÊ", "Đào Minh Khuê")
    batch = operations.repair(
        batch_id=batch.pk, sheet="learners", rule="NG-0203", field="full_name", by=clerk, at=ON
    )
    assert named(batch) == ["Đào Minh Khuê", "Đào Minh Khôi", "Lê Mai"]
    assert rules_in(batch) == []
    (act,) = batches.acts(batch)
    assert (act.cells, act.rule) == (3, "NG-0203")
    batch = operations.undo_act(batch_id=batch.pk, group=act.group, at=ON)
    assert named(batch) == ["ĐÀO MINH KHUÊ", "ĐÀO MINH KHÔI", "LÊ MAI"]
    assert batches.acts(batch) == []


def test_a_repair_pressed_twice_is_one_act(clerk: Actor) -> None:
    batch = send(learners(*LOUD), clerk)
    for _press in range(2):
        batch = operations.repair(
            batch_id=batch.pk, sheet="learners", rule="NG-0203", field="full_name", by=clerk, at=ON
        )
    assert (batch.edits_made, len(batches.acts(batch))) == (1, 1)


def test_a_cell_typed_anew_clears_its_finding(clerk: Actor) -> None:
    batch = send(learners(child(birth="31/02/2020")), clerk)
    (wrong,) = found_in(batch)
    assert (wrong.where, wrong.text) == ("Học sinh!C2", "Không có ngày này trong lịch.")
    cells = grid.changed_cells(batch, LEARNERS, {(wrong.row, "birth"): "03/02/2020"})
    batch = operations.mend(batch_id=batch.pk, cells=cells, by=clerk, at=ON)
    assert (rules_in(batch), outcomes(batch)) == ([], {"new": 1})


def test_a_grid_sent_back_untouched_changes_no_cell(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    each = rows.last_check(batch, ON)[LEARNERS.key]
    row = each.rows["row"][0]
    (line,) = grid.lines(batch, each, [row], fields=["birth", "sex"], language="vi")
    assert [cell.text for cell in line.cells if cell.key == "birth"] == ["03/02/2020"]
    posted = {(row, cell.key): cell.text for cell in line.cells}
    assert grid.changed_cells(batch, LEARNERS, posted) == []


def test_an_error_is_not_hidden_behind_something_odd(clerk: Actor) -> None:
    batch = send(learners(LOUD[0], LOUD[0]), clerk)
    each = rows.last_check(batch, ON)[LEARNERS.key]
    (line,) = grid.lines(batch, each, [each.rows["row"][0]], fields=[], language="vi")
    (name,) = (cell for cell in line.cells if cell.key == "full_name")
    said = [one.text for one in found_in(batch) if (one.row, one.field) == (line.row, name.key)]
    assert len(said) > 1
    assert (name.state, name.message) == ("wrong", " ".join(said))


def test_edits_that_were_rolled_back_leave_no_check_behind(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    row = rows.texts(batch)[LEARNERS.key]["row"][0]

    def say(school_class: str) -> Batch:
        cells = [("learners", row, "school_class", school_class)]
        return operations.mend(batch_id=batch.pk, cells=cells, by=clerk, at=ON)

    with pytest.raises(InterruptedError), transaction.atomic():
        say("9Z")
        raise InterruptedError
    assert rules_in(say("1B")) == []


def test_the_latest_word_on_a_cell_stands(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    row = rows.texts(batch)[LEARNERS.key]["row"][0]
    for phone in ("0912000111", "0912000222", None):
        batch = operations.mend(
            batch_id=batch.pk, cells=[("learners", row, "phone", phone)], by=clerk, at=ON
        )
    assert rows.texts(batch)[LEARNERS.key]["phone"].to_list() == [None]


def test_a_query_is_explained_in_words(clerk: Actor) -> None:
    batch = send(learners(child(birth="03/02/2021", personal_number=None)), clerk)
    assert [message.rule.code for message in found_in(batch)] == ["HS-0204"]
    with pytest.raises(ReasonTooShort):
        operations.explain(
            batch_id=batch.pk, sheet="learners", rule="HS-0204", reason="đúng", by=clerk, at=ON
        )
    operations.explain(
        batch_id=batch.pk,
        sheet="learners",
        rule="HS-0204",
        reason="Có quyết định học sớm của trường",
        by=clerk,
        at=ON,
    )
    (cause,) = causes.causes(batch, rows.last_check(batch, ON), "vi")
    assert cause.is_settled


def test_who_mended_and_who_took_it_back_is_in_the_journal(clerk: Actor) -> None:
    batch = send(learners(*LOUD), clerk)
    operations.repair(
        batch_id=batch.pk, sheet="learners", rule="NG-0203", field="full_name", by=clerk, at=ON
    )
    operations.undo_act(batch_id=batch.pk, group=1, at=ON)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, account_id, detail FROM journal_entry WHERE %s = ANY (records) "
            "AND action <> 'intake.receive' ORDER BY id",
            [batch.public_id],
        )
        entries = [(action, by, json.loads(detail)) for action, by, detail in cursor.fetchall()]
    assert entries == [
        ("intake.mend", clerk.account_id, {"group": 1, "cells": 3, "rule": "NG-0203"}),
        ("intake.undo_act", clerk.account_id, {"group": 1}),
    ]


def test_a_written_batch_is_mended_no_more(clerk: Actor) -> None:
    batch = commit(send(learners(child()), clerk), clerk)
    with pytest.raises(NotNow):
        operations.mend(batch_id=batch.pk, cells=[], by=clerk, at=ON)


def test_what_was_found_is_found_again_where_nothing_was_kept(clerk: Actor) -> None:
    batch = send(learners(child(school_class="9Z")), clerk)
    before = rules_in(batch)
    for folder in storage.folder(batch.public_id).iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    assert rules_in(batch) == before != []
