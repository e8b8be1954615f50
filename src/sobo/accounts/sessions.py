"""Opening, entering and closing sessions: the one place where a scope begins."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction

from sobo.configuration import configuration
from sobo.kernel.actor import ANYONE, Actor

WEB_LIFETIME = timedelta(hours=12)
JOB_LIFETIME = timedelta(hours=2)

ENTER = """
WITH token AS MATERIALIZED (
    SELECT set_config('sobo.token', %s, true), set_config('sobo.purpose', %s, true),
           set_config('synchronous_commit', %s, true)
)
SELECT w.account_id, w.name, w.role, w.reach, w.institution_id, w.unit_id, w.place, w.tier,
       w.province_code,
       set_config('role', 'sobo_' || replace(w.reach, 'none', 'narrow'), true)
FROM token, LATERAL scope_who() w
"""
"""One statement: the token is set, resolved by the database, and its role taken on."""


def _proof(message: str) -> bytes:
    """HMAC-SHA-256 in the form the database checks (accounts/functions.sql)."""
    key = configuration().gate_key
    inner = hashlib.sha256(
        hashlib.sha256(f"{key}|inner".encode()).digest() + message.encode()
    ).digest()
    return hashlib.sha256(hashlib.sha256(f"{key}|outer".encode()).digest() + inner).digest()


def proof_of_match(columns: Sequence[Sequence[object]], *, by: Actor) -> bytes:
    """That the program puts this question for this account (registry/people/functions.sql)."""
    values = ("" if value is None else str(value) for column in columns for value in column)
    digest = hashlib.sha256("\x1f".join(values).encode()).hexdigest()
    return _proof(f"match|{by.account_id}|{digest}")


def proof_of_job(job: str, *, on: date) -> bytes:
    """That the program does its work of this day, which needs no account."""
    return _proof(f"job|{job}|{on}")


@contextmanager
def _as_the_program() -> Iterator[None]:
    """Leave the session's role for a moment: none of those may ask for the hash of a password."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        cursor.execute(f'SET LOCAL ROLE "{role}"')


def account_for(username: str, password: str) -> int | None:
    """The account of this name and password, or none. Takes the same time either way.

    Also within a session, where one at work shows again that it is they.
    """
    with _as_the_program(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, password, is_active FROM sign_in_account(%s, %s)",
            [username, _proof(f"sign-in|{username}")],
        )
        found = cursor.fetchone()
    if found is None:
        make_password(password)
        return None
    account_id, encoded, is_active = found
    return account_id if check_password(password, encoded) and is_active else None


def account_named(username: str) -> int | None:
    """The account of this name, for the operator's own commands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM sign_in_account(%s, %s)", [username, _proof(f"sign-in|{username}")]
        )
        found = cursor.fetchone()
    return found[0] if found else None


def open_session(*, account_id: int, channel: str, at: datetime) -> str:
    """Open a session for an account and return its token, which only its holder ever has."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    lifetime = WEB_LIFETIME if channel == "web" else JOB_LIFETIME
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_open(%s, %s, %s, %s, %s)",
            [
                account_id,
                digest,
                channel,
                at + lifetime,
                _proof(f"open|{account_id}|{digest.hex()}|{channel}"),
            ],
        )
    return token


def close_session() -> None:
    """End the session in whose transaction this runs, wherever its cookie still is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_close()")


def enter(token: str | None, *, purpose: str, looks_only: bool) -> Actor:
    """Give the running transaction the scope of a token; nobody's where the token opens nothing.

    `looks_only` lets the commit not wait for the disk: a power cut may lose the last looks, never
    a change (docs/adr/0004-journal.md).
    """
    if not token:
        return ANYONE
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [token, purpose, "off" if looks_only else "on"])
        found = cursor.fetchone()
    if found is None:
        return ANYONE
    account_id, name, role, reach, institution_id, unit_id, place, tier, province, _role = found
    return Actor(
        account_id=account_id,
        name=name,
        role=role,
        reach=reach,
        institution_id=institution_id,
        unit_id=unit_id,
        place=place,
        tier=tier,
        province_code=province,
    )


@contextmanager
def acting_as(account_id: int, *, channel: str, purpose: str, at: datetime) -> Iterator[Actor]:
    """One transaction in the scope of an account: for jobs and commands, which have no cookie."""
    token = open_session(account_id=account_id, channel=channel, at=at)
    with transaction.atomic():
        yield enter(token, purpose=purpose, looks_only=False)
