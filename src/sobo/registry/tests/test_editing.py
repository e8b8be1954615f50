"""One row on screen: the rules of the workbook, versions, and what the journal keeps."""

import re
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from sobo.conftest import Browse
from sobo.institutions.models import Institution
from sobo.kernel import merkle
from sobo.registry.facilities.models import Room
from sobo.registry.learners.models import Enrolment
from sobo.registry.people.models import Guardian, Person
from sobo.registry.tests.posted import posted

WHY = "Đã đối chiếu với giấy khai sinh bản chính"
NEW_LEARNER = {
    "full_name": "Hoàng  Thị Mới", "sex": "2", "birth": "5/6/2020", "ethnic_group": "02",
    "school_class": "1B", "grade": "1", "status": "01", "two_sessions": "True",
    "day_boarder": "False", "is_new_in_level": "True", "mother_full_name": "Lê Thị Mẹ",
}  # fmt: skip
COMPLETE = {
    "ethnic_group": "01", "two_sessions": "True", "day_boarder": "False", "is_new_in_level": "True",
    "personal_number": "", "father_full_name": "Nguyễn Văn Cha", "father_phone": "0900111222",
}  # fmt: skip
"""What the cast's learners need to break no rule."""


@pytest.fixture
def clerk(browse: Browse) -> Client:
    browser = browse("clerk_a")
    browser.get("/nam-hoc/2026")
    browser.get("/")
    return browser


@pytest.fixture
def school(clerk: Client) -> str:
    return f"/truong/{Institution.objects.get().record_id}"


@pytest.fixture
def learner(school: str) -> str:
    person = Person.objects.get(full_name="Nguyễn Văn An A")
    return f"{school}/nguoi-hoc/{person.record_id}"


def _send(clerk: Client, address: str, **typed: str) -> Any:
    return clerk.post(address, posted(clerk.get(address).content.decode(), **typed))


def _send_explained(clerk: Client, address: str, **typed: str) -> Any:
    """Send, and where queries are asked, give a reason for each and send again."""
    response = _send(clerk, address, **typed)
    asked = re.findall(r'name="(reason-[^"]+)"', response.content.decode())
    if not asked:
        return response
    page = response.content.decode()
    return clerk.post(address, posted(page, **typed, **dict.fromkeys(asked, WHY)))


def _errors(response: Any) -> str:
    found = re.search(r'class="error-summary".*?</ul>', response.content.decode(), re.S)
    return re.sub("<[^>]+>", "", found[0]) if found else ""


def test_a_change_makes_the_next_version_of_what_it_changes(clerk: Client, learner: str) -> None:
    assert _send_explained(clerk, f"{learner}/sua", **COMPLETE).status_code == 302
    before = Person.objects.get(full_name="Nguyễn Văn An A").version
    response = _send_explained(clerk, f"{learner}/sua", residence="12 Nguyễn Huệ")
    assert response.headers["Location"] == learner
    person = Person.objects.get(full_name="Nguyễn Văn An A")
    assert (person.residence, person.version) == ("12 Nguyễn Huệ", before + 1)
    assert Enrolment.objects.get(person=person).version == 2


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("full_name", "", "Thiếu “Họ và tên”"),
        ("birth", "31/02/2019", "Không hiểu được “Ngày sinh”"),
        ("personal_number", "0792", "Không hiểu được “Số định danh cá nhân”"),
        ("height_cm", "1,8", "nằm ngoài khoảng cho phép"),
        ("father_personal_number", "12", "Không hiểu được “Cha: số định danh”"),
        ("status", "05", "HS-0001"),
    ],
)
def test_errors_stand_beside_their_fields_and_nothing_is_written(
    clerk: Client, learner: str, field: str, typed: str, says: str
) -> None:
    response = _send(clerk, f"{learner}/sua", **{**COMPLETE, field: typed})
    assert response.status_code == 422
    assert says in _errors(response)
    assert Person.objects.get(full_name="Nguyễn Văn An A").version == 1


def test_a_query_asks_for_a_reason_once_and_the_journal_keeps_it(
    clerk: Client, learner: str
) -> None:
    _send_explained(clerk, f"{learner}/sua", **COMPLETE)
    too_old = _send(clerk, f"{learner}/sua", birth="2015")
    assert too_old.status_code == 422 and "HS-0205" in too_old.content.decode()
    response = _send_explained(clerk, f"{learner}/sua", birth="2015")
    assert response.status_code == 302
    assert _explanations()["HS-0205"] == WHY
    assert _send(clerk, f"{learner}/sua", residence="Nhà mới").status_code == 302


def _explanations() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.key, e.value FROM journal_entry j, jsonb_each_text(j.detail -> 'explained') e"
        )
        return dict(cursor.fetchall())


@pytest.mark.parametrize("reason", ["", "ok", "         "])
def test_a_reason_that_says_nothing_is_asked_again(
    clerk: Client, learner: str, reason: str
) -> None:
    _send_explained(clerk, f"{learner}/sua", **COMPLETE)
    typed = {"birth": "2015", "reason-HS-0205": reason}
    assert _send(clerk, f"{learner}/sua", **typed).status_code == 422


def test_two_who_edit_at_once_see_each_other(clerk: Client, learner: str) -> None:
    _send_explained(clerk, f"{learner}/sua", **COMPLETE)
    opened = posted(clerk.get(f"{learner}/sua").content.decode(), residence="Của người thứ hai")
    _send(clerk, f"{learner}/sua", residence="Của người thứ nhất")
    conflict = clerk.post(f"{learner}/sua", opened)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Của người thứ nhất" in page and "Của người thứ hai" in page
    assert clerk.post(f"{learner}/sua", posted(page)).status_code == 302
    assert Person.objects.get(full_name="Nguyễn Văn An A").residence == "Của người thứ hai"


