"""Pages of reports: the situation, the next step, and who gets no further."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from sobo.conftest import Browse
from sobo.reporting.models import Return
from sobo.reporting.tests.filing import SignedIn, accepted, completed, enrol, signed

PASSWORD = "sổ bộ thử nghiệm"
"""Of every account of the cast."""

Page = Callable[[Client, str], str]


def _page(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def _heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def _form_of(browser: Client) -> str:
    found = re.search(r'href="(/bao-cao/truong/[^"]+)"', _page(browser, "/bao-cao"))
    assert found is not None
    return found[1]


def test_a_clerk_completes_and_the_head_is_asked_to_sign(
    browse: Browse, signed_in: SignedIn
) -> None:
    enrol(signed_in("clerk_a"), learners=1)
    clerk = browse("clerk_a")
    assert "1 báo cáo chưa ký" in _heading(_page(clerk, "/bao-cao"))
    page = _page(clerk, _form_of(clerk))
    assert "phép đối chiếu chưa đúng" in _heading(page)
    filing = completed(signed_in("clerk_a"))
    head = browse("head_a")
    assert "chờ bạn ký" in _page(head, "/")
    assert "Ký báo cáo 02-TH-ĐN" in _heading(_page(head, f"/bao-cao/ban/{filing.public_id}/ky"))


def test_the_head_signs_with_the_password_alone(browse: Browse, signed_in: SignedIn) -> None:
    filing = completed(signed_in("clerk_a"))
    head = browse("head_a")
    address = f"/bao-cao/ban/{filing.public_id}/ky"
    wrong = head.post(address, {"digest": filing.digest, "password": "không phải"})
    assert wrong.status_code == 422
    assert "Mật khẩu không đúng" in wrong.content.decode()
    head.post(address, {"digest": filing.digest, "password": PASSWORD})
    page = _page(head, f"/bao-cao/ban/{filing.public_id}")
    assert "Hiệu trưởng đã ký" in _heading(page)
    assert 'class="seal"' in page
    assert filing.digest[:4] in page


def test_a_clerk_sees_no_button_that_is_not_theirs(browse: Browse, signed_in: SignedIn) -> None:
    filing = completed(signed_in("clerk_a"))
    page = _page(browse("clerk_a"), f"/bao-cao/ban/{filing.public_id}")
    assert "Mở lại để sửa" in page
    assert "Ký báo cáo" not in page
    assert browse("clerk_a").get(f"/bao-cao/ban/{filing.public_id}/ky").status_code == 403


def test_the_board_passes_on_what_is_selected(browse: Browse, signed_in: SignedIn) -> None:
    filing = signed(signed_in, "a")
    reviewer = browse("reviewer_a")
    assert _heading(_page(reviewer, "/bao-cao")).startswith("1 báo cáo chờ bạn")
    answer = reviewer.post(
        "/bao-cao/chuyen-tiep", {"selected": [str(filing.public_id)]}, follow=True
    )
    page = answer.content.decode()
    assert "1 báo cáo: Xã/phòng đã thẩm định." in page
    assert "Không có báo cáo nào chờ bạn" in _heading(page)


def test_sending_back_says_where_and_why(browse: Browse, signed_in: SignedIn) -> None:
    filing = signed(signed_in, "a")
    reviewer = browse("reviewer_a")
    short = reviewer.post(
        "/bao-cao/tra-lai", {"selected": [str(filing.public_id)], "reason": "sai"}, follow=True
    )
    assert "ít nhất 10 ký tự" in short.content.decode()
    why = "Lớp 1A thiếu ba em so với danh sách tuyển sinh."
    reviewer.post("/bao-cao/tra-lai", {"selected": [str(filing.public_id)], "reason": why})
    clerk = browse("clerk_a")
    assert "bị trả lại" in _page(clerk, "/")
    assert why in _page(clerk, f"/bao-cao/ban/{filing.public_id}")


def test_a_figure_opens_to_named_records_only_where_names_may_be_seen(
    browse: Browse, signed_in: SignedIn
) -> None:
    filing = accepted(signed_in, "a")
    cell = f"/bao-cao/ban/{filing.public_id}/o/III/37/1"
    for username in ("clerk_a", "reviewer_a", "approver_79"):
        page = _page(browse(username), cell)
        assert "Nguyễn Văn An A" in page
        assert _heading(page).startswith("3 trong ô 37")
    ministry = _page(browse("ministry"), cell)
    assert "Nguyễn Văn An A" not in ministry
    assert "1A" in ministry


@pytest.mark.parametrize("kind", ["csv", "json", "pdf"])
def test_what_is_taken_away_names_no_learner(
    browse: Browse, signed_in: SignedIn, kind: str
) -> None:
    filing = signed(signed_in, "a")
    answer = browse("reviewer_a").get(f"/bao-cao/ban/{filing.public_id}/tai/{kind}")
    assert answer.status_code == 200
    assert "Nguyễn Văn An A".encode() not in answer.content
    assert answer.content


@pytest.mark.parametrize("username", ["clerk_b", "reviewer_b", "approver_04"])
@pytest.mark.parametrize("rest", ["", "/ky", "/o/III/37/1", "/tai/csv"])
def test_strangers_find_nothing(
    browse: Browse, signed_in: SignedIn, username: str, rest: str
) -> None:
    filing = signed(signed_in, "a")
    answer = browse(username).get(f"/bao-cao/ban/{filing.public_id}{rest}")
    assert answer.status_code in (403, 404)


def test_an_outsider_has_no_reports(browse: Browse) -> None:
    assert browse("outsider").get("/bao-cao").status_code == 403


@pytest.mark.parametrize("address", ["o/III/9999/1", "o/nowhere/37/1", "tai/exe", "buoc/steal"])
def test_addresses_that_name_nothing_answer_404(
    browse: Browse, signed_in: SignedIn, address: str
) -> None:
    filing = signed(signed_in, "a")
    browser = browse("reviewer_a")
    ask = browser.post if address.startswith("buoc") else browser.get
    assert ask(f"/bao-cao/ban/{filing.public_id}/{address}").status_code == 404


def test_a_step_taken_meanwhile_is_told_not_repeated(browse: Browse, signed_in: SignedIn) -> None:
    filing = signed(signed_in, "a")
    reviewer = browse("reviewer_a")
    selected = {"selected": [str(filing.public_id)]}
    reviewer.post("/bao-cao/chuyen-tiep", selected)
    again = reviewer.post("/bao-cao/chuyen-tiep", selected, follow=True)
    assert "không làm được việc này" in again.content.decode()
    assert Return.objects.get(pk=filing.pk).state == "reviewed"


def test_the_same_pages_in_english(browse: Browse, signed_in: SignedIn) -> None:
    filing = signed(signed_in, "a")
    reviewer = browse("reviewer_a")
    reviewer.post("/tuy-chon", {"lang": "en"})
    assert "Signed by the head" in _page(reviewer, f"/bao-cao/ban/{filing.public_id}")
