"""`./sobo import FILE --school CODE`: a file into a school's register, without a web server.

Prints what was found as JSON lines, never with a value of the file, and a summary at the end.
Exit code 0: nothing to mend; 1: findings; 2: refused.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sobo.commands.database_ import program

CLEAN, FINDINGS, REFUSED = 0, 1, 2
CHUNK = 1 << 20


def run(arguments: Sequence[str]) -> int:
    """Read, check and, where asked, write a file. Returns the exit code."""
    given = _parser().parse_args(arguments)
    if not given.file.is_file():
        print(f"Không thấy tệp {given.file.name}. (No such file.)", file=sys.stderr)
        return REFUSED
    from sobo.kernel.refusal import Refusal

    with program():
        try:
            return _import(given)
        except Refusal as refused:
            print(refused.text("vi"), file=sys.stderr)
            return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sobo import", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls, .ods, .csv")
    parser.add_argument("--school", required=True, metavar="CODE", help="code of the institution")
    parser.add_argument("--commit", action="store_true", help="write the rows without errors")
    parser.add_argument("--json", action="store_true", help="the summary as a JSON line too")
    parser.add_argument(
        "--as", dest="username", metavar="USERNAME", help="whose session it runs in"
    )
    return parser


def _import(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from sobo.accounts import clock, sessions
    from sobo.intake import models, operations

    account = _account(given)
    if account is None:
        return REFUSED
    with sessions.acting_as(
        account, channel="cli", purpose="đưa dữ liệu vào", at=timezone.now()
    ) as by:
        now = clock.now()
        batch = _received(given, by, now)
        if batch is None:
            return REFUSED
        if batch.state == models.RECEIVED:
            batch = operations.read(batch=batch, on=now)
        if batch.state == models.REFUSED:
            _print({"refused": batch.refusal["code"], "message": batch.refusal["vi"]})
            return REFUSED
        found = list(_findings(batch, now))
        for line in found:
            _print(line)
        if given.commit:
            batch = operations.commit(batch_id=batch.pk, edits_seen=batch.edits_made, by=by, at=now)
        _summarise(batch, len(found), as_json=given.json)
    return FINDINGS if found else CLEAN


def _account(given: argparse.Namespace) -> int | None:
    """The account named, or the clerk of the school."""
    from sobo.accounts import sessions

    names = [given.username] if given.username else _clerks(given.school)
    for name in names:
        account = sessions.account_named(name)
        if account is not None:
            return account
    print(
        f"Không có tài khoản nhập liệu cho trường {given.school}; nêu --as TÊN. "
        "(No account enters data for this school; name one with --as.)",
        file=sys.stderr,
    )
    return None


def _clerks(school: str) -> list[str]:
    """Who enters data for a school; asked of the owner, for this is the operator's command."""
    import psycopg

    from sobo.accounts.roles import ENTER_DATA, ROLES
    from sobo.configuration import configuration

    roles = [role.code for role in ROLES.values() if ENTER_DATA in role.permissions]
    with psycopg.connect(configuration().owner_url) as connection:
        rows = connection.execute(
            "SELECT a.username FROM accounts_account a "
            "JOIN institutions_institution i ON i.id = a.institution_id "
            "WHERE i.code = %s AND a.role = ANY (%s) AND a.is_active ORDER BY a.id",
            [school, roles],
        )
        return [username for (username,) in rows]


def _received(given: argparse.Namespace, by: Any, now: Any) -> Any:
    from sobo.accounts.roles import ENTER_DATA, may
    from sobo.institutions.models import Institution
    from sobo.intake import operations
    from sobo.kernel.school_year import SchoolYear

    institution = Institution.objects.filter(code=given.school).first()
    if institution is None or not may(by, ENTER_DATA):
        print(
            f"Tài khoản này không nhập liệu được cho trường {given.school}. "
            "(This account may not enter data for that school.)",
            file=sys.stderr,
        )
        return None
    with given.file.open("rb") as stream:
        return operations.receive(
            institution=institution,
            school_year=SchoolYear.of(now.date()).start_year,
            file_name=given.file.name,
            chunks=iter(lambda: stream.read(CHUNK), b""),
            by=by,
            at=now,
        )


def _findings(batch: Any, now: Any) -> Iterator[dict[str, str]]:
    from sobo.intake.queries.rows import last_check
    from sobo.intake.wording import messages, value_free

    for each in last_check(batch, now).values():
        yield from value_free(messages(batch, each, each.findings.sort("row"), "vi"))


def _summarise(batch: Any, found: int, *, as_json: bool) -> None:
    counts = list(batch.summary["checked"].values())
    sums = {name: sum(sheet[name] for sheet in counts) for name in SUMS}
    if as_json:
        written = batch.summary.get("written", {})
        _print({"batch": str(batch.public_id), "state": batch.state, **sums, "written": written})
        return
    print(
        f"{sums['rows']} dòng: {sums['new']} mới, {sums['changed']} thay đổi, {sums['same']} như "
        f"sổ, {sums['maybe']} có thể trùng người, {sums['errors']} còn lỗi; {found} chỗ cần xem. "
        + ("Đã ghi vào sổ." if batch.state == "committed" else "Chưa ghi gì vào sổ."),
        file=sys.stderr,
    )


SUMS = ("rows", "new", "changed", "same", "maybe", "errors")


def _print(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)
