"""`./sobo database`: bring the database up to date, starting the embedded one if need be."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sobo.commands.children import end_with_parent
from sobo.configuration import configuration
from sobo.database import is_up_to_date, prepare_embedded, uses_embedded
from sobo.embedded import Server


def run(arguments: Sequence[str]) -> int:
    """Make roles and database, migrate, guard. Returns the exit code."""
    if "--as-owner" in arguments:
        from sobo.database import bring_up_to_date

        bring_up_to_date()
        return 0
    make_ready()
    return 0


def make_ready() -> bool:
    """The same for other commands. True where this call started the embedded server."""
    started = False
    if uses_embedded():
        server = Server(configuration().data)
        started = server.ensure_running()
        configuration.cache_clear()  # the port is known only now
        prepare_embedded(server, os.environ.get("SOBO_DATABASE", "sobo"))
    if not is_up_to_date():
        as_owner("database", "--as-owner")
    return started


@contextmanager
def program() -> Iterator[None]:
    """The program set up over a running database; one started for this alone is stopped after."""
    import django

    started = make_ready()
    try:
        django.setup()
        yield
    finally:
        if started:
            Server(configuration().data).stop()


def as_owner(*command: str) -> None:
    """Run a command of ours in a process that connects as the database's owner."""
    _run_ours(command, SOBO_AS_OWNER="1")


def as_program(*command: str) -> None:
    """Run a command of ours in a process that connects as the program does."""
    _run_ours(command)


def _run_ours(command: Sequence[str], **environment: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "sobo", *command],
        env={**os.environ, **environment},
        check=True,
        preexec_fn=end_with_parent,
    )
