"""Every page each role can reach: for all senses, at any width, in the language one chose."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from . import language
from .addresses import pages_open_to
from .people import DESK, PHONE, Person

PEOPLE = (
    "vanthu.th-thcs-can-gio",
    "hieutruong.th-thcs-can-gio",
    "thamdinh.ban-co",
    "duyet.hcm",
    "bo",
    "nguoingoai",
)


@pytest.mark.parametrize("username", PEOPLE)
def test_pages_at_a_desk_and_on_a_phone(someone: Callable[..., Person], username: str) -> None:
    reader = someone(username).signs_in()
    for _address in pages_open_to(reader):
        expect(reader.page.locator("html")).to_have_attribute("lang", "vi")
        assert not language.english_on(reader), reader.address
        reader.fits_the_screen().page.set_viewport_size(PHONE)
        reader.fits_the_screen().looks_around()
        reader.page.set_viewport_size(DESK)
