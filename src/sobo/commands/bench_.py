"""`./sobo bench intake|workbook|pages|statistics`: what docs/performance.md reports, measured again."""

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SUBJECTS = ("intake", "workbook", "pages", "statistics")


def run(arguments: Sequence[str]) -> int:
    """Measure one subject. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="sobo bench")
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--rows", type=int, help="learners (intake, workbook) or schools (statistics)"
    )
    given = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))
    subject = importlib.import_module(f"benchmarks.{given.subject}")
    results: Iterator[dict[str, object]] = subject.measure(size=given.rows)
    for result in results:
        print(json.dumps(result, ensure_ascii=False) if given.json else _line(result), flush=True)
    return 0


def _line(result: dict[str, object]) -> str:
    return "  ".join(f"{name}={value}" for name, value in result.items())
