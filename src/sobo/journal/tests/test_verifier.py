"""Whatever is done to a journal, the verifier finds it: thousands of tamperings, drawn at random."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sobo.journal import verifier
from sobo.journal.verifier import BEGINNING, Head, Seal, entry_digest, problems, seal_hash

Fields = list[str | None]
OURS = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ANOTHER = Ed25519PrivateKey.from_private_bytes(bytes(reversed(range(32))))
KEY = OURS.public_key().public_bytes_raw()
NOON = 1_790_000_000_000_000


@dataclass
class Journal:
    """Entries by seal, and the heads that were signed while it grew."""

    seals: list[Seal]
    entries: list[list[Fields]]
    heads: list[Head]

    @property
    def lines(self) -> list[str]:
        """The export of it."""
        lines = []
        for seal, entries in zip(self.seals, self.entries, strict=True):
            lines.append(written(seal, seal_hash(seal)))
            lines += [json.dumps({"entry": fields}) for fields in entries]
        return lines

    @property
    def found(self) -> list[verifier.Problem]:
        """What the verifier finds in it."""
        return list(problems(self.lines, self.heads, key=KEY))


def written(seal: Seal, hash_: bytes) -> str:
    said = {
        "seal": seal.number, "previous": seal.previous.hex(), "sealed_at": seal.sealed_at,
        "count": seal.count, "entries": seal.entries.hex(), "hash": hash_.hex(),
    }  # fmt: skip
    return json.dumps(said)


def chained(entries: Sequence[Sequence[Fields]]) -> list[Seal]:
    """A chain over these entries, as the database makes it."""
    seals: list[Seal] = []
    for number, members in enumerate(entries, start=1):
        digests = b"".join(map(entry_digest, members))
        seals.append(
            Seal(
                number=number,
                previous=seal_hash(seals[-1]) if seals else BEGINNING,
                sealed_at=NOON + number,
                count=len(members),
                entries=sha256(digests).digest(),
            )
        )
    return seals


def signed(seal: Seal, by: Ed25519PrivateKey = OURS) -> Head:
    text = verifier.signed_text(seal.number, seal_hash(seal), seal.sealed_at)
    return Head(
        number=seal.number,
        hash=seal_hash(seal),
        signed_at=seal.sealed_at,
        key=by.public_key().public_bytes_raw(),
        signature=by.sign(text),
    )


fields = st.lists(st.none() | st.text(max_size=8), min_size=3, max_size=5)
journals = st.lists(st.lists(fields, min_size=1, max_size=4), min_size=2, max_size=6).map(
    lambda entries: Journal(chained(entries), entries, [signed(chained(entries)[-1])])
)


# What somebody with every right on the database might do ------------------------------------------


def alters_an_entry(journal: Journal, draw: st.DataObject) -> None:
    members = draw.draw(st.sampled_from(journal.entries))
    entry = draw.draw(st.sampled_from(members))
    at = draw.draw(st.integers(0, len(entry) - 1))
    entry[at] = f"{entry[at] or ''}."


def moves_a_text_into_the_next_field(journal: Journal, draw: st.DataObject) -> None:
    entry = draw.draw(st.sampled_from(draw.draw(st.sampled_from(journal.entries))))
    entry[:2] = [f"{entry[0] or ''}{entry[1] or ''}+", ""]


def removes_an_entry(journal: Journal, draw: st.DataObject) -> None:
    members = draw.draw(st.sampled_from(journal.entries))
    members.pop(draw.draw(st.integers(0, len(members) - 1)))


def adds_an_entry(journal: Journal, draw: st.DataObject) -> None:
    members = draw.draw(st.sampled_from(journal.entries))
    members.insert(draw.draw(st.integers(0, len(members))), ["0", "forged", None])


def removes_a_seal(journal: Journal, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(journal.seals) - 1))
    del journal.seals[at], journal.entries[at]


def cuts_the_tail(journal: Journal, draw: st.DataObject) -> None:
    left = draw.draw(st.integers(0, len(journal.seals) - 1))
    del journal.seals[left:], journal.entries[left:]


def swaps_two_seals(journal: Journal, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(journal.seals) - 2))
    journal.seals[at : at + 2] = reversed(journal.seals[at : at + 2])
    journal.entries[at : at + 2] = reversed(journal.entries[at : at + 2])


def alters_a_seal(journal: Journal, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(journal.seals) - 1))
    journal.seals[at] = replace(journal.seals[at], sealed_at=journal.seals[at].sealed_at - 1)


PLAIN = (
    alters_an_entry, moves_a_text_into_the_next_field, removes_an_entry, adds_an_entry,
    removes_a_seal, cuts_the_tail, swaps_two_seals, alters_a_seal,
)  # fmt: skip
Tampering = Callable[[Journal, st.DataObject], None]


@given(journals)
def test_a_journal_left_alone_is_unaltered(journal: Journal) -> None:
    assert journal.found == []


@pytest.mark.parametrize("tampering", PLAIN)
@settings(max_examples=200)
@given(journals, st.data())
def test_a_tampering_is_found(tampering: Tampering, journal: Journal, data: st.DataObject) -> None:
    tampering(journal, data)
    assert journal.found


@pytest.mark.parametrize(
    "tampering", [alters_an_entry, removes_an_entry, adds_an_entry, removes_a_seal, cuts_the_tail]
)
@settings(max_examples=200)
@given(journals, st.data())
def test_hashing_everything_anew_does_not_hide_it(
    tampering: Tampering, journal: Journal, data: st.DataObject
) -> None:
    tampering(journal, data)
    journal.seals = chained(journal.entries)
    assert journal.found


@given(journals, st.data())
def test_nor_does_signing_the_new_chain_with_a_key_of_ones_own(
    journal: Journal, data: st.DataObject
) -> None:
    alters_an_entry(journal, data)
    journal.seals = chained(journal.entries)
    journal.heads = [signed(journal.seals[-1], by=ANOTHER)]
    assert journal.found


@given(journals, st.data())
def test_a_head_signed_long_ago_still_speaks(journal: Journal, data: st.DataObject) -> None:
    """Heads of every seal were kept; the tail is rewritten from some seal on, and signed again."""
    kept = [signed(seal) for seal in journal.seals]
    at = data.draw(st.integers(0, len(journal.seals) - 1))
    journal.entries[at][0] = ["0", "forged", None]
    journal.seals = chained(journal.entries)
    journal.heads = kept
    assert {problem.seal for problem in journal.found} == set(range(at + 1, len(kept) + 1))


def test_entries_may_be_withheld_and_the_chain_still_checked() -> None:
    entries: list[list[Fields]] = [[["1", "secret"], ["2", None]], [["3", "more"]]]
    seals = chained(entries)
    lines = []
    for seal, members in zip(seals, entries, strict=True):
        lines.append(written(seal, seal_hash(seal)))
        lines += [json.dumps({"digest": entry_digest(each).hex()}) for each in members]
    assert "secret" not in "".join(lines)
    assert list(problems(lines, [signed(seals[-1])], key=KEY)) == []


def test_a_later_part_is_checked_by_itself_once_it_is_called_one() -> None:
    entries: list[list[Fields]] = [[["1"]], [["2"]], [["3"]]]
    seals = chained(entries)
    later = Journal(seals[1:], entries[1:], [signed(seal) for seal in seals])
    assert list(problems(later.lines, later.heads, key=KEY, first=2)) == []
    assert [problem.seal for problem in later.found] == [2, 1]


@pytest.mark.parametrize(
    ("tampering", "code", "said"),
    [(lambda line: line, 0, "unaltered"), (lambda line: line.replace("one", "two"), 1, "seal 1")],
)
def test_the_file_runs_by_itself(
    tmp_path: Path, tampering: Callable[[str], str], code: int, said: str
) -> None:
    """On a machine that has nothing of the program but this file."""
    entries: list[list[Fields]] = [[["one"]]]
    journal = Journal(chained(entries), entries, [])
    (tmp_path / "export.jsonl").write_text("\n".join(map(tampering, journal.lines)))
    done = subprocess.run(
        [sys.executable, "-I", verifier.__file__, str(tmp_path / "export.jsonl")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, said in done.stdout) == (code, True)
