"""The command line: `./sobo COMMAND`. One module a command; this one only finds and calls them."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "demo": "install, load the demo nation, serve, and print address and sign-ins",
    "serve": "serve the register with its worker",
    "test": "run every test",
    "check": "style, types, direction of imports, drift",
    "database": "bring the database up to date",
    "database-roles": "print the SQL an administrator runs to make the roles",
    "document": "write the generated documents",
    "import": "read a file into a school's register: findings as JSON lines",
    "load": "read a province's learners from one text file",
    "report": "compute a form of a round",
    "seal": "chain the journal as entries come in (serve starts it)",
    "verify": "whether the journal is what was written",
    "bench": "measure intake, pages or statistics",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is what it returns."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="sobo", description="Sổ Bộ, sổ bộ giáo dục quốc gia mở")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=_listing())
    if not given:
        parser.print_help()
        return 2
    chosen = parser.parse_args(given[:1]).command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sobo.settings")
    module = importlib.import_module(f"sobo.commands.{chosen.replace('-', '_').rstrip('_')}_")
    result: int = module.run(given[1:])
    return result


def _listing() -> str:
    return "; ".join(f"{name}: {does}" for name, does in COMMANDS.items())
