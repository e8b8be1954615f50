"""Someone with an account and no place: honest pages, and nobody's data behind any address."""

from collections.abc import Callable

from .addresses import addresses_open_to
from .people import Person

OF_ONE_SCHOOL = "/truong/"


def test_the_outsider_sees_nothing_of_anybody(someone: Callable[..., Person]) -> None:
    outsider = someone("nguoingoai").signs_in()
    outsider.sees("Tài khoản này chưa được giao việc")
    assert outsider.navigation == ["Việc cần làm"]
    for address in addresses_open_to(someone("vanthu.th-thcs-can-gio").signs_in()):
        if address not in ("/", "/tim"):
            outsider.is_refused(address)


def test_a_clerk_sees_nothing_of_another_school(someone: Callable[..., Person]) -> None:
    addresses = addresses_open_to(someone("vanthu.th-thcs-can-gio").signs_in())
    of_the_school = [address for address in addresses if OF_ONE_SCHOOL in address]
    assert len(of_the_school) > 10
    stranger = someone("vanthu.mn-co-ma").signs_in()
    for address in of_the_school:
        stranger.is_refused(address)


def test_nobody_is_shown_anything_before_signing_in(someone: Callable[..., Person]) -> None:
    addresses = addresses_open_to(someone("vanthu.th-thcs-can-gio").signs_in())
    nobody = someone("nguoingoai")
    for address in addresses:
        nobody.opens(address).reads_heading("Đăng nhập Sổ Bộ")
