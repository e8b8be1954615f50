"""The first page, the frame of every page, and the pages of errors."""

import re

import pytest
from django.test import Client

from sobo.conftest import Browse
from sobo.portal import views


@pytest.mark.parametrize(
    ("username", "says"),
    [
        ("outsider", "Tài khoản này chưa được giao việc"),
        ("clerk_a", "2 lớp chưa có giáo viên chủ nhiệm"),
    ],
)
def test_home_says_what_waits_or_that_nothing_does(
    browse: Browse, username: str, says: str
) -> None:
    browser = browse(username)
    browser.get("/nam-hoc/2026")
    assert says in browser.get("/").content.decode()


@pytest.mark.parametrize(
    ("username", "has", "has_not"),
    [
        ("clerk_a", ["Điểm trường", "Người học", "Đội ngũ"], ["Trường trong phạm vi"]),
        ("reviewer_a", ["Trường trong phạm vi"], ["Đội ngũ"]),
        ("ministry", ["Trường trong phạm vi"], ["Người học"]),
        ("outsider", ["Việc cần làm"], ["Trường trong phạm vi", "Người học"]),
    ],
)
def test_the_navigation_offers_what_the_role_can_open(
    browse: Browse, username: str, has: list[str], has_not: list[str]
) -> None:
    page = browse(username).get("/").content.decode()
    entries = re.findall(r'<li><a href="[^"]+"[^>]*>([^<]+)', page)
    offered = {entry.strip() for entry in entries}
    assert set(has) <= offered
    assert not offered & set(has_not)


def test_one_always_sees_where_one_stands(browse: Browse) -> None:
    browser = browse("approver_79")
    schools = browser.get("/truong").content.decode()
    address = re.search(r'href="(/truong/[^"]+/ho-so)"', schools)
    assert address is not None
    page = browser.get(address[1]).content.decode()
    trail = re.search(r'<nav class="trail".*?</nav>', page, re.S)
    assert trail is not None
    steps = re.findall(r">([^<>]+)</a>", trail[0])
    assert steps[0] == "Sở Giáo dục và Đào tạo TP. Hồ Chí Minh"
    assert steps[-1].startswith("Trường Tiểu học")


def test_an_unknown_address_answers_in_words(browse: Browse) -> None:
    response = browse("clerk_a").get("/khong-co")
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()


def test_a_failure_says_nothing_is_half_recorded(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: object) -> None:
        raise RuntimeError("079190001234")

    monkeypatch.setattr(views, "tasks_of", fail)
    browser = browse("clerk_a")
    browser.raise_request_exception = False
    response = browser.get("/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Hệ thống gặp lỗi" in page and "079190001234" not in page


def test_a_form_without_its_token_is_refused_in_words(browse: Browse) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    strict.cookies = browse("clerk_a").cookies
    response = strict.post("/tim", {"q": "an"})
    assert response.status_code == 403
    assert "Trang gửi đi đã cũ" in response.content.decode()
