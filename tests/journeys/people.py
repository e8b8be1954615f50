"""Someone at a browser, in the few things a person does with a page.

Whatever one of them opens is looked at as well: accessible (axe), nothing broken in the console.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, Response, expect

from . import accessibility
from .nation import Nation

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "pictures"

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000
"""Milliseconds somebody waits for a page."""

Text: TypeAlias = str | re.Pattern[str]
Named: TypeAlias = Text | Locator
"""Something on the page, by its name or as found already."""

STICKING_OUT = """() => [...document.querySelectorAll(".table-frame")]
    .filter(frame => getComputedStyle(frame).overflowX === "visible")
    .filter(frame => frame.scrollWidth > frame.clientWidth + 1)
    .map(frame => frame.querySelector("table").id)"""
"""Tables that stand out of their frames."""


_sessions: dict[str, Any] = {}
"""By user name: signing in again would only measure how slow a password is to check."""


class Person:
    """One of the cast, at a browser of their own."""

    def __init__(self, context: BrowserContext, nation: Nation, username: str) -> None:
        self.username = username
        self.context = context
        self.nation = nation
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        """What the browser said that nobody should have to read."""
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._note_failure)

    # — what a person does ————————————————————————————————————————————

    def signs_in(self) -> "Person":
        """Arrive at "Việc cần làm": by name and password, or still signed in from before."""
        if self.username in _sessions:
            self.context.add_cookies([_sessions[self.username]])
            return self.opens("/")
        self.opens("/dang-nhap")
        self.types("Tên đăng nhập", self.username)
        self.types("Mật khẩu", self.password).presses("Đăng nhập")
        cookies = {cookie["name"]: cookie for cookie in self.context.cookies()}
        _sessions[self.username] = cookies["sessionid"]
        return self

    @property
    def password(self) -> str:
        """The password from the demo's list of sign-ins."""
        return self.nation.passwords[self.username]

    def opens(self, address: str, *, status: int = 200) -> "Person":
        """Go to an address, the way a bookmark does."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{self.username} opens {address}: {answer.status}"
        return self.looks_around()

    def asks_for(self, address: str) -> APIResponse:
        """Get an address as this person, without looking at the page."""
        return self.page.request.get(address)

    def goes_to(self, entry: str) -> "Person":
        """Choose from the navigation, which a phone keeps behind a button."""
        navigation = self.page.get_by_role("navigation", name="Mục lục")
        if not navigation.is_visible():
            self.page.get_by_role("button", name="Mục lục").click()
        return self._goes_on(lambda: navigation.get_by_role("link", name=entry).click())

    def follows(self, link: Named) -> "Person":
        """Follow a link in the page."""
        found = self._found(link, "link")
        return self._goes_on(lambda: found.click())

    def presses(self, button: Named) -> "Person":
        """Press a button that sends something and leads to a page."""
        found = self._found(button, "button")
        return self._goes_on(lambda: found.click())

    def unfolds(self, button: Named) -> "Person":
        """Press a button that shows something more on the same page."""
        self._found(button, "button").click()
        return self

    def types(self, label: Named, text: str) -> "Person":
        """Fill in a field."""
        self._field(label).fill(text)
        return self

    def chooses(self, label: Named, option: str) -> "Person":
        """Choose from a list, by what the option says."""
        self._field(label).select_option(label=option)
        return self

    def sends(self, label: Named, file: Path) -> "Person":
        """Choose a file."""
        self._field(label).set_input_files(file)
        return self

    def taps(self, key: str) -> "Person":
        """Press a key where the focus is."""
        self.page.keyboard.press(key)
        return self

    def goes_on_by(self, key: str) -> "Person":
        """Press a key that leads to another page."""
        return self._goes_on(lambda: self.page.keyboard.press(key))

    def unfolds_menu(self, name: str) -> "Person":
        """Open one of the menus in the bar at the top."""
        self.page.get_by_role("banner").locator("summary", has_text=name).click()
        return self

    def chooses_in_menu(self, name: str, choice: str) -> "Person":
        """Open a menu in the bar and press a choice that loads the page anew."""
        self.unfolds_menu(name)
        return self.presses(self.page.get_by_role("button", name=choice))

    # — what a person sees ———————————————————————————————————————————

    def sees(self, text: Text) -> "Person":
        """See a text on the page, at once or as soon as it arrives."""
        expect(self.main.get_by_text(text).first).to_be_visible(timeout=PATIENCE)
        return self

    def sees_no(self, text: Text) -> "Person":
        """See that a text is not on the page."""
        expect(self.main.get_by_text(text)).to_have_count(0)
        return self

    def reads_heading(self, text: Text) -> "Person":
        """Read the page's one heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text, ignore_case=True)
        return self

    @property
    def main(self) -> Locator:
        """The page without bar and navigation."""
        return self.page.get_by_role("main")

    @property
    def navigation(self) -> list[str]:
        """Where the navigation leads, in its words, without counts."""
        entries = self.page.get_by_role("navigation", name="Mục lục").get_by_role("link").all()
        return [entry.inner_text().partition("\n")[0].strip() for entry in entries]

    @property
    def heading(self) -> str:
        """The page's one heading, its spaces made one."""
        return " ".join(self.page.get_by_role("heading", level=1).inner_text().split())

    @property
    def address(self) -> str:
        """Where the page is, from the host on."""
        return self.page.url.removeprefix(self.nation.url)

    def looks_around(self) -> "Person":
        """Find nothing broken, and nothing in the way of those who cannot see or use a mouse."""
        accessibility.inspect(self.page)
        self.has_no_complaint()
        return self

    def has_no_complaint(self) -> None:
        """Find that the browser reported nothing."""
        assert not self.complaints, f"{self.username}, {self.address}: {self.complaints}"

    def fits_the_screen(self) -> "Person":
        """Find that nothing has to be pushed sideways to be read."""
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, f"{self.address} is {too_wide} pixels wider than the screen"
        sticking_out = self.page.evaluate(STICKING_OUT)
        assert not sticking_out, f"{self.address}: {sticking_out} wider than their frames"
        return self

    def keeps_picture(self, name: str, *, whole_page: bool = False) -> "Person":
        """Keep what is on the screen as a picture, from which docs/images are chosen."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=whole_page)
        return self

    def photographs(self, path: Path) -> None:
        """Keep a picture of the whole page."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=True)

    # — how it is done ———————————————————————————————————————————————

    def _goes_on(self, act: Callable[[], None]) -> "Person":
        with self.page.expect_navigation():
            act()
        return self.looks_around()

    def _found(self, what: Named, role: Any) -> Locator:
        if isinstance(what, Locator):
            return what
        return self.main.get_by_role(role, name=what).locator("visible=true").first

    def _field(self, label: Named) -> Locator:
        return label if isinstance(label, Locator) else self.main.get_by_label(label).first

    def _note_console(self, message: Any) -> None:
        # What was not found or refused is judged by its answer, below.
        if message.type in ("error", "warning") and "Failed to load" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _note_failure(self, answer: Response) -> None:
        is_page = answer.request.resource_type == "document"
        if answer.status >= (500 if is_page else 400):
            self.complaints.append(f"{answer.status} {answer.request.method} {answer.url}")
