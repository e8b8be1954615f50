"""`./sobo report ROUND --form CODE`: the form of a school, a unit or the nation, as JSON or CSV."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import psycopg

from sobo.commands.database_ import program
from sobo.configuration import configuration

if TYPE_CHECKING:
    from sobo.reporting.forms.values import FormValues


def run(arguments: Sequence[str]) -> int:
    """Print one form. Returns the exit code: 2 where there is nothing of that name."""
    given = _parser().parse_args(arguments)
    with program():
        return _report(given)


def _report(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from sobo.accounts import sessions

    account = sessions.account_named(given.account or _ministry_account())
    if account is None:
        return _refuse(f"Không có tài khoản này. (No such account: {given.account})")
    with sessions.acting_as(account, channel="command", purpose="báo cáo", at=timezone.now()):
        try:
            values, state = _values(given)
        except LookupError as missing:
            return _refuse(str(missing.args[0]))
    _print(values, state, given.format)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sobo report")
    parser.add_argument("round", help="code of the round, such as dau-nam-2026")
    parser.add_argument("--form", required=True, help="02-TH-ĐN, or without marks 02-th-dn")
    parser.add_argument("--unit", help="code of a school or unit; without it the whole nation")
    parser.add_argument("--format", choices=("json", "csv"), default="json")
    parser.add_argument(
        "--stage", choices=("accepted", "approved", "signed"), default="accepted",
        help="which returns of a unit count: those that came at least so far",
    )  # fmt: skip
    parser.add_argument("--live", action="store_true", help="computed from the register as it is")
    parser.add_argument("--as", dest="account", help="in the scope of this account")
    return parser


def _ministry_account() -> str:
    """The account whose scope is everything: only who holds the owner's URL may look it up."""
    with psycopg.connect(configuration().owner_url) as connection:
        found = connection.execute(
            "SELECT username FROM accounts_account WHERE role = 'ministry' AND is_active "
            "ORDER BY id LIMIT 1"
        ).fetchone()
    return str(found[0]) if found else ""


def _values(given: argparse.Namespace) -> "tuple[FormValues, str]":
    """The figures and their state. Raises `LookupError` with what to say."""
    from sobo.kernel.vietnamese import search_key
    from sobo.reporting.addresses import form_at
    from sobo.reporting.models import Round
    from sobo.reporting.queries import rounds
    from sobo.statistics import unit_forms

    try:
        round_ = rounds.round_by_code(given.round)
        form = form_at(round_, search_key(given.form))
    except (Round.DoesNotExist, KeyError) as unknown:
        raise LookupError(
            f"Không có kỳ {given.round} với biểu {given.form}. (No such round or form.)"
        ) from unknown
    if given.live:
        return unit_forms.live(round_, form, unit=given.unit), "live"
    return unit_forms.filed(round_, form, unit=given.unit, stage=given.stage), given.stage


def _print(values: "FormValues", state: str, kind: str) -> None:
    from sobo.reporting.tabulation import cells_as_rows, document_of

    if kind == "csv":
        csv.writer(sys.stdout).writerows(cells_as_rows(values))
    else:
        print(json.dumps(document_of(values, state=state), ensure_ascii=False, indent=1))


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
