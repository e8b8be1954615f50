"""`./sobo demo`: the demo nation, loaded once, served, with its address and sign-ins."""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

DAY = "2026-10-12"
"""The day the demo stands on: the round of the beginning of the year is open."""
INSTITUTIONS = 60
SIGN_INS = "sign-ins.json"
TO_FILE = "returns-to-file"
"""The mark in the data folder, from before the nation is there until its round is filed."""


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """How one member of the cast signs in."""

    role: str
    name: str
    username: str
    password: str


def run(arguments: Sequence[str]) -> int:
    """Load the nation unless it is there, then serve it until Ctrl-C. Returns the exit code."""
    given = _parser().parse_args(arguments)
    if given.data:
        os.environ["SOBO_DATA"] = str(Path(given.data).resolve())
    os.environ.setdefault("SOBO_TODAY", given.day)
    if given.load:
        _load(given.scale)
    elif given.file:
        _file()
    else:
        _open(given)
    return 0


def _open(given: argparse.Namespace) -> None:
    from sobo.commands.database_ import make_ready
    from sobo.commands.serve_ import owning_the_server, serve

    with owning_the_server():
        make_ready()
        _set_the_scene(given.scale)
        _tell(given.port)
        serve(given.host, given.port)


def _set_the_scene(institutions: int) -> None:
    """Nation and round, at the first start, and again where that was cut off."""
    from sobo.commands.database_ import as_owner, as_program
    from sobo.configuration import configuration

    if not _holds_a_nation():
        as_owner("demo", "--load", "--scale", str(institutions))
    if (configuration().data / TO_FILE).exists():
        as_program("demo", "--file")


def _holds_a_nation() -> bool:
    """Asked of the database itself: files beside it may be newer or older than it is."""
    import psycopg

    from sobo.configuration import configuration

    with psycopg.connect(configuration().owner_url) as connection:
        return connection.execute("SELECT FROM institutions_institution LIMIT 1").rowcount > 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sobo demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", help="folder for database and files (default: .data)")
    parser.add_argument("--day", default=DAY, help="the day the demo stands on")
    parser.add_argument(
        "--scale", type=int, default=INSTITUTIONS, help="institutions; 54000 are the whole nation"
    )
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--file", action="store_true", help=argparse.SUPPRESS)
    return parser


def sign_ins(data: Path) -> list[SignIn]:
    """The sign-ins of a data folder's demo, in the order of the road."""
    kept = json.loads((data / SIGN_INS).read_text(encoding="utf-8"))
    return [SignIn(**each) for each in kept]


def _load(institutions: int) -> None:
    """As the owner of the database: the demo, as it is before any school has filed."""
    import django
    import psycopg

    from sobo.configuration import configuration

    django.setup()
    from sobo.demo import nation

    print("Đang dựng quốc gia mẫu… (drawing the demo nation)", flush=True)
    territory, batches = nation.nation(institutions=institutions)
    with psycopg.connect(configuration().owner_url) as connection:
        put(connection, territory, batches, data=configuration().data)


def put(connection: Any, territory: Any, batches: Iterator[Any], *, data: Path) -> None:
    """Put nation, its days and accounts into the register, in the transaction that is under way.

    Sign-ins and sample workbooks lie in files: written within it, they are there for whoever finds
    the nation there.
    """
    from sobo.demo import deadlines, load, samples

    # The first batch holds the schools of the story; the others need not stay in memory.
    first = next(batches)
    load.load(connection, territory, chain([first], batches))
    deadlines.set_own_days(connection, territory.provinces)
    _keep(_make_accounts(connection, first), data / SIGN_INS)
    samples.write_samples(data / "samples", first)
    (data / TO_FILE).touch()


def _make_accounts(connection: Any, first: Any) -> list[SignIn]:
    """Everyone's account; the sign-ins of the cast, with passwords of this installation's own."""
    from sobo.accounts.roles import ROLES
    from sobo.demo.cast import cast, new_password
    from sobo.demo.colleagues import colleagues

    for member in colleagues(first):
        _make_account(connection, member, password=None)
    made = []
    for member in cast(first.institutions):
        password = new_password(secrets.choice)
        _make_account(connection, member, password=password)
        role = ROLES[member.role].name
        made.append(
            SignIn(role=role, name=member.name, username=member.username, password=password)
        )
    return made


def _make_account(connection: Any, member: Any, *, password: str | None) -> None:
    """One account; nobody can sign in to one without a password."""
    from django.contrib.auth.hashers import make_password

    connection.execute(
        "INSERT INTO accounts_account "
        "(username, name, role, password, is_active, unit_id, institution_id) "
        "SELECT %s, %s, %s, %s, true, "
        "(SELECT id FROM institutions_unit WHERE code = %s), "
        "(SELECT id FROM institutions_institution WHERE code = %s)",
        [
            member.username, member.name, member.role, make_password(password),
            member.unit_code, member.institution_code,
        ],
    )  # fmt: skip


def _keep(made: Sequence[SignIn], path: Path) -> None:
    """Write the sign-ins where only this installation's account reads them."""
    path.touch(mode=0o600)
    path.write_text(
        json.dumps([asdict(each) for each in made], ensure_ascii=False, indent=1), encoding="utf-8"
    )


def _file() -> None:
    """As the program: the returns that schools have filed by the demo's day."""
    import django

    from sobo.configuration import configuration

    django.setup()
    from sobo.accounts import clock
    from sobo.demo.deadlines import ROUND
    from sobo.demo.filing import file_returns, filed

    print("Các trường đang nộp báo cáo… (schools are filing)", flush=True)
    file_returns(filed(), round_code=ROUND, before=clock.today())
    (configuration().data / TO_FILE).unlink(missing_ok=True)


def _tell(port: int) -> None:
    from sobo.configuration import configuration

    data = configuration().data
    print(f"\nSổ Bộ: http://127.0.0.1:{port}/   (Ctrl-C để dừng, to stop)\n")
    for each in sign_ins(data):
        print(f"  {each.role:<28} {each.username:<28} {each.password}")
    print(f"\nTệp Excel mẫu, sample workbooks: {data / 'samples'}\n", flush=True)
    sys.stdout.flush()
