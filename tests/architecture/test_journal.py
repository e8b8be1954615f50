"""The journal: in the transaction of the act, by whom it was, and without a value of any field."""

import hashlib
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[Any]
Refusal = Callable[..., tuple[str, str]]

WRITE = "SELECT journal_write(%s, 'persons.list', %s, 'NG', NULL, %s::bigint[], 1, NULL, NULL)"


def entries(connection: Connection) -> int:
    found = connection.execute("SELECT count(*) FROM journal_entry").fetchone()
    return int(found[0]) if found else 0


def test_entry_and_change_stand_or_fall_together(as_account: Any, schools: Any) -> None:
    session = as_account("clerk_a")
    before = entries(session)
    changed = "SELECT max(version) FROM people_person"
    version = session.execute(changed).fetchone()
    with pytest.raises(psycopg.errors.DivisionByZero), session.transaction():
        session.execute(
            "UPDATE people_person SET version = version + 1, recorded_by = scope_account()"
        )
        session.execute(WRITE, ["change", schools.own, [1]])
        session.execute("SELECT 1 / 0")
    assert entries(session) == before
    assert session.execute(changed).fetchone() == version


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE journal_entry SET purpose = ''",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
    ],
)
def test_is_only_added_to(
    attempt: str, owner: Connection, as_account: Any, refusal: Refusal
) -> None:
    assert refusal(owner, attempt)[0] == "23001"
    assert refusal(as_account("clerk_a"), attempt)[0] == "42501"


def test_names_the_sessions_account_whatever_is_said(as_account: Any, schools: Any) -> None:
    session = as_account("clerk_a")
    session.execute("SELECT set_config('sobo.account', '1', true)")
    session.execute("SELECT set_config('sobo.purpose', 'chuyển trường', true)")
    session.execute(WRITE, ["look", schools.own, [1]])
    entry = session.execute(
        "SELECT account_id = scope_account(), institution_id, channel, purpose, kind "
        "FROM journal_entry ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert entry == (True, schools.own, "web", "chuyển trường", "look")


def test_without_a_session_only_an_access_is_recorded(stage: Any, refusal: Refusal) -> None:
    program = stage.program()
    program.execute(
        "SELECT journal_write('access', 'sign-in.refused', NULL, NULL, NULL, NULL, 0, NULL, NULL)"
    )
    assert refusal(program, WRITE, ["look", None, [1]])[0] == "42501"
    written = stage.owner().execute(
        "SELECT account_id, channel FROM journal_entry WHERE action = 'sign-in.refused'"
    )
    assert written.fetchall() == [(None, "anonymous")]


def test_each_reads_what_concerns_its_institutions(stage: Any, schools: Any) -> None:
    a, b, c = schools.own, schools.same_department, schools.other_province
    for username, school in (("clerk_a", a), ("clerk_b", b), ("clerk_c", c)):
        stage.account(username).execute(WRITE, ["look", school, [1]])

    def read_by(username: str) -> set[int]:
        rows = stage.account(username).execute(
            "SELECT institution_id FROM journal_entry WHERE action = 'persons.list'"
        )
        return {row[0] for row in rows}

    assert read_by("head_a") == {a}
    assert read_by("reviewer_a") == {a}
    assert read_by("approver_79") == {a, b}
    assert read_by("ministry") >= {a, b, c}
    assert read_by("outsider") == set()


def test_a_person_admitted_on_proof_is_seen_and_the_admission_journalled(
    stage: Any, schools: Any, proof: Callable[[str], bytes], refusal: Refusal
) -> None:
    person, *papers = (
        stage.owner()
        .execute(
            "SELECT id, personal_number, birth, search_key FROM people_person "
            "WHERE institution_id = %s ORDER BY id LIMIT 1",
            [schools.other_province],
        )
        .fetchone()
    )
    session = stage.account("clerk_a")
    account = session.execute("SELECT scope_account()").fetchone()[0]
    seen = "SELECT count(*) FROM people_person WHERE id = %s"
    assert session.execute(seen, [person]).fetchone() == (0,)

    asked = [*papers, str(schools.own)]
    digest = hashlib.sha256("\x1f".join(asked).encode()).hexdigest()
    shown = proof(f"match|{account}|{digest}")
    admit = "SELECT * FROM admit_known_persons(%s, %s, %s, %s, %s)"
    other_name = [[papers[0]], [papers[1]], ["nguyen van khac"], [schools.own], shown]
    assert refusal(session, admit, other_name)[0] == "42501"
    given = [*([paper] for paper in papers), [schools.own], shown]
    assert session.execute(admit, given).fetchall() == [(1, person)]

    assert session.execute(seen, [person]).fetchone() == (1,)
    session.execute("SET ROLE sobo_wide")
    assert session.execute(seen, [person]).fetchone() == (1,)
    session.execute("SET ROLE sobo_narrow")
    entry = session.execute(
        "SELECT account_id, persons, count FROM journal_entry WHERE action = 'persons.admit'"
    )
    assert entry.fetchall() == [(account, [person], 1)]
    assert stage.account("clerk_b").execute(seen, [person]).fetchone() == (0,)


def test_holds_no_value_of_a_person(as_account: Any, schools: Any) -> None:
    session = as_account("clerk_a")
    persons = session.execute("SELECT id, full_name, birth, personal_number FROM people_person")
    people = persons.fetchall()
    session.execute(WRITE, ["look", schools.own, [row[0] for row in people]])
    written = session.execute("SELECT string_agg(e::text, ' ') FROM journal_entry e").fetchone()[0]
    for _, *values in people:
        assert not [value for value in values if value in written]
