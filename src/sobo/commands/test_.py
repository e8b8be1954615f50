"""`./sobo test`: every test, on an embedded database of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def run(arguments: Sequence[str]) -> int:
    """Run pytest with these further arguments. Returns its exit code."""
    environment = {
        **os.environ,
        "SOBO_DATA": os.environ.get("SOBO_DATA", str(ROOT / ".data-test")),
        "SOBO_CHROMIUM": chromium() or _installed_chromium() or "",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False
    )
    return done.returncode


def chromium() -> str | None:
    """The browser that SOBO_CHROMIUM names; where it is not set, the first there is."""
    named = os.environ.get("SOBO_CHROMIUM")
    names = CHROMIUM if named is None else (named,)
    return next((path for name in names if (path := shutil.which(name))), None)


def _installed_chromium() -> str | None:
    """Chromium from Debian's packages, where this account may and nobody said otherwise."""
    may = os.geteuid() == 0 and shutil.which("apt-get") and "SOBO_CHROMIUM" not in os.environ
    if not may:
        return None
    print("Cài chromium cho các hành trình… (installing chromium)", file=sys.stderr)
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
    return chromium()
