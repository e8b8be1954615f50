"""Chaining the journal, and signing the chain's head.

Entries are chained by the database (`journal_seal`). The head is signed here, with a key that the
database never holds, and kept where no statement reaches: whoever rewrites the whole chain cannot
make the heads that were signed before.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from psycopg import Connection

from sobo.configuration import configuration
from sobo.journal.verifier import Head, signed_text

Owner = Connection[Any]

HEADS = "journal-heads.jsonl"
"""Signed heads, one line each, in the data folder: to be copied away from this machine."""


class Sealed(NamedTuple):
    """The head of the chain after a sealing."""

    number: int
    hash: bytes


def seal(*, proof: bytes) -> Sealed | None:
    """Chain what became visible since the last call; the new head, or nothing where nothing did.

    `proof` shows that the program asks (accounts.sessions.proof_of_job).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM journal_seal(%s)", [proof])
        found = cursor.fetchone()
    return Sealed(found[0], bytes(found[1])) if found else None


def sign(head: Sealed, *, at: int) -> Head:
    """Sign a head with the installation's key; `at` in microseconds since 1970."""
    return Head(
        number=head.number,
        hash=head.hash,
        signed_at=at,
        key=public_key(),
        signature=_private_key().sign(signed_text(head.number, head.hash, at)),
    )


def public_key() -> bytes:
    """The key by which anyone checks this installation's heads."""
    return _private_key().public_key().public_bytes_raw()


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(configuration().journal_key))


def keep(head: Head, *, folder: Path) -> None:
    """Add a signed head to those kept outside the database."""
    line = json.dumps(
        {
            "seal": head.number,
            "hash": head.hash.hex(),
            "signed_at": head.signed_at,
            "key": head.key.hex(),
            "signature": head.signature.hex(),
        }
    )
    with (folder / HEADS).open("a", encoding="ascii") as file:
        file.write(line + "\n")


EXPORT = """
SELECT s.number, s.previous, microseconds(s.sealed_at), s.count, s.entries, s.hash,
       ARRAY(SELECT {entry} FROM journal_entry e WHERE s.entry_ids @> e.id
             AND e.id BETWEEN lower(s.entry_ids) AND upper(s.entry_ids) ORDER BY e.id)
FROM journal_seal s WHERE s.number >= %s ORDER BY s.number
"""
WHOLE, WITHHELD = (
    "array_to_json(journal_entry_fields(e))::text",
    "encode(journal_entry_digest(e), 'hex')",
)


def exported(owner: Owner, *, since: int = 1, withhold: bool = False) -> Iterator[str]:
    """The chain from a seal on, as the lines `verifier.py` reads; entries whole, or digests only.

    Only the owner of the database sees the chain.
    """
    with owner.cursor(name="chain") as cursor:
        cursor.execute(EXPORT.format(entry=WITHHELD if withhold else WHOLE).encode(), [since])
        for number, previous, sealed_at, count, entries, hash_, members in cursor:
            yield json.dumps(
                {
                    "seal": number,
                    "previous": bytes(previous).hex(),
                    "sealed_at": sealed_at,
                    "count": count,
                    "entries": bytes(entries).hex(),
                    "hash": bytes(hash_).hex(),
                }
            )
            for member in members:
                said = {"digest": member} if withhold else {"entry": json.loads(member)}
                yield json.dumps(said, ensure_ascii=False)


BESIDE_THE_CHAIN = """
SELECT (SELECT count(*) FROM journal_entry e WHERE e.id <= z.settled)
     + (SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(z.ahead) r)
     - (SELECT coalesce(sum(s.count), 0) FROM journal_seal s)
FROM journal_sealing z
"""


def entries_beside_the_chain(owner: Owner) -> int:
    """How many entries stand where sealing has passed and yet in no seal: somebody put them there.

    Below nothing where entries are gone, which the chain itself shows.
    """
    found = owner.execute(BESIDE_THE_CHAIN).fetchone()
    return int(found[0]) if found else 0
