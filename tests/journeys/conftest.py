"""A nation, a browser, and the people who open it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from sobo.commands.test_ import chromium

from .nation import Nation, load_template, served
from .people import DESK, ROOT, Person

FAILURES = ROOT / "build" / "journeys"
"""Pictures and complaints of journeys that failed; git ignores the folder."""
QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-quic"
).split()
NO_CHROMIUM = "không có Chromium (no Chromium)"
NOT_RUN = (
    "KHÔNG CÓ CHROMIUM: {count} hành trình dưới đây KHÔNG được chạy. Cài gói chromium hoặc đặt "
    "SOBO_CHROMIUM rồi chạy lại. (No Chromium found: the {count} journeys below were NOT run.)"
)

Someone = Callable[..., Person]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey, and none is begun where there is no browser."""
    here = Path(__file__).parent
    journeys = [item for item in items if here in item.path.parents]
    for journey in journeys:
        journey.add_marker(pytest.mark.journey)
        if not chromium():
            journey.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the journeys that could not be run: nobody should take their silence for success."""
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = [report.nodeid for report in skipped if NO_CHROMIUM in str(report.longrepr)]
    if left_out:
        terminalreporter.section(f"{len(left_out)} NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.write_line(NOT_RUN.format(count=len(left_out)), red=True, bold=True)
        for journey in left_out:
            terminalreporter.write_line(f"  {journey}", red=True)


@pytest.fixture(scope="package")
def nation(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nation]:
    """One nation for all journeys; each takes a school of its own on the road."""
    load_template(databases)
    with served(databases, tmp_path_factory.mktemp("served") / "server.log") as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, closed after the last journey: its event loop is nothing for other tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield started
        started.close()


@pytest.fixture
def someone(browser: Browser, nation: Nation, request: pytest.FixtureRequest) -> Iterator[Someone]:
    """Seat a member of the cast at a browser of their own, at a desk or with a phone."""
    seated: list[Person] = []

    def seat(username: str, *, at: ViewportSize = DESK) -> Person:
        context = browser.new_context(
            base_url=nation.url, viewport=at, locale="vi-VN", has_touch=at["width"] < 600
        )
        seated.append(Person(context, nation, username))
        return seated[-1]

    yield seat
    for person in seated:
        if has_failed(request.node):
            _keep_what_was_seen(person, request.node.name)
        person.context.close()


def has_failed(item: pytest.Item) -> bool:
    """Whether the journey itself failed (pytest keeps its report on the item, see below)."""
    report = item.stash.get(REPORT, None)
    return report is not None and report.failed


REPORT: pytest.StashKey[pytest.TestReport] = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the fixtures know how the journey ended."""
    report = yield
    if report.when == "call":
        item.stash[REPORT] = report
    return report


def _keep_what_was_seen(person: Person, journey: str) -> None:
    stem = FAILURES / f"{journey}-{person.username}"
    person.photographs(stem.with_suffix(".png"))
    told = [person.page.url, *person.complaints]
    stem.with_suffix(".txt").write_text("\n".join(told) + "\n", encoding="utf-8")
