"""Who reaches which institution: the tree of dated relations, and nothing else."""

from typing import Any

import pytest

REACHED = "SELECT right(name, 1) FROM institutions_institution ORDER BY 1"

WHO_REACHES = {
    "clerk_a": "A",
    "head_b": "B",
    "reviewer_a": "A",
    "reviewer_b": "B",
    "approver_79": "AB",
    "approver_04": "C",
    "loader_79": "AB",
    "ministry": "ABC",
    "outsider": "",
    # The division ended with the districts on 1/7/2025: its relation is there, and past.
    "former_division": "",
}


def reached(stage: Any, username: str, *, role: str = "") -> str:
    session = stage.account(username)
    if role:
        session.execute(f"SET LOCAL ROLE {role}")
    return "".join(row[0] for row in session.execute(REACHED))


@pytest.mark.parametrize("username", WHO_REACHES)
def test_each_reaches_its_own(username: str, stage: Any) -> None:
    assert reached(stage, username) == WHO_REACHES[username]


@pytest.mark.parametrize("username", ["reviewer_a", "approver_79", "approver_04", "outsider"])
def test_the_wide_role_reaches_the_same(username: str, stage: Any) -> None:
    assert reached(stage, username, role="sobo_wide") == WHO_REACHES[username]


def test_an_ended_relation_reaches_no_longer(stage: Any) -> None:
    stage.owner().execute(
        "UPDATE institutions_institutionmanagement SET until = scope_day() "
        "WHERE unit_id = (SELECT id FROM institutions_unit WHERE code = 'XA-A') "
    )
    assert reached(stage, "reviewer_a") == ""
    assert reached(stage, "approver_79") == "B"
    assert reached(stage, "clerk_a") == "A"


def test_a_relation_to_come_reaches_not_yet(stage: Any) -> None:
    stage.owner().execute(
        "UPDATE institutions_institutionmanagement SET since = scope_day() + 1 WHERE until IS NULL"
    )
    assert reached(stage, "reviewer_b") == ""
    assert reached(stage, "ministry") == "ABC"


def test_a_moved_commune_takes_its_schools_along(stage: Any) -> None:
    """A reorganisation is a change of relations: no row of a school is touched."""
    owner = stage.owner()
    before = owner.execute("SELECT array_agg(i ORDER BY id) FROM institutions_institution i")
    rows = before.fetchone()
    owner.execute(
        "UPDATE institutions_unitparent SET until = scope_day() "
        "WHERE unit_id = (SELECT id FROM institutions_unit WHERE code = 'XA-B')"
    )
    owner.execute(
        "INSERT INTO institutions_unitparent (unit_id, parent_id, since) "
        "SELECT u.id, p.id, scope_day() FROM institutions_unit u, institutions_unit p "
        "WHERE u.code = 'XA-B' AND p.code = 'SO-04'"
    )
    assert reached(stage, "approver_79") == "A"
    assert reached(stage, "approver_04") == "BC"
    assert reached(stage, "reviewer_b") == "B"
    after = stage.owner().execute("SELECT array_agg(i ORDER BY id) FROM institutions_institution i")
    assert after.fetchone() == rows


def test_the_reorganised_past_is_kept_as_dated_rows(stage: Any) -> None:
    periods = stage.owner().execute(
        "SELECT u.code, r.since::text, r.until::text FROM institutions_reach r "
        "JOIN institutions_unit u ON u.id = r.unit_id "
        "JOIN institutions_institution i ON i.id = r.institution_id "
        "WHERE right(i.name, 1) = 'A' AND u.tier IN ('phong', 'xa', 'so') ORDER BY r.since, u.code"
    )
    assert periods.fetchall() == [
        ("PHONG-A", "2000-01-01", "2025-07-01"),
        ("SO-79", "2000-01-01", "2025-07-01"),
        ("SO-79", "2025-07-01", None),
        ("XA-A", "2025-07-01", None),
    ]


def test_a_narrow_session_keeps_its_role_and_a_large_department_takes_the_wide(stage: Any) -> None:
    reach = "SELECT reach FROM scope_session()"
    assert stage.account("approver_79").execute(reach).fetchone() == ("narrow",)
    stage.owner().execute(
        "WITH schools AS (INSERT INTO institutions_institution (name, levels, ownership, "
        "commune_code, province_code) SELECT 'Trường thêm', '{02}', '1', '25747', '79' "
        "FROM generate_series(1, 60) RETURNING id) "
        "INSERT INTO institutions_institutionmanagement (institution_id, unit_id, since) "
        "SELECT s.id, u.id, '2025-07-01' FROM schools s, institutions_unit u WHERE u.code = 'XA-A'"
    )
    session = stage.account("approver_79")
    assert session.execute(reach).fetchone() == ("wide",)
    assert session.execute("SELECT count(*) FROM institutions_institution").fetchone() == (62,)
    assert session.execute("SELECT current_user::text").fetchone() == ("sobo_wide",)
