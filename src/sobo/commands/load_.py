"""`./sobo load FILE.csv --as USERNAME`: the learners of a province from one text file.

The column “Mã trường” names the school of each row. The file is taken a hundred thousand rows at a
time, each in a transaction of its own; loading it again writes nothing twice. Prints what was found
as JSON lines, never with a value of a person. Exit code 0: nothing to mend; 1: findings; 2: refused.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sobo.commands.database_ import program

CLEAN, FINDINGS, REFUSED = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Check and, where asked, write a file. Returns the exit code."""
    given = _parser().parse_args(arguments)
    if not given.file.is_file():
        return _refuse(f"Không thấy tệp {given.file.name}. (No such file.)")
    with program():
        return _load(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sobo load", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help=".csv, .tsv or .txt")
    parser.add_argument(
        "--as", dest="username", required=True, metavar="USERNAME", help="an account that may enter"
    )
    parser.add_argument("--commit", action="store_true", help="write the rows without errors")
    return parser


def _load(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from sobo.accounts import clock, sessions
    from sobo.intake.provincial import load_learners
    from sobo.intake.reading.refusals import FileRefused
    from sobo.kernel.refusal import Refusal
    from sobo.kernel.school_year import SchoolYear

    account = sessions.account_named(given.username)
    if account is None:
        return _refuse(f"Không có tài khoản {given.username}. (No such account.)")
    today = clock.today()
    chunks = load_learners(
        given.file,
        school_year=SchoolYear.of(today).start_year,
        on=today,
        transaction=partial(
            sessions.acting_as, account, channel="load", purpose="nạp lần đầu", at=timezone.now()
        ),
        writes=given.commit,
    )
    try:
        return _tell(chunks, writes=given.commit)
    except FileRefused as refused:
        return _refuse(f"{refused.code}: {refused.vi}")
    except Refusal as refused:
        return _refuse(refused.text("vi"))


def _tell(chunks: Iterator[Any], *, writes: bool) -> int:
    """Print what each chunk came to as soon as it has, and the sums at the end."""
    sums: Counter[str] = Counter()
    for loaded in chunks:
        if loaded.unread and not sums:
            print(f"Cột không hiểu, bỏ qua: {', '.join(loaded.unread)}", file=sys.stderr)
        for line in _lines(loaded):
            print(json.dumps(line, ensure_ascii=False), flush=True)
            sums["found"] += 1
        sums.update(rows=loaded.rows, clean=loaded.clean, maybe=len(loaded.undecided))
        print(f"{_written(sums['rows'])} dòng đã xem…", file=sys.stderr)
    done = "đã ghi vào sổ" if writes else "có thể ghi (chưa ghi: thêm --commit)"
    print(
        f"{_written(sums['rows'])} dòng: {_written(sums['clean'])} {done}, "
        f"{_written(sums['maybe'])} có thể trùng người; {_written(sums['found'])} chỗ cần xem.",
        file=sys.stderr,
    )
    return FINDINGS if sums["found"] else CLEAN


def _lines(loaded: Any) -> Iterator[dict[str, Any]]:
    from sobo.intake.wording import rule_of
    from sobo.registry.sheets import LEARNERS

    for row, field, code in loaded.findings.sort("row").select("row", "field", "rule").iter_rows():
        rule = rule_of(LEARNERS, code, field)
        column, message = LEARNERS.columns[field].label(), rule.plain("vi")
        yield {"row": row, "column": column, "rule": code, "message": message}
    for row in loaded.undecided:
        yield {"row": row, "message": UNDECIDED}
    for school, rows in loaded.unknown_schools.items():
        yield {"school": school, "rows": rows, "message": UNKNOWN_SCHOOL}


UNDECIDED = "Có thể là người đã có trong sổ: trường phải quyết định; dòng chưa được ghi."
UNKNOWN_SCHOOL = "Không có trường mã này trong phạm vi của tài khoản: các dòng không được nạp."


def _written(number: int) -> str:
    from sobo.kernel.vietnamese import format_number

    return format_number(number)


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return REFUSED
