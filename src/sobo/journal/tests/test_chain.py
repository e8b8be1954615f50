"""The chain that the database makes over the journal, and what the verifier reads of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import psycopg
import pytest

from sobo.journal import sealing, verifier
from sobo.kernel.vietnamese import VIETNAM

Connection = psycopg.Connection[Any]
DATABASE = "sobo_test_chain"
WRITE = "SELECT journal_write('access', %s, NULL, NULL, NULL, NULL, 0, NULL, '{\"đơn vị\": \"x\"}')"


@pytest.fixture(scope="module")
def chained(databases: Any, template: str) -> str:
    """A database of its own: what is sealed here has been committed."""
    databases.copy(template, DATABASE)
    return DATABASE


@pytest.fixture
def program(databases: Any, chained: str) -> Iterator[Connection]:
    """The program's role, committing each statement."""
    with closing(databases.as_app(chained)) as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture
def owner(databases: Any, chained: str) -> Iterator[Connection]:
    """The owner of the tables."""
    with closing(databases.as_owner(chained)) as connection:
        yield connection


@pytest.fixture
def seal(program: Connection, proof: Callable[[str], bytes]) -> Callable[[], Any]:
    """Seal as the program does; number, count and entries of the new seal, or nothing."""

    def once() -> Any:
        day = datetime.now(VIETNAM).date()
        return program.execute(
            "SELECT number, count, entry_ids::text FROM journal_seal(%s)",
            [proof(f"job|journal_seal|{day}")],
        ).fetchone()

    once()
    return once


def problems(owner: Connection) -> list[verifier.Problem]:
    """What the verifier finds in the chain as it stands."""
    return list(verifier.problems(sealing.exported(owner), [], key=None))


def settled(owner: Connection) -> tuple[int, int]:
    """How far sealing has come, and the last number an entry took."""
    found = owner.execute(
        "SELECT settled, (SELECT last_value FROM journal_entry_id_seq) FROM journal_sealing"
    ).fetchone()
    owner.rollback()
    assert found is not None
    return int(found[0]), int(found[1])


def test_entries_are_sealed_once_and_found_unaltered(
    program: Connection, owner: Connection, seal: Callable[[], Any]
) -> None:
    for action in ("một", "hai, ba"):
        program.execute(WRITE, [action])
    number, count, _entries = seal()
    assert count == 2
    assert seal() is None
    program.execute(WRITE, ["bốn"])
    assert seal()[:2] == (number + 1, 1)
    assert problems(owner) == []
    assert sealing.entries_beside_the_chain(owner) == 0


def test_an_entry_that_appears_late_is_sealed_late(
    databases: Any, program: Connection, owner: Connection, seal: Callable[[], Any]
) -> None:
    """Its number was taken first; its transaction ended after a later one was sealed."""
    with closing(databases.as_app(DATABASE)) as slow:
        slow.execute(WRITE, ["chậm"])
        program.execute(WRITE, ["nhanh"])
        assert seal()[1] == 1
        slow.commit()
    assert seal()[1] == 1
    assert problems(owner) == []
    assert sealing.entries_beside_the_chain(owner) == 0


def test_numbers_of_transactions_that_failed_do_not_hold_sealing_up(
    databases: Any, program: Connection, owner: Connection, seal: Callable[[], Any]
) -> None:
    with closing(databases.as_app(DATABASE)) as failing:
        failing.execute(WRITE, ["hỏng"])
        program.execute(WRITE, ["xong"])
        seal()
        before = settled(owner)
        failing.rollback()
    assert before[0] < before[1]
    for _ in range(2):
        seal()
    assert settled(owner) == (before[1], before[1])


def test_a_change_past_the_guards_is_found(
    program: Connection, owner: Connection, seal: Callable[[], Any]
) -> None:
    program.execute(WRITE, ["thật"])
    number = seal()[0]
    owner.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE journal_entry SET account_id = 1 WHERE id = (SELECT max(id) FROM journal_entry)"
    )
    assert [problem.seal for problem in problems(owner)] == [number]
    owner.execute("DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)")
    assert [problem.seal for problem in problems(owner)] == [number]


def test_an_entry_slipped_in_behind_is_found(
    program: Connection, owner: Connection, seal: Callable[[], Any]
) -> None:
    program.execute(WRITE, ["thật"])
    for _ in range(3):
        seal()
    owner.execute(
        "INSERT INTO journal_entry (id, at, channel, purpose, kind, action) "
        "VALUES (0, now(), 'web', '', 'look', 'giả')"
    )
    assert problems(owner) == []
    assert sealing.entries_beside_the_chain(owner) == 1


@pytest.mark.parametrize(
    "attempt", ["UPDATE journal_seal SET count = 0", "DELETE FROM journal_seal"]
)
def test_seals_are_only_added_to(attempt: str, owner: Connection, seal: Callable[[], Any]) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute(attempt.encode())


def test_nobody_seals_without_proof(program: Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        program.execute("SELECT * FROM journal_seal(%s)", [b"guess"])


def test_a_kept_head_agrees_and_one_of_a_rewritten_chain_does_not(
    program: Connection, owner: Connection, seal: Callable[[], Any], tmp_path: Any
) -> None:
    program.execute(WRITE, ["ký"])
    number = seal()[0]
    found = owner.execute("SELECT hash FROM journal_seal WHERE number = %s", [number]).fetchone()
    assert found is not None
    for head in (sealing.Sealed(number, found[0]), sealing.Sealed(number, bytes(32))):
        sealing.keep(sealing.sign(head, at=1), folder=tmp_path)
    heads = list(verifier.read_heads((tmp_path / sealing.HEADS).read_text().splitlines()))
    lines = list(sealing.exported(owner))
    assert list(verifier.problems(lines, heads[:1], key=sealing.public_key())) == []
    assert [each.seal for each in verifier.problems(lines, heads[1:], key=None)] == [number]
