"""Someone with an account and no place: honest pages, and nobody's data behind any address."""

from collections.abc import Callable

import pytest

from .addresses import addresses_open_to
from .people import Person

OF_ONE_SCHOOL = "/truong/"
REFUSED = (403, 404)


@pytest.fixture
def addresses(someone: Callable[..., Person]) -> list[str]:
    """The pages a clerk can open, most of them her school's."""
    found = addresses_open_to(someone("vanthu.th-thcs-can-gio").signs_in())
    assert sum(OF_ONE_SCHOOL in address for address in found) > 10
    return found


def test_the_outsider_sees_nothing_of_anybody(
    someone: Callable[..., Person], addresses: list[str]
) -> None:
    outsider = someone("nguoingoai").signs_in()
    outsider.sees("Tài khoản này chưa được giao việc")
    assert outsider.navigation == ["Việc cần làm"]
    for address in addresses:
        answer = outsider.asks_for(address)
        assert "Cần Giờ" not in answer.text(), address
        if OF_ONE_SCHOOL in address:
            assert answer.status in REFUSED, f"{address}: {answer.status}"


def test_a_clerk_sees_nothing_of_another_school(
    someone: Callable[..., Person], addresses: list[str]
) -> None:
    stranger = someone("vanthu.mn-co-ma").signs_in()
    for address in addresses:
        if OF_ONE_SCHOOL in address:
            answer = stranger.asks_for(address)
            assert answer.status in REFUSED, f"{address}: {answer.status}"
    stranger.opens(address, status=404).reads_heading("Không có trang này")


def test_nobody_is_shown_anything_before_signing_in(
    someone: Callable[..., Person], addresses: list[str]
) -> None:
    nobody = someone("nguoingoai")
    for address in addresses:
        assert "/dang-nhap?next=" in nobody.asks_for(address).url, address
    nobody.opens("/truong").reads_heading("Đăng nhập Sổ Bộ")
