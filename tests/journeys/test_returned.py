"""A return comes back with a reason, is mended, and filed again; both versions stay to be read."""

from collections.abc import Callable

from . import returns
from .people import Person

FORM = "02-TH-ĐN"
SCHOOL = "Tiểu học Bàn Cờ"
REASON = "Số phòng học chưa khớp với biên bản kiểm kê của phường; xem lại rồi gửi lại."


def test_a_returned_report_is_filed_again(someone: Callable[..., Person]) -> None:
    clerk, head = someone("vanthu.th-ban-co").signs_in(), someone("hieutruong.th-ban-co").signs_in()
    reviewer = someone("thamdinh.ban-co").signs_in()
    returns.opens_form(clerk, FORM)
    returns.completes(clerk)
    first_version = clerk.address
    returns.signs(head.opens("/"), FORM)

    returns.looks_beside(reviewer, SCHOOL)
    reviewer.sees("Mở cả báo cáo").fits_the_screen()
    returns.returns(reviewer, SCHOOL, because=REASON)
    returns.waits_no_more(reviewer, SCHOOL)

    clerk.opens("/").sees(f"Báo cáo {FORM} bị trả lại")
    clerk.follows("Mở báo cáo").sees(REASON)
    returns.completes(clerk)
    returns.signs(head.opens("/"), FORM)

    returns.opens_return(reviewer, SCHOOL)
    reviewer.sees("bản 2").presses("Nhận, chuyển Sở")
    clerk.opens(first_version).reads_heading("Bị trả lại").sees(REASON)