def test_versions_nobody_was_shown_are_not_taken(clerk: Client, learner: str) -> None:
    response = _send(clerk, f"{learner}/sua", **COMPLETE, seen="eyJfcGVyc29uIjo5fQ:x:y")
    assert response.status_code == 409


def test_an_emptied_field_is_emptied(clerk: Client, learner: str) -> None:
    _send_explained(clerk, f"{learner}/sua", **COMPLETE)
    assert _send(clerk, f"{learner}/sua", father_phone="").status_code == 302
    father = Guardian.objects.get(full_name="Nguyễn Văn Cha")
    assert father.phone is None
    assert father.event == "UPDATE"


def test_what_a_record_is_known_by_cannot_be_emptied(clerk: Client, learner: str) -> None:
    _send_explained(clerk, f"{learner}/sua", **COMPLETE)
    response = _send_explained(clerk, f"{learner}/sua", father_full_name="", father_phone="")
    assert response.status_code == 422
    assert "không để trống được" in _errors(response)


def test_a_new_learner_gets_a_code_and_a_tidy_name(clerk: Client, school: str) -> None:
    response = _send_explained(clerk, f"{school}/nguoi-hoc/them", **NEW_LEARNER)
    assert response.headers["Location"] == f"{school}/nguoi-hoc"
    person = Person.objects.get(full_name="Hoàng Thị Mới")
    assert re.fullmatch(r"79\d{8}", person.code or "")
    assert person.birth == "2020-06-05"
    assert Enrolment.objects.get(person=person).school_class.code == "1B"


def test_somebody_who_may_be_known_is_asked_about(clerk: Client, school: str) -> None:
    _send_explained(clerk, f"{school}/nguoi-hoc/them", **NEW_LEARNER)
    again = {**NEW_LEARNER, "school_class": "1A"}
    asked = _send_explained(clerk, f"{school}/nguoi-hoc/them", **again)
    assert asked.status_code == 409 and "Trường có thể đã có người này" in asked.content.decode()
    assert _looked_at("registry.learners.known") == ["Hoàng Thị Mới"]
    response = _send_explained(clerk, f"{school}/nguoi-hoc/them", **again, someone_new="yes")
    assert response.status_code == 302
    assert Person.objects.filter(full_name="Hoàng Thị Mới").count() == 2


def _looked_at(action: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT p.full_name FROM journal_entry j JOIN people_person p "
            "ON p.id = ANY (j.persons) WHERE j.action = %s",
            [action],
        )
        return [name for (name,) in cursor.fetchall()]


def test_leaving_school_takes_a_reason_and_changes_the_enrolment_only(
    clerk: Client, learner: str
) -> None:
    _send_explained(clerk, f"{learner}/sua", **COMPLETE)
    person = Person.objects.get(full_name="Nguyễn Văn An A")
    left = {"status": "05", "status_on": "10/10/2026"}
    assert "Lý do thôi học" in _errors(_send(clerk, f"{learner}/trang-thai", **left))
    response = _send_explained(clerk, f"{learner}/trang-thai", **left, leaving_reason="09")
    assert response.status_code == 302
    enrolment = Enrolment.objects.get(person=person)
    assert (enrolment.status, enrolment.leaving_reason, enrolment.grade) == ("05", "09", "1")
    assert Person.objects.get(pk=person.pk).version == person.version


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("lop", {"code": "1C", "name": "1C", "grade": "1", "two_sessions": "True",
                 "is_merged": "False", "day_boarding": "False"}),
        ("phong", {"kind": "PH", "build_grade": "KC", "quantity": "4", "is_borrowed": "False",
                   "in_use": "True", "area_m2": "48,5"}),
        ("diem-truong", {"code": "DT2", "name": "Điểm mới", "commune_code": "25747",
                         "is_open": "True"}),
        ("doi-ngu", {"full_name": "Vũ Thị Giáo", "sex": "2", "birth": "1990", "ethnic_group": "01",
                     "group": "2", "position": "GV", "status": "1", "contract": "3",
                     "qualification": "03", "level": "02"}),
    ],
)  # fmt: skip
def test_each_sheet_takes_a_new_row(
    clerk: Client, school: str, page: str, typed: dict[str, str]
) -> None:
    response = _send_explained(clerk, f"{school}/{page}/them", **typed)
    assert response.status_code == 302, _errors(response)
    listed = clerk.get(f"{school}/{page}").content.decode()
    assert typed.get("full_name", typed.get("name", "48,5")) in listed


def test_what_is_added_changes_no_row_that_stands(clerk: Client, school: str) -> None:
    room = {"kind": "PH", "build_grade": "KC", "is_borrowed": "False", "in_use": "True"}
    for count in ("3", "5"):
        _send_explained(clerk, f"{school}/phong/them", **room, quantity=count)
    assert sorted(Room.objects.values_list("quantity", flat=True)) == [3, 5]


def test_the_journal_s_digest_stands_for_every_record_written(clerk: Client, school: str) -> None:
    _send_explained(clerk, f"{school}/nguoi-hoc/them", **NEW_LEARNER)
    models = (Person, Enrolment, Guardian)
    leaves = [
        model.objects.order_by("-pk").values_list("record_id", "version")[0] for model in models
    ]
    roots = [sha256(key.bytes + version.to_bytes(4)).digest() for key, version in leaves]
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM journal_entry WHERE action = 'registry.learners.add'")
        assert bytes(cursor.fetchone()[0]) == merkle.root(b"".join(roots))


@pytest.mark.parametrize("username", ["head_a", "reviewer_a", "ministry"])
def test_only_those_who_enter_data_reach_a_form(
    browse: Browse, learner: str, username: str
) -> None:
    assert browse(username).get(f"{learner}/sua").status_code == 403
