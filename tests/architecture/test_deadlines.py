"""Plain SQL at the days of a round: a Sở sets its own province's, and no session anything else."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[Any]
Refusal = Callable[..., tuple[str, str]]

NO_RIGHT = "42501"
ADD = (
    "INSERT INTO reporting_deadline (round_id, province_code, state, due_on, clause, is_verified, "
    "set_by) SELECT id, {province}, 'signed', '2026-10-01', 'CV 1', true, {by} "
    "FROM reporting_round LIMIT 1"
)
OWN = ADD.format(province="'79'", by="scope_account()")


def test_a_department_adds_a_day_of_its_province(as_account: Any) -> None:
    session = as_account("approver_79")
    assert session.execute(OWN).rowcount == 1
    assert as_account("clerk_c").execute(
        "SELECT set_by IS NOT NULL FROM reporting_deadline WHERE province_code = '79'"
    ).fetchall() == [(True,)]  # fmt: skip


def test_a_large_department_adds_it_in_the_wide_role(as_account: Any) -> None:
    session = as_account("approver_79")
    session.execute("SET LOCAL ROLE sobo_wide")
    assert session.execute(OWN).rowcount == 1


@pytest.mark.parametrize(
    ("province", "by"),
    [
        ("'04'", "scope_account()"),
        ("NULL", "scope_account()"),
        ("'79'", "NULL"),
        ("'79'", "(SELECT scope_account() + 1)"),
    ],
    ids=["another province's", "everyone's", "nobody's name", "another's name"],
)
def test_a_department_adds_no_other_day(
    province: str, by: str, as_account: Any, refusal: Refusal
) -> None:
    session = as_account("approver_79")
    assert refusal(session, ADD.format(province=province, by=by))[0] == NO_RIGHT


@pytest.mark.parametrize(
    "username",
    ["clerk_a", "head_a", "reviewer_a", "loader_79", "approver_04", "ministry", "outsider"],
)
def test_nobody_else_adds_a_day_of_that_province(
    username: str, as_account: Any, refusal: Refusal
) -> None:
    assert refusal(as_account(username), OWN)[0] == NO_RIGHT


@pytest.mark.parametrize("username", ["clerk_a", "approver_79", "ministry"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_deadline SET due_on = '2027-01-01'",
        "DELETE FROM reporting_deadline",
        "UPDATE reporting_round SET opens_on = '2026-01-01'",
    ],
)
def test_no_session_changes_what_was_set(
    username: str, statement: str, as_account: Any, refusal: Refusal
) -> None:
    assert refusal(as_account(username), statement)[0] == NO_RIGHT


def test_the_owner_deletes_no_day(owner: Connection, refusal: Refusal) -> None:
    assert refusal(owner, "DELETE FROM reporting_deadline")[0] == "23001"
