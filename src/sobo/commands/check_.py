"""`./sobo check`: everything that can be said of the code without running its tests."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def run(arguments: Sequence[str]) -> int:
    """Run every check, all of them even when one fails. Returns the exit code."""
    failed = [name for name, check in CHECKS.items() if not _passes(name, check)]
    if failed:
        print(f"Chưa đạt: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _passes(name: str, check: Callable[[], bool]) -> bool:
    passed = check()
    print(f"{'đạt ' if passed else 'HỎNG'}  {name}", flush=True)
    return passed


def _program(*command: str, as_owner: bool = False) -> Callable[[], bool]:
    def check() -> bool:
        environment = {**os.environ, "SOBO_AS_OWNER": "1"} if as_owner else os.environ
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            print(done.stdout[-8000:], done.stderr[-8000:], file=sys.stderr)
        return done.returncode == 0

    return check


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _no_host_in_lock() -> bool:
    """The lock names no registry: it installs from wherever an installation gets its packages."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return not re.search(r"https?://", lock)


def _no_path_of_a_machine() -> bool:
    pattern = re.compile(rb"(^|[^A-Za-z0-9_.])/(work|root|farm|home/[a-z]+)/")
    found = [path for path in _tracked() if pattern.search(path.read_bytes())]
    for path in found:
        print(f"  {path.relative_to(ROOT)} names a path of one machine", file=sys.stderr)
    return not found


def _documents_are_current() -> bool:
    """Generated documents say what the declarations say."""
    from sobo.commands.document_ import drifted

    stale = drifted()
    for path in stale:
        print(f"  {path} is out of date: run `./sobo document`", file=sys.stderr)
    return not stale


CHECKS: dict[str, Callable[[], bool]] = {
    "ruff": _program("ruff", "check", "."),
    "ruff format": _program("ruff", "format", "--check", "."),
    "mypy strict": _program("mypy"),
    "direction of imports": _program("importlinter.cli", "lint"),
    "migrations": _program("django", "makemigrations", "--check", "--dry-run", as_owner=True),
    "generated documents": _documents_are_current,
    "lock names no host": _no_host_in_lock,
    "no path of a machine": _no_path_of_a_machine,
}
