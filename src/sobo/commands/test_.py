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
    browser = _browser()
    environment = {
        **os.environ,
        "SOBO_DATA": os.environ.get("SOBO_DATA", str(ROOT / ".data-test")),
        "SOBO_CHROMIUM": browser or "",
    }
    if browser is None:
        print(NO_BROWSER, file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False
    )
    if browser is None:
        print(NO_BROWSER, file=sys.stderr)
    return done.returncode


NO_BROWSER = (
    "KHÔNG CÓ CHROMIUM: các hành trình trong tests/journeys KHÔNG được chạy. Cài gói chromium rồi "
    "chạy lại. (No Chromium found: the journeys in tests/journeys were not run.)"
)


def _browser() -> str | None:
    """A Chromium, installed from Debian's packages where this account may."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Cài chromium cho các hành trình… (installing chromium)", file=sys.stderr)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    return found
