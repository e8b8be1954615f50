"""The days of a round: published with the product, and set earlier by a Sở for its province."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from sobo.conftest import Browse
from sobo.kernel.refusal import Refusal
from sobo.reporting import operations
from sobo.reporting import rounds as publishing
from sobo.reporting.models import Deadline
from sobo.reporting.policies import (
    BasisMissing,
    DayAfterTheMinistrys,
    DayBeforeOpening,
    DaysOutOfOrder,
    NoDayGiven,
    NotOfThisDepartment,
)
from sobo.reporting.queries import rounds
from sobo.reporting.queries.waiting import tasks
from sobo.reporting.tests.filing import AT, ROUND, SignedIn
from sobo.reporting.transitions import APPROVED, REVIEWED, SIGNED

PUBLISHED = "dau-nam-2026"
MINISTRYS = date(2026, 10, 31)
BASIS = "Công văn 1234/SGDĐT-KHTC ngày 20/9/2026"


def _due(state: str, *, province: str | None = "79", code: str = PUBLISHED) -> date | None:
    found = rounds.deadline(rounds.round_by_code(code), state=state, province_code=province)
    return found.due_on if found else None


def _set(
    signed_in: SignedIn,
    days: dict[str, date],
    *,
    username: str = "approver_79",
    basis: str = BASIS,
    code: str = PUBLISHED,
    at: datetime = AT,
) -> list[Deadline]:
    actor = signed_in(username)
    return operations.set_deadlines(
        round_=rounds.round_by_code(code), days=days, basis=basis, by=actor, at=at
    )


# Published ----------------------------------------------------------------------------------------


def test_an_installation_has_the_published_round_with_the_ministrys_day(
    signed_in: SignedIn,
) -> None:
    signed_in("clerk_a")
    (day,) = Deadline.objects.filter(round__code=PUBLISHED)
    assert (day.province_code, day.state, day.due_on) == (None, APPROVED, MINISTRYS)
    assert day.is_verified


def _days(owner: Any) -> list[tuple[Any, ...]]:
    rows = owner.execute(
        "SELECT province_code, state, due_on FROM reporting_deadline ORDER BY id"
    ).fetchall()
    return list(rows)


def test_publishing_again_changes_nothing(owner: Any) -> None:
    before = _days(owner)
    assert before
    publishing.publish(owner)
    assert _days(owner) == before


def test_a_new_day_of_the_ministry_is_one_row_more_and_touches_no_provinces_own(
    owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.execute(
        "INSERT INTO reporting_deadline (round_id, province_code, state, due_on, clause, "
        "is_verified) SELECT id, '79', 'approved', '2026-10-20', 'CV 1', true FROM reporting_round "
        "WHERE code = %s",
        [PUBLISHED],
    )
    before = _days(owner)
    (published,) = publishing.published()
    later = [{**published["deadlines"][0], "due_on": "2026-11-05"}]
    monkeypatch.setattr(publishing, "published", lambda: [{**published, "deadlines": later}])
    publishing.publish(owner)
    assert _days(owner) == [*before, (None, APPROVED, date(2026, 11, 5))]


# Which day counts ---------------------------------------------------------------------------------


def test_until_a_department_says_otherwise_the_ministrys_day_binds_every_step(
    signed_in: SignedIn,
) -> None:
    signed_in("clerk_a")
    assert {_due(state) for state in (SIGNED, REVIEWED, APPROVED)} == {MINISTRYS}
    assert _due(SIGNED, code=ROUND) is None


def test_a_departments_day_counts_in_its_province_alone(signed_in: SignedIn) -> None:
    _set(signed_in, {SIGNED: date(2026, 10, 9)})
    assert _due(SIGNED) == date(2026, 10, 9)
    assert _due(REVIEWED) == MINISTRYS
    assert _due(SIGNED, province="04") == MINISTRYS
    assert _due(SIGNED, province=None) == MINISTRYS


def test_a_day_set_again_keeps_the_one_before(signed_in: SignedIn) -> None:
    _set(signed_in, {SIGNED: date(2026, 10, 9)}, at=AT)
    (made,) = _set(signed_in, {SIGNED: date(2026, 10, 12)}, basis="Công văn 1300/SGDĐT", at=AT)
    (days, *_) = rounds.days(rounds.round_by_code(PUBLISHED), province_code="79")
    assert [each.due_on for each in days.own] == [date(2026, 10, 12), date(2026, 10, 9)]
    assert days.counts == made
    assert [each.clause for each in days.own] == ["Công văn 1300/SGDĐT", BASIS]
    assert made.set_by_name == "Huỳnh Thị Duyệt"


def test_who_set_which_day_is_in_the_journal(signed_in: SignedIn) -> None:
    _set(signed_in, {SIGNED: date(2026, 10, 9), APPROVED: date(2026, 10, 20)})
    signed_in("ministry")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, count, detail FROM journal_entry "
            "WHERE action = 'reporting.set_deadlines' ORDER BY id DESC LIMIT 1"
        )
        kind, count, detail = cursor.fetchone()
    assert (kind, count) == ("decision", 2)
    assert '"before": {"signed": null, "approved": "2026-10-31"}' in detail
    assert '"after": {"signed": "2026-10-09", "approved": "2026-10-20"}' in detail


# Refused ------------------------------------------------------------------------------------------

REFUSED = {
    "before the round opens": ({SIGNED: date(2026, 9, 14)}, BASIS, DayBeforeOpening),
    "after the Ministry's day": ({APPROVED: date(2026, 11, 1)}, BASIS, DayAfterTheMinistrys),
    "a signature after it": ({SIGNED: date(2026, 11, 1)}, BASIS, DayAfterTheMinistrys),
    "review before signature": (
        {SIGNED: date(2026, 10, 12), REVIEWED: date(2026, 10, 11)}, BASIS, DaysOutOfOrder,
    ),
    "approval before signature": (
        {SIGNED: date(2026, 10, 12), APPROVED: date(2026, 10, 11)}, BASIS, DaysOutOfOrder,
    ),
    "without a document": ({SIGNED: date(2026, 10, 9)}, "  ", BasisMissing),
    "without its number": ({SIGNED: date(2026, 10, 9)}, "theo công văn", BasisMissing),
    "nothing": ({}, BASIS, NoDayGiven),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_is_refused(signed_in: SignedIn, what: str) -> None:
    days, basis, refusal = REFUSED[what]
    with pytest.raises(refusal):
        _set(signed_in, days, basis=basis)
    assert not Deadline.objects.filter(province_code="79").exists()


@pytest.mark.parametrize("day", [date(2026, 9, 15), MINISTRYS])
def test_the_bounds_themselves_are_allowed(signed_in: SignedIn, day: date) -> None:
    _set(signed_in, {SIGNED: day, REVIEWED: day, APPROVED: day})
    assert {_due(state) for state in (SIGNED, REVIEWED, APPROVED)} == {day}


def test_the_order_holds_against_days_set_before(signed_in: SignedIn) -> None:
    _set(signed_in, {REVIEWED: date(2026, 10, 15)})
    with pytest.raises(DaysOutOfOrder) as refused:
        _set(signed_in, {SIGNED: date(2026, 10, 16)})
    assert refused.value.text("vi").startswith(
        "Ngày 15/10/2026 cho bước “Xã, phường thẩm định” là trước hạn của bước đi trước (16/10/2026)."
    )


@pytest.mark.parametrize("username", ["clerk_a", "head_a", "reviewer_a", "loader_79", "ministry"])
def test_only_the_department_sets_days(signed_in: SignedIn, username: str) -> None:
    with pytest.raises(NotOfThisDepartment):
        _set(signed_in, {SIGNED: date(2026, 10, 9)}, username=username)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("refusal", [DayBeforeOpening, DayAfterTheMinistrys, DaysOutOfOrder])
def test_a_refusal_names_step_day_and_bound(refusal: type[Refusal], language: str) -> None:
    told = refusal(SIGNED, date(2026, 10, 9), date(2026, 10, 10)).text(language)
    assert "09/10/2026" in told
    assert "10/10/2026" in told
    assert {"vi": "“Trường ký”", "en": "“School signs”"}[language] in told


# Seen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("username", "state"),
    [("clerk_a", SIGNED), ("reviewer_a", REVIEWED), ("approver_79", APPROVED)],
)
def test_each_tier_sees_its_own_day_among_its_tasks(
    signed_in: SignedIn, username: str, state: str
) -> None:
    """The day is past at `AT`: the task is late, or the unsigned are listed."""
    past = date(2026, 10, 9)
    _set(signed_in, {state: past}, code=ROUND)
    shown = tasks(signed_in(username), AT)
    assert shown
    assert all(task.due_on in (past, None) for task in shown)
    assert any(task.is_late for task in shown) == (username == "clerk_a")


def test_the_page_takes_days_and_shows_them_to_the_school(browse: Browse) -> None:
    department = browse("approver_79")
    assert f"/bao-cao/ky/{ROUND}/han" in department.get("/bao-cao").content.decode()
    address = f"/bao-cao/ky/{ROUND}/han"
    assert "Sở chưa đặt hạn riêng" in department.get(address).content.decode()
    given = {"signed": "9/10/2026", "reviewed": "", "approved": "20/10/2026", "basis": BASIS}
    page = department.post(address, given, follow=True).content.decode()
    assert "Sở đã đặt hạn riêng cho 2 bước" in page
    assert page.count(BASIS) == 2
    assert f"Hạn 09/10/2026: {BASIS}." in browse("clerk_a").get("/bao-cao").content.decode()


def test_what_is_refused_stays_in_the_form_with_the_reason_beside_it(browse: Browse) -> None:
    department = browse("approver_79")
    given = {"signed": "1/9/2026", "reviewed": "", "approved": "", "basis": BASIS}
    answer = department.post(f"/bao-cao/ky/{PUBLISHED}/han", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_signed"' in page
    assert "Ngày 01/09/2026 cho bước “Trường ký” là trước ngày kỳ mở (15/09/2026)" in page
    assert 'value="1/9/2026"' in page
    assert BASIS in page


def test_the_page_asks_for_the_basis(browse: Browse) -> None:
    given = {"signed": "9/10/2026", "reviewed": "", "approved": "", "basis": ""}
    answer = browse("approver_79").post(f"/bao-cao/ky/{PUBLISHED}/han", given)
    assert answer.status_code == 422
    assert "Thiếu căn cứ" in answer.content.decode()


@pytest.mark.parametrize("username", ["clerk_a", "reviewer_a", "ministry"])
def test_the_page_is_the_departments(browse: Browse, username: str) -> None:
    assert browse(username).get(f"/bao-cao/ky/{PUBLISHED}/han").status_code == 403


def test_a_round_that_is_not_published_has_no_page(browse: Browse) -> None:
    assert browse("approver_79").get("/bao-cao/ky/khong-co/han").status_code == 404
