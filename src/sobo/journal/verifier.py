"""Checks an exported journal without any database: `python verifier.py EXPORT [--heads FILE …]`.

This file needs nothing of the rest of the program; whoever doubts the register takes it away and
runs it on a machine of their own. An export is JSON lines, each seal followed by its entries:

    {"seal": 7, "previous": "…", "sealed_at": 1760000000000000, "entries": "…", "count": 2, "hash": "…"}
    {"entry": ["41", "1760000000000000", "13", null, …]}     the fields of an entry, as text
    {"digest": "…"}                                          an entry whose content is withheld

Heads are what was signed and kept outside the database, line by line:

    {"seal": 7, "hash": "…", "signed_at": 1760000000000000, "key": "…", "signature": "…"}

Moments are microseconds since 1970, hashes SHA-256 in hexadecimal. Exit code 0: nothing was altered;
1: something was; 2: the files cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

BEGINNING = bytes(32)
"""What stands before the first seal."""


@dataclass(frozen=True, kw_only=True)
class Seal:
    """One link: the entries that became visible since the last, in the order of their numbers."""

    number: int
    previous: bytes
    sealed_at: int
    """Microseconds since 1970."""
    count: int
    entries: bytes
    """SHA-256 over the digests of its entries, joined."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """A seal's hash as it was signed and kept elsewhere."""

    number: int
    hash: bytes
    signed_at: int
    key: bytes
    signature: bytes


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be as it was written."""

    seal: int
    what: str

    def __str__(self) -> str:
        return f"seal {self.seal}: {self.what}"


def entry_digest(fields: Sequence[str | None]) -> bytes:
    """The digest of one entry. Lengths stand before texts, so that no two entries are alike."""
    written = (
        b"-," if field is None else b"%d:%s," % (len(raw := field.encode()), raw)
        for field in fields
    )
    return sha256(b"".join(written)).digest()


def seal_hash(seal: Seal) -> bytes:
    """The hash of a seal, over the seal before it and its own entries."""
    parts = (seal.number, seal.previous.hex(), seal.sealed_at, seal.count, seal.entries.hex())
    return sha256("\n".join(map(str, parts)).encode()).digest()


def signed_text(number: int, seal_hash: bytes, signed_at: int) -> bytes:
    """What the signature of a head is over."""
    return f"sobo journal\n{number}\n{seal_hash.hex()}\n{signed_at}".encode()


def problems(
    lines: Iterable[str], heads: Iterable[Head], *, key: bytes | None, first: int = 1
) -> Iterator[Problem]:
    """What was altered, removed or added in an export, as far as its seals and the heads tell.

    `key` is the public key the reader trusts; without it every head is taken as it says. `first` is
    the seal the export is said to begin with.
    """
    hashes: dict[int, bytes] = {}
    last: tuple[Seal, bytes] | None = None
    for seal, stated, digests in _sealed(lines):
        yield from _wrong_in(seal, stated, digests)
        yield from _wrong_between(last, seal) if last else _wrong_beginning(seal, first)
        hashes[seal.number] = seal_hash(seal)
        last = seal, hashes[seal.number]
    yield from _wrong_heads(hashes, [head for head in heads if head.number >= first], key)


def _sealed(lines: Iterable[str]) -> Iterator[tuple[Seal, bytes, list[bytes]]]:
    """Each seal with the hash it states and the digests of the entries that follow it."""
    seal: Seal | None = None
    stated, digests = b"", list[bytes]()
    for line in lines:
        said = json.loads(line)
        if "seal" in said:
            if seal is not None:
                yield seal, stated, digests
            seal, stated, digests = _seal(said), bytes.fromhex(said["hash"]), []
        elif "entry" in said:
            digests.append(entry_digest(said["entry"]))
        else:
            digests.append(bytes.fromhex(said["digest"]))
    if seal is not None:
        yield seal, stated, digests


def _seal(said: dict[str, Any]) -> Seal:
    return Seal(
        number=said["seal"],
        previous=bytes.fromhex(said["previous"]),
        sealed_at=said["sealed_at"],
        count=said["count"],
        entries=bytes.fromhex(said["entries"]),
    )


def _wrong_in(seal: Seal, stated: bytes, digests: Sequence[bytes]) -> Iterator[Problem]:
    if len(digests) != seal.count:
        yield Problem(seal.number, f"{seal.count} entries were sealed and {len(digests)} are there")
    elif sha256(b"".join(digests)).digest() != seal.entries:
        yield Problem(seal.number, "an entry is not what was sealed")
    if stated != seal_hash(seal):
        yield Problem(seal.number, "the seal itself was altered")


def _wrong_beginning(seal: Seal, first: int) -> Iterator[Problem]:
    if seal.number != first:
        yield Problem(
            seal.number, f"it comes first, and seal {first} should: what was before is gone"
        )
    elif seal.number == 1 and seal.previous != BEGINNING:
        yield Problem(1, "something was removed from before the first seal")


def _wrong_between(last: tuple[Seal, bytes], seal: Seal) -> Iterator[Problem]:
    before, hash_before = last
    if seal.number != before.number + 1:
        yield Problem(seal.number, f"it follows seal {before.number}: what was between is gone")
    elif seal.previous != hash_before:
        yield Problem(seal.number, f"it does not continue seal {before.number} as that stands now")
    if seal.sealed_at < before.sealed_at:
        yield Problem(seal.number, f"it is older than seal {before.number}")


def _wrong_heads(
    hashes: dict[int, bytes], heads: Iterable[Head], key: bytes | None
) -> Iterator[Problem]:
    end = max(hashes, default=0)
    for head in heads:
        if not _is_signed(head, key):
            yield Problem(head.number, "a head bears no signature of the key that is trusted")
        elif head.number > end:
            yield Problem(head.number, f"it was signed, and the journal ends at seal {end}")
        elif hashes.get(head.number) != head.hash:
            yield Problem(head.number, "it is not the seal that was signed")


def _is_signed(head: Head, key: bytes | None) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if key is not None and head.key != key:
        return False
    text = signed_text(head.number, head.hash, head.signed_at)
    try:
        Ed25519PublicKey.from_public_bytes(head.key).verify(head.signature, text)
    except InvalidSignature:
        return False
    return True


def read_heads(lines: Iterable[str]) -> Iterator[Head]:
    """Heads from their lines."""
    for line in lines:
        said = json.loads(line)
        yield Head(
            number=said["seal"],
            hash=bytes.fromhex(said["hash"]),
            signed_at=said["signed_at"],
            key=bytes.fromhex(said["key"]),
            signature=bytes.fromhex(said["signature"]),
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Check files and say what is wrong with them. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--heads", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--key", help="the public key that is trusted, in hexadecimal")
    parser.add_argument(
        "--from", dest="first", type=int, default=1, help="first seal of the export"
    )
    given = parser.parse_args(arguments)
    try:
        key = bytes.fromhex(given.key) if given.key else None
        heads = [head for path in given.heads for head in read_heads(_lines(path))]
        found = list(problems(_lines(given.export), heads, key=key, first=given.first))
    except ImportError:
        print("heads are signed with Ed25519: `pip install cryptography`", file=sys.stderr)
        return 2
    except (OSError, ValueError, KeyError, TypeError) as unreadable:
        print(f"the files cannot be read: {unreadable!r}", file=sys.stderr)
        return 2
    for problem in found:
        print(problem)
    print(f"{len(found)} problems" if found else f"unaltered; {len(heads)} heads agree")
    return 1 if found else 0


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file


if __name__ == "__main__":
    raise SystemExit(main())
