"""The pages of the intake as its people meet them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from sobo.intake import models
from sobo.intake.models import Batch
from sobo.intake.views import workbooks

from .workbooks import child, learners

PASSWORD = "sổ bộ thử nghiệm"
Visit = Callable[[str], Client]


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    """Addresses of static files without the manifest that serving makes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def visit(db: None) -> Visit:
    def sign_in(username: str) -> Client:
        # The requests of a test share one transaction, and with it the role of the one before.
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        client = Client()
        client.post("/dang-nhap", {"username": username, "password": PASSWORD})
        return client

    return sign_in


def send(client: Client, body: bytes, name: str = "tệp.xlsx") -> str:
    upload = SimpleUploadedFile(name, body)
    return str(client.post("/dua-du-lieu/tep/gui", {"file": upload})["Location"])


def test_the_whole_road_from_file_to_receipt_and_back(visit: Visit) -> None:
    client = visit("clerk_a")
    address = send(client, learners(child(), child(full_name="LÊ MAI CHI")))
    found = client.get(address).content.decode()
    assert "Sửa 1 dòng" in found
    repaired = client.post(
        address + "sua", {"sheet": "learners", "rule": "NG-0203", "field": "full_name"}, follow=True
    ).content.decode()
    assert "Không còn gì phải sửa" in repaired
    review = client.get(address + "xem-lai").content.decode()
    assert "Ghi 2 dòng vào sổ" in review
    assert "Đào Minh Khuê" in review
    receipt = client.post(address + "ghi", {"seen": "1"}, follow=True).content.decode()
    assert "Biên nhận ghi sổ" in receipt
    assert "đã được hoàn tác" in client.post(address + "hoan-tac", follow=True).content.decode()


def test_a_row_that_is_both_wrong_and_doubtful_stays_behind_once(visit: Visit) -> None:
    client = visit("clerk_a")
    doubtful = child(full_name="Nguyễn Văn An A", birth="16/01/2020", school_class="9Z")
    address = send(client, learners(child(), doubtful))
    receipt = client.post(address + "ghi", {"seen": "0"}, follow=True).content.decode()
    assert "1 dòng ở lại, chưa ghi" in receipt


def test_an_empty_list_teaches_how_to_begin(visit: Visit) -> None:
    page = visit("clerk_a").get("/dua-du-lieu/tep").content.decode()
    assert "Gửi tệp đầu tiên của trường" in page
    assert "Tải tệp mẫu của trường" in page


def test_a_refused_file_says_where_what_and_how_to_mend(visit: Visit) -> None:
    client = visit("clerk_a")
    page = client.get(send(client, b"%PDF-1.7 \x00\x01", "báo cáo.pdf")).content.decode()
    assert "báo cáo.pdf · TA-0001" in page
    assert "Hãy gửi tệp .xlsx" in page


def test_a_send_without_a_file_says_so(visit: Visit) -> None:
    page = visit("clerk_a").post("/dua-du-lieu/tep/gui", follow=True).content.decode()
    assert "Chưa chọn tệp nào" in page


@pytest.mark.parametrize(
    ("username", "status"), [("head_a", 403), ("reviewer_a", 403), ("outsider", 403)]
)
def test_only_those_who_enter_data_come_in(visit: Visit, username: str, status: int) -> None:
    assert visit(username).get("/dua-du-lieu/tep").status_code == status


def test_the_batch_of_another_school_is_not_there(visit: Visit) -> None:
    address = send(visit("clerk_a"), learners(child()))
    other = visit("clerk_b")
    for page in ("", "o", "xem-lai", "cot", "ghi-chu-loi"):
        assert other.get(address + page).status_code == 404


def test_two_persons_commit_the_same_batch_and_one_is_told(visit: Visit) -> None:
    client = visit("clerk_a")
    address = send(client, learners(child()))
    client.post(address + "ghi", {"seen": "0"})
    page = client.post(address + "ghi", {"seen": "0"}, follow=True).content.decode()
    assert "nên không làm được việc này" in page
    assert Batch.objects.filter(state=models.COMMITTED).count() == 1


def test_a_review_of_an_earlier_state_is_shown_again_with_the_reason(visit: Visit) -> None:
    client = visit("clerk_a")
    address = send(client, learners(child(), child(full_name="LÊ MAI CHI")))
    client.post(address + "sua", {"sheet": "learners", "rule": "NG-0203", "field": "full_name"})
    page = client.post(address + "ghi", {"seen": "0"}, follow=True).content.decode()
    assert "Có người vừa sửa tệp này" in page


def test_where_the_province_forbids_no_file_with_persons_leaves(visit: Visit) -> None:
    client = visit("clerk_a")
    address = send(client, learners(child(full_name="Bí Mật 007")))
    response = client.get(address + "ghi-chu-loi")
    assert "danh-sach-loi.xlsx" in response["Content-Disposition"]
    assert "Bí Mật".encode() not in BytesIO(response.content).getvalue()
    assert client.get("/dua-du-lieu/mau/tai?nguoi=1").status_code == 403
    assert client.get("/dua-du-lieu/mau/tai").status_code == 200


def looks_at(name: str) -> list[str]:
    """The acts by which the journal says that a person was looked at here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.action FROM journal_entry j JOIN people_person p ON p.id = ANY (j.persons) "
            "WHERE j.action LIKE 'intake.%%' AND p.full_name = %s",
            [name],
        )
        return [action for (action,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("page", "birth"),
    [("o", "15/01/2020"), ("trung-nguoi", "16/01/2020")],
    ids=["known for sure", "perhaps meant"],
)
def test_a_look_at_known_persons_is_journalled(visit: Visit, page: str, birth: str) -> None:
    client = visit("clerk_a")
    known = child(full_name="Nguyễn Văn An A", birth=birth, school_class="9Z")
    client.get(send(client, learners(known)) + page)
    assert looks_at("Nguyễn Văn An A") == ["intake.rows"]


@pytest.mark.parametrize("file", ["template", "marked"])
def test_a_file_that_leaves_with_persons_says_whom_it_names(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr(workbooks, "files_may_leave", lambda *_asked: True)
    client = visit("clerk_a")
    if file == "template":
        client.get("/dua-du-lieu/mau/tai?nguoi=1")
    else:
        known = child(full_name="Nguyễn Văn An A", birth="15/01/2020", school_class="9Z")
        client.get(send(client, learners(known)) + "ghi-chu-loi")
    assert looks_at("Nguyễn Văn An A") == [
        {"template": "intake.template", "marked": "intake.findings"}[file]
    ]


def test_columns_put_right_twice_stay_right(visit: Visit) -> None:
    client = visit("clerk_a")
    people = [
        child(full_name=name, nationality="Kinh", ethnic_group=None)
        for name in ("Lê An Na", "Lê Bá Nam", "Lê Chi", "Lê Duy")
    ]
    address = send(client, learners(*people))
    for _press in range(2):
        moved = client.post(address + "doi-cot", {"file_sheet": "Học sinh"})
        assert moved.headers["Location"] == address
