"""The road of a return: completed, signed, passed on, sent back, filed again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from sobo.reporting import figures, operations
from sobo.reporting.forms.definition import CellKey
from sobo.reporting.forms.values import digest
from sobo.reporting.models import Return, Step
from sobo.reporting.papers import paper_of
from sobo.reporting.policies import (
    ExplanationMissing,
    FiguresChanged,
    NotFromHere,
    ReasonMissing,
    RestsOnSignedReturn,
)
from sobo.reporting.queries import filings
from sobo.reporting.tests.filing import AT, WHY, SignedIn, accepted, completed, enrol, signed

LEARNERS = CellKey("III", "37", 1)


def test_the_whole_road_keeps_one_digest(signed_in: SignedIn) -> None:
    filing = accepted(signed_in, "a")
    steps = filings.steps(filing)
    assert [step.action for step in steps] == ["complete", "sign", "review", "approve", "accept"]
    assert {step.digest for step in steps} == {filing.digest}
    assert [step.made_by_role for step in steps] == [
        "clerk", "head", "reviewer", "approver", "ministry",
    ]  # fmt: skip
    assert digest(figures.frozen(filing)) == filing.digest
    assert figures.frozen(filing).cells[LEARNERS] == 3


def test_the_paper_bears_the_day_on_which_it_was_signed_in_viet_nam(signed_in: SignedIn) -> None:
    filing = completed(signed_in("clerk_a"))
    early = AT.replace(hour=5) + timedelta(days=1)
    operations.sign(
        filing_id=filing.public_id, seen_digest=filing.digest, by=signed_in("head_a"), at=early
    )
    assert paper_of(filings.filing(filing.public_id)).dated_on == early.date()


def test_every_step_is_in_the_journal(signed_in: SignedIn) -> None:
    filing = accepted(signed_in, "a")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, encode(digest, 'hex') FROM journal_entry "
            "WHERE institution_id = %s AND kind = 'decision' ORDER BY id",
            [filing.institution_id],
        )
        entries = cursor.fetchall()
    assert [action.removeprefix("reporting.") for action, _ in entries] == [
        "complete", "sign", "review", "approve", "accept",
    ]  # fmt: skip
    assert {written for _, written in entries} == {filing.digest}


def test_a_register_that_changed_after_completion_stops_the_signature(signed_in: SignedIn) -> None:
    clerk = signed_in("clerk_a")
    filing = completed(clerk)
    enrol(clerk, learners=1)
    head = signed_in("head_a")
    with pytest.raises(FiguresChanged) as refused:
        operations.sign(filing_id=filing.public_id, seen_digest=filing.digest, by=head, at=AT)
    assert LEARNERS in {each.key for each in refused.value.differences}
    operations.take_step(filing_id=filing.public_id, action="hand_back", by=head, at=AT, reason=WHY)
    again = completed(signed_in("clerk_a"))
    assert again.pk == filing.pk
    assert again.digest != filing.digest
    operations.sign(
        filing_id=again.public_id, seen_digest=again.digest, by=signed_in("head_a"), at=AT
    )


def test_the_head_signs_only_what_was_shown(signed_in: SignedIn) -> None:
    filing = completed(signed_in("clerk_a"))
    head = signed_in("head_a")
    with pytest.raises(FiguresChanged):
        operations.sign(filing_id=filing.public_id, seen_digest="0" * 64, by=head, at=AT)


@pytest.mark.parametrize("reason", ["", "   ", "sai", "          "])
def test_sending_back_needs_a_reason(signed_in: SignedIn, reason: str) -> None:
    filing = signed(signed_in, "a")
    reviewer = signed_in("reviewer_a")
    with pytest.raises(ReasonMissing):
        operations.send_back(filing_ids=[filing.public_id], by=reviewer, at=AT, reason=reason)


def test_a_returned_report_is_filed_again_with_the_next_serial(signed_in: SignedIn) -> None:
    first = signed(signed_in, "a")
    operations.send_back(
        filing_ids=[first.public_id], by=signed_in("reviewer_a"), at=AT, reason=WHY
    )
    second = signed(signed_in, "a")
    first.refresh_from_db()
    assert (first.state, second.state, second.serial) == ("returned", "signed", 2)
    assert filings.steps(first)[-1].reason == WHY


def test_filing_again_after_acceptance_needs_a_reason(signed_in: SignedIn) -> None:
    accepted(signed_in, "a")
    with pytest.raises(ReasonMissing):
        completed(signed_in("clerk_a"))


def test_the_accepted_report_counts_until_the_new_one_is_signed(signed_in: SignedIn) -> None:
    first = accepted(signed_in, "a")
    clerk = signed_in("clerk_a")
    enrol(clerk, learners=2)
    second = completed(clerk, reason=WHY)
    first.refresh_from_db()
    assert first.state == "accepted"
    operations.sign(
        filing_id=second.public_id, seen_digest=second.digest, by=signed_in("head_a"), at=AT
    )
    first.refresh_from_db()
    assert first.state == "replaced"
    assert figures.frozen(first).cells[LEARNERS] == 3
    assert figures.frozen(second).cells[LEARNERS] == 5


def test_a_second_decision_on_the_same_return_is_refused(signed_in: SignedIn) -> None:
    filing = signed(signed_in, "a")
    operations.pass_on(filing_ids=[filing.public_id], by=signed_in("reviewer_a"), at=AT)
    reviewer = signed_in("reviewer_a")
    with pytest.raises(NotFromHere):
        operations.pass_on(filing_ids=[filing.public_id], by=reviewer, at=AT)
    assert Step.objects.filter(filing=filing, action="review").count() == 1


def test_many_are_passed_on_all_or_none(signed_in: SignedIn) -> None:
    ready, behind = signed(signed_in, "a"), completed(signed_in("clerk_b"))
    operations.pass_on(filing_ids=[ready.public_id], by=signed_in("reviewer_a"), at=AT)
    approver = signed_in("approver_79")
    with pytest.raises(NotFromHere):
        operations.pass_on(filing_ids=[ready.public_id, behind.public_id], by=approver, at=AT)
    ready.refresh_from_db()
    assert ready.state == "reviewed"


@pytest.mark.parametrize("username", ["clerk_b", "head_b", "reviewer_b", "approver_04", "outsider"])
def test_a_return_beyond_ones_reach_is_not_there(signed_in: SignedIn, username: str) -> None:
    filing = signed(signed_in, "a")
    stranger = signed_in(username)
    with pytest.raises(Return.DoesNotExist):
        operations.take_step(
            filing_id=filing.public_id, action="review", by=stranger, at=AT, reason=WHY
        )


@pytest.mark.parametrize("action", ["sign", "complete"])
def test_neither_signature_nor_figures_come_by_a_plain_step(
    signed_in: SignedIn, action: str
) -> None:
    clerk = signed_in("clerk_a")
    filing = completed(clerk)
    if action == "complete":
        operations.take_step(filing_id=filing.public_id, action="reopen", by=clerk, at=AT)
    actor = clerk if action == "complete" else signed_in("head_a")
    with pytest.raises(NotFromHere):
        operations.take_step(filing_id=filing.public_id, action=action, by=actor, at=AT)


def test_an_oversized_class_is_explained_before_completion(signed_in: SignedIn) -> None:
    clerk = signed_in("clerk_a")
    enrol(clerk, learners=33)
    with pytest.raises(ExplanationMissing) as refused:
        completed(clerk, explained={"LO-0301": "quá ngắn"})
    assert refused.value.count == 1
    filing = completed(clerk, explained={"LO-0301": WHY})
    assert filings.remarks(filing)["LO-0301"].text == WHY


def test_a_total_that_jumped_since_the_last_filing_is_explained(signed_in: SignedIn) -> None:
    first = signed(signed_in, "a")
    operations.send_back(
        filing_ids=[first.public_id], by=signed_in("reviewer_a"), at=AT, reason=WHY
    )
    clerk = signed_in("clerk_a")
    enrol(clerk, learners=30)
    with pytest.raises(ExplanationMissing):
        completed(clerk)
    filing = completed(clerk, explained={"BC-0006": WHY})
    assert set(filings.remarks(filing)) == {"BC-0006"}


def test_data_under_a_signed_return_cannot_be_taken_back(signed_in: SignedIn) -> None:
    filing = completed(signed_in("clerk_a"))
    school = {"institution_id": filing.institution_id, "school_year": 2026}
    operations.require_no_signed_return(**school)
    operations.sign(
        filing_id=filing.public_id, seen_digest=filing.digest, by=signed_in("head_a"), at=AT
    )
    with pytest.raises(RestsOnSignedReturn):
        operations.require_no_signed_return(**school)


@pytest.mark.parametrize(
    "change",
    [
        "SET cells = array_fill(7, ARRAY[cardinality(cells)])",
        "SET digest = repeat('0', 64)",
        "SET signed_at = now()",
        "SET serial = 9",
        "SET commune_code = '25750'",
        "SET state = 'accepted'",
    ],
)
def test_the_database_itself_keeps_what_was_signed(signed_in: SignedIn, change: str) -> None:
    """Even with any SQL in the school's own session."""
    filing = signed(signed_in, "a")
    signed_in("clerk_a")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reporting_return {change} WHERE id = %s", [filing.pk])


def test_steps_and_explanations_are_only_added(signed_in: SignedIn) -> None:
    signed(signed_in, "a")
    for table in ("reporting_step", "reporting_remark", "reporting_reminder"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET id = id")
