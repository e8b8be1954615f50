"""Every page each role can reach: open to all senses, at any width, in the chosen language."""

from collections.abc import Callable

import pytest

from .addresses import addresses_open_to
from .people import PHONE, Person

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
    addresses = addresses_open_to(someone(username).signs_in())
    reader = someone(username, at=PHONE).signs_in()
    for address in addresses:
        reader.opens(address).fits_the_screen()
