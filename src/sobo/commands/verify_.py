"""`./sobo verify`: whether the journal is what was written, as its chain and its signed heads tell.

`--export FILE` keeps what is checked, to be checked again elsewhere by `journal/verifier.py` alone;
with `--withhold` digests stand in it in place of entries. Exit code 0: unaltered; 1: altered.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

import psycopg

from sobo.configuration import configuration

Owner = psycopg.Connection[Any]


def run(arguments: Sequence[str]) -> int:
    """Verify as the owner of the database. Returns the exit code."""
    from sobo.commands.database_ import program

    given = _parser().parse_args(arguments)
    with program(), psycopg.connect(configuration().owner_url) as owner:
        found = list(_problems(owner, given))
    for problem in found:
        print(problem)
    print(f"{len(found)} chỗ đã bị đổi (altered)" if found else "Nhật ký nguyên vẹn (unaltered)")
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sobo verify", description=__doc__)
    parser.add_argument(
        "--heads", type=Path, action="append", metavar="FILE",
        help="signed heads kept elsewhere (default: those in the data folder)",
    )  # fmt: skip
    parser.add_argument("--export", type=Path, metavar="FILE", help="write what is checked")
    parser.add_argument("--withhold", action="store_true", help="export digests, not entries")
    return parser


def _problems(
    owner: "psycopg.Connection[tuple[object, ...]]", given: argparse.Namespace
) -> Iterator[str]:
    from sobo.journal import sealing, verifier

    heads = [head for path in _heads(given) for head in verifier.read_heads(_lines(path))]
    lines = sealing.exported(owner, withhold=given.withhold)
    with given.export.open("w", encoding="utf-8") if given.export else nullcontext() as copy:
        for problem in verifier.problems(_copied(lines, copy), heads, key=sealing.public_key()):
            yield str(problem)
    beside = sealing.entries_beside_the_chain(owner)
    if beside > 0:
        yield f"{beside} entries stand in no seal: they were added past the program"


def _heads(given: argparse.Namespace) -> list[Path]:
    from sobo.journal.sealing import HEADS

    kept = configuration().data / HEADS
    return given.heads or ([kept] if kept.exists() else [])


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file


def _copied(lines: Iterator[str], copy: TextIO | None) -> Iterator[str]:
    for line in lines:
        if copy is not None:
            copy.write(line + "\n")
        yield line
