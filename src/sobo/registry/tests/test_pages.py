"""The register's pages: who sees what, what is journalled, what stays covered."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from sobo.conftest import Browse
from sobo.institutions.models import Institution
from sobo.registry.classes.models import SchoolClass
from sobo.registry.people.models import Person

YEAR = "/nam-hoc/2026"


@pytest.fixture
def clerk(browse: Browse) -> Client:
    """The clerk of school A, looking at the school year of the cast."""
    return _in_2026(browse("clerk_a"))


def _in_2026(browser: Client) -> Client:
    browser.get(YEAR)
    return browser


def _school(letter: str) -> str:
    """The address of a school of the cast, found as the owner of the session that last looked."""
    found = Institution.objects.get(name=f"Trường Tiểu học {letter}")
    return f"/truong/{found.record_id}"


@pytest.fixture
def school_a(clerk: Client) -> str:
    clerk.get("/")
    return _school("A")


def _text(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def _person_of(school: str, name: str) -> str:
    record_id = Person.objects.get(full_name=name).record_id
    return f"{school}/nguoi-hoc/{record_id}"


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("ho-so", "Trường Tiểu học A"),
        ("diem-truong", "Điểm trường 1"),
        ("lop", "2 lớp, 3 người học"),
        ("nguoi-hoc", "3 người học đang học"),
        ("doi-ngu", "1 người trong đội ngũ"),
        ("phong", "Chưa có phòng"),
    ],
)
def test_each_list_says_its_situation(clerk: Client, school_a: str, page: str, says: str) -> None:
    assert says in _text(clerk, f"{school_a}/{page}")


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("clerk_a", 200),
        ("head_a", 200),
        ("reviewer_a", 200),
        ("approver_79", 200),
        ("clerk_b", 404),
        ("reviewer_b", 404),
        ("approver_04", 404),
        ("former_division", 404),
        ("ministry", 403),
        ("outsider", 403),
        ("loader_79", 403),
    ],
)
def test_a_class_list_opens_only_to_those_it_concerns(
    browse: Browse, school_a: str, username: str, status: int
) -> None:
    address = f"{school_a}/lop/{SchoolClass.objects.get(code='1A').record_id}"
    browser = browse(username)
    assert browser.get(address).status_code == status


def test_the_ministry_sees_how_many_and_not_who(browse: Browse, school_a: str) -> None:
    ministry = _in_2026(browse("ministry"))
    assert "3 người học" in _text(ministry, f"{school_a}/lop")
    assert ministry.get(f"{school_a}/nguoi-hoc").status_code == 403


def test_a_class_list_keeps_the_stored_order_and_is_journalled(
    clerk: Client, school_a: str
) -> None:
    page = _text(clerk, f"{school_a}/lop/{SchoolClass.objects.get(code='1A').record_id}")
    names = ["Giàng A Chính A", "Nguyễn Văn An A", "Trần Thị Bình A"]
    assert sorted(names, key=page.index) == names
    with connection.cursor() as cursor:
        cursor.execute("SELECT count FROM journal_entry WHERE action = 'registry.class'")
        assert cursor.fetchall() == [(3,)]


@pytest.mark.parametrize("typed", ["tran thi binh", "TRẦN THỊ", "Bình"])
def test_a_name_is_found_without_marks_and_never_stands_in_an_address(
    clerk: Client, school_a: str, typed: str
) -> None:
    address = clerk.post(f"{school_a}/nguoi-hoc", {"q": typed}).headers["Location"]
    assert address == f"{school_a}/nguoi-hoc?search=1"
    page = _text(clerk, address)
    assert "1 người học khớp điều kiện" in page and "Trần Thị Bình A" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("grade=1", 3),
        ("sex=2", 1),
        ("school_class=1A&sex=1", 2),
        ("number=none", 0),
        ("status=01&sort=-birth", 3),
        ("sex=x&page=99", 3),
    ],
)
def test_lists_are_narrowed_by_codes_of_their_own_choices(
    clerk: Client, school_a: str, query: str, found: int
) -> None:
    page = _text(clerk, f"{school_a}/nguoi-hoc?{query}")
    assert page.count('<a data-opens href="') == found


def test_search_finds_persons_of_ones_own_scope_only(browse: Browse, clerk: Client) -> None:
    for browser, letters in ((clerk, "A"), (browse("approver_79"), "AB")):
        address = browser.post("/tim", {"q": "giang"}).headers["Location"]
        page = _text(browser, address)
        assert [letter for letter in "ABC" if f"Giàng A Chính {letter}" in page] == list(letters)


def test_a_personal_number_is_covered_until_a_purpose_is_named(
    clerk: Client, school_a: str
) -> None:
    person = Person.objects.get(full_name="Nguyễn Văn An A")
    address, number = _person_of(school_a, person.full_name), person.personal_number or ""
    covered = _text(clerk, address)
    assert number not in covered and f"••••••{number[-3:]}" in covered
    assert clerk.post(f"{address}/mo", {"purpose": "curiosity"}).status_code == 302
    opened = clerk.post(f"{address}/mo", {"purpose": "care"}).content.decode()
    assert number in opened
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT detail ->> 'purpose' FROM journal_entry "
            "WHERE action = 'registry.learner.reveal' AND persons = ARRAY[%s]::bigint[]",
            [person.pk],
        )
        assert cursor.fetchall() == [("care",)]


def test_a_record_tells_who_looked_at_it(clerk: Client, school_a: str) -> None:
    address = _person_of(school_a, "Nguyễn Văn An A")
    clerk.get(address)
    assert "Lê Thị Văn Thư · xem 2 lần" in _text(clerk, address)


def test_a_record_shows_what_the_register_said_on_a_day(clerk: Client, school_a: str) -> None:
    address = _person_of(school_a, "Nguyễn Văn An A")
    assert "Ngày ấy chưa có hồ sơ này" in _text(clerk, f"{address}?on=2020-01-01")
    assert "Cha của Nguyễn Văn An A" in _text(clerk, f"{address}?on={date.today().isoformat()}")


def test_a_person_opens_only_below_a_school_that_knows_them(browse: Browse, school_a: str) -> None:
    approver = browse("approver_79")
    approver.get("/")
    elsewhere = _person_of(_school("B"), "Nguyễn Văn An A")
    assert approver.get(elsewhere).status_code == 404
