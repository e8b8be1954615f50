"""The compiled reader tried on a stranger's file where its fall hurts nobody.

A forged count can make that reader ask for terabytes or stop in a panic, and both end the whole
process: a fuzzer found such files within a minute.  What it survives once it survives again, so
it first reads each file in a process of its own, beside the other checks.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sobo.intake.reading import understudy
from sobo.intake.reading.limits import Limits
from sobo.intake.reading.refusals import FileRefused


@contextmanager
def rehearsed(path: Path, *, limits: Limits) -> Iterator[None]:
    """Read a file in another process while the body runs, and wait for the outcome after it.

    Raises FileRefused (TA-0007) where the reader fell or took longer than `reader_seconds`.
    """
    command = [sys.executable, "-I", understudy.__file__, str(path), str(limits.reader_bytes)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
        fell = process.wait(timeout=limits.reader_seconds) != 0
    except subprocess.TimeoutExpired:
        fell = True
    finally:
        process.kill()
        process.wait()
    if fell:
        raise FileRefused("TA-0007")
