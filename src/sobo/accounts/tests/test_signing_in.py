"""Signing in and out, and the choices a browser keeps."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sobo.accounts.forms import PasswordAgain
from sobo.conftest import Browse
from sobo.journal import operations as journal
from sobo.kernel.actor import Actor

PASSWORD = "sổ bộ thử nghiệm"


@pytest.fixture
def door(browse: Browse) -> Client:
    """A browser before signing in."""
    return Client(headers={"host": "localhost"})


def _sign_in(door: Client, password: str = PASSWORD, address: str = "/dang-nhap") -> str:
    response = door.post(address, {"username": "clerk_a", "password": password})
    return response.headers.get("Location", response.content.decode())


def test_right_password_opens_the_first_page(door: Client) -> None:
    assert _sign_in(door) == "/"
    assert "Lê Thị Văn Thư" in door.get("/").content.decode()


@pytest.mark.parametrize(("username", "password"), [("clerk_a", "sai"), ("khong-co-ai", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    door: Client, username: str, password: str
) -> None:
    response = door.post("/dang-nhap", {"username": username, "password": password})
    assert response.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in response.content.decode()


def test_what_happens_at_the_door_is_journalled(
    door: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts: list[str] = []
    write = journal.write

    def noted(**entry: Any) -> None:
        acts.append(entry["action"])
        write(**entry)

    monkeypatch.setattr(journal, "write", noted)
    _sign_in(door, password="sai")
    _sign_in(door)
    door.post("/dang-xuat")
    assert acts == ["accounts.sign_in_refused", "accounts.sign_in", "accounts.sign_out"]


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/truong", "/truong"),
        ("/truong?level=02", "/truong?level=02"),
        ("https://lua-dao.example/dang-nhap", "/"),
        ("//lua-dao.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_returns_only_to_an_address_of_ours(door: Client, wanted: str, reached: str) -> None:
    response = door.post(
        "/dang-nhap", {"username": "clerk_a", "password": PASSWORD, "next": wanted}
    )
    assert response.headers["Location"] == reached


def test_a_page_behind_the_door_sends_one_to_sign_in_and_back(door: Client) -> None:
    assert door.get("/truong").headers["Location"] == "/dang-nhap?next=%2Ftruong"


def test_signing_out_ends_the_session_wherever_its_cookie_is(browse: Browse) -> None:
    browser = browse("clerk_a")
    copied = Client(headers={"host": "localhost"})
    copied.cookies.load(browser.cookies.output(header="", sep=";"))
    browser.post("/dang-xuat")
    assert copied.get("/").status_code == 302


@pytest.mark.parametrize(
    ("password", "is_accepted"), [(PASSWORD, True), ("sai", False), ("", False)]
)
def test_a_signature_asks_for_the_signers_own_password(
    signed_in: Callable[[str], Actor], password: str, is_accepted: bool
) -> None:
    form = PasswordAgain({"password": password}, by=signed_in("head_a"))
    assert form.is_valid() is is_accepted


def test_pages_speak_vietnamese_until_english_is_chosen(door: Client) -> None:
    foreign = {"Accept-Language": "en"}
    assert "Đăng nhập Sổ Bộ" in door.get("/dang-nhap", headers=foreign).content.decode()
    door.post("/tuy-chon", {"lang": "en"}, headers={"Referer": "http://localhost/dang-nhap"})
    assert "Sign in to Sổ Bộ" in door.get("/dang-nhap").content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://localhost/truong?level=02", "/truong?level=02"),
        ("http://lua-dao.example/truong", "/"),
        ("", "/"),
    ],
)
def test_a_choice_leads_back_to_the_page_it_was_made_on(
    door: Client, referer: str, back: str
) -> None:
    response = door.post("/tuy-chon", {"theme": "dark"}, headers={"Referer": referer})
    assert response.headers["Location"] == back
    assert door.cookies["sobo_theme"].value == "dark"


def test_only_offered_themes_are_kept(door: Client) -> None:
    door.post("/tuy-chon", {"theme": "javascript:"})
    assert "sobo_theme" not in door.cookies


def test_another_school_year_stays_chosen(browse: Browse) -> None:
    browser = browse("clerk_a")
    earlier = re.findall(r"/nam-hoc/(\d{4})", browser.get("/").content.decode())[-1]
    browser.get(f"/nam-hoc/{earlier}")
    chosen = re.search(r'/nam-hoc/(\d{4})" aria-current', browser.get("/").content.decode())
    assert chosen is not None and chosen[1] == earlier
