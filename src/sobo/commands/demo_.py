"""`./sobo demo`: the demo nation, loaded once, served, with its address and sign-ins."""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

DAY = "2026-10-12"
"""The day the demo stands on: the round of the beginning of the year is open."""
INSTITUTIONS = 60
ROUND = "dau-nam-2026"
SIGN_INS = "sign-ins.json"


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
        return 0
    from sobo.commands.database_ import as_owner, make_ready
    from sobo.commands.serve_ import owning_the_server, serve
    from sobo.configuration import configuration

    with owning_the_server():
        make_ready()
        if not (configuration().data / SIGN_INS).exists():
            as_owner("demo", "--load", "--scale", str(given.scale))
        _tell(given.port)
        serve(given.host, given.port)
    return 0


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
    return parser


def sign_ins(data: Path) -> list[SignIn]:
    """The sign-ins of a data folder's demo, in the order of the road."""
    kept = json.loads((data / SIGN_INS).read_text(encoding="utf-8"))
    return [SignIn(**each) for each in kept]


def _load(institutions: int) -> None:
    """As the owner of the database: nation, round, accounts, sample workbooks; once."""
    import django
    import psycopg

    from sobo.configuration import configuration

    django.setup()
    from sobo.demo import load, nation
    from sobo.demo.cast import cast
    from sobo.demo.samples import write_samples
    from sobo.reporting.rounds import open_round

    data = configuration().data
    with psycopg.connect(configuration().owner_url) as connection:
        if load.is_loaded(connection):
            return
        print("Đang dựng quốc gia mẫu… (drawing the demo nation)", flush=True)
        territory, batches = nation.nation(institutions=institutions)
        # The first batch holds the schools of the story; the others need not stay in memory.
        first = next(batches)
        load.load(connection, territory, chain([first], batches))
        open_round(connection, ROUND)
        _make_accounts(connection, cast(first.institutions), data)
    write_samples(data / "samples", first)


def _make_accounts(connection: Any, members: Sequence[Any], data: Path) -> None:
    """Accounts with passwords of this installation's own, kept where only its account reads."""
    from django.contrib.auth.hashers import make_password

    from sobo.accounts.roles import ROLES
    from sobo.demo.cast import new_password

    made = []
    for member in members:
        password = new_password(secrets.choice)
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
        role = ROLES[member.role].name
        made.append(
            SignIn(role=role, name=member.name, username=member.username, password=password)
        )
    path = data / SIGN_INS
    path.touch(mode=0o600)
    path.write_text(
        json.dumps([asdict(each) for each in made], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    connection.commit()


def _tell(port: int) -> None:
    from sobo.configuration import configuration

    data = configuration().data
    print(f"\nSổ Bộ: http://127.0.0.1:{port}/   (Ctrl-C để dừng, to stop)\n")
    for each in sign_ins(data):
        print(f"  {each.role:<28} {each.username:<28} {each.password}")
    print(f"\nTệp Excel mẫu, sample workbooks: {data / 'samples'}\n", flush=True)
    sys.stdout.flush()
