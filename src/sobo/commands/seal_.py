"""`./sobo seal`: chain the journal as its entries come in, until stopped; `./sobo serve` starts it."""

import contextlib
import signal
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sobo.configuration import configuration

if TYPE_CHECKING:
    from sobo.journal.sealing import Sealed

EVERY_SECONDS = 0.5
HEAD_EVERY_SECONDS = 60
"""While entries come in, a head is signed this often: what is cut off later can be told since then."""


def run(arguments: Sequence[str]) -> int:
    """Seal twice a second; sign a head every minute and at the end. Returns the exit code."""
    import django

    django.setup()
    signal.signal(signal.SIGTERM, _stop)
    with contextlib.suppress(KeyboardInterrupt):
        _seal_until_stopped()
    return 0


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _seal_until_stopped() -> None:
    unsigned: Sealed | None = None
    next_head = time.monotonic()
    try:
        while True:
            unsigned = seal_now() or unsigned
            if unsigned and time.monotonic() >= next_head:
                sign_now(unsigned)
                unsigned, next_head = None, time.monotonic() + HEAD_EVERY_SECONDS
            time.sleep(EVERY_SECONDS)
    finally:
        if unsigned:
            sign_now(unsigned)


def seal_now() -> "Sealed | None":
    """Chain what is there; the new head, if any."""
    from sobo.accounts.sessions import proof_of_job
    from sobo.journal import sealing
    from sobo.kernel.vietnamese import VIETNAM

    # The database checks the proof against its own day, which no setting moves.
    return sealing.seal(proof=proof_of_job("journal_seal", on=datetime.now(VIETNAM).date()))


def sign_now(head: "Sealed") -> None:
    """Sign a head and keep it outside the database."""
    from sobo.journal import sealing

    moment = int(datetime.now(UTC).timestamp() * 1_000_000)
    signed = sealing.sign(head, at=moment)
    sealing.keep(signed, folder=configuration().data)
