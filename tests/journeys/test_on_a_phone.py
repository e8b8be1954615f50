"""A head on the road: reads, looks at the form, signs, all at 390 pixels."""

from collections.abc import Callable

from . import returns
from .people import PHONE, Person

FORM = "01-MN-ĐN"


def test_a_head_reads_and_signs_on_a_phone(someone: Callable[..., Person]) -> None:
    clerk = someone("vanthu.mn-co-ma").signs_in()
    returns.opens_form(clerk, FORM)
    returns.completes(clerk)

    head = someone("hieutruong.mn-co-ma", at=PHONE).signs_in()
    head.sees("chờ bạn ký").fits_the_screen()
    returns.opens_to_sign(head)
    head.fits_the_screen().follows("Xem cả biểu").fits_the_screen()
    head.goes_to("Việc cần làm")
    returns.signs(head, FORM)
    head.fits_the_screen()
