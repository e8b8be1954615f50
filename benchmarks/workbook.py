"""A workbook of 2,000 new learners from the clerk's upload to the receipt, against a running server.

What a person would do, without the person: send the file, open the page of differences, press the
button. Three pages answer; nothing is read or written beside them. Then the memory of one process
that reads, checks and writes a workbook of 100,000 rows. What is written stays in the folder of the
measurement, `bench-demo` in the data folder: begin without it to repeat the figures.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.clerk import Clerk, workbook
from benchmarks.servers import data_folder, demo_server
from sobo.commands.demo_ import DAY
from sobo.commands.import_ import REFUSED

LEARNERS, RUNS = 2_000, 3
MANY = 100_000


def measure(*, size: int | None = None) -> Iterator[dict[str, object]]:
    """Seconds from sending to committed, the median of three files of a demo school."""
    rows = size or LEARNERS
    with demo_server() as (port, username, password):
        clerk = Clerk(f"http://127.0.0.1:{port}")
        clerk.signs_in(username, password)
        runs = [_one_file(clerk, rows) for _ in range(RUNS)]
        school = clerk.school_code()
    for step, seconds in zip(("check", "review", "commit"), zip(*runs, strict=True), strict=True):
        yield {"what": f"workbook: {step}", "seconds": round(statistics.median(seconds), 2)}
    whole = statistics.median(sum(run) for run in runs)
    yield {"what": "workbook, upload to committed", "rows": rows, "seconds": round(whole, 2)}
    yield _memory(school)


def _memory(school: str) -> dict[str, object]:
    """The largest process of `./sobo import` with a workbook of many rows."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(workbook(MANY))
        file.flush()
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "sobo", "import", file.name, "--school", school, "--commit"],
            env={**os.environ, "SOBO_DATA": str(data_folder()), "SOBO_TODAY": DAY},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        seconds = time.perf_counter() - began
    assert done.returncode < REFUSED, "the workbook was refused"
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "what": "workbook, memory of the largest process",
        "rows": MANY,
        "memory_mb": round(largest / 1024),
        "seconds": round(seconds, 1),
    }


def _one_file(clerk: Clerk, rows: int) -> tuple[float, float, float]:
    body = workbook(rows)
    clerk.opens("/dua-du-lieu/tep")
    began = time.perf_counter()
    clerk.sends(body)
    checked = time.perf_counter()
    clerk.opens(f"{clerk.address}xem-lai")

    reviewed = time.perf_counter()
    clerk.commits()
    committed = time.perf_counter()
    assert "Biên nhận ghi sổ" in clerk.page, "the file was not committed"
    return checked - began, reviewed - checked, committed - reviewed
