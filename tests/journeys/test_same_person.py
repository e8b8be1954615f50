"""A child without code or number: a person decides whether it is one the school knows."""

from collections.abc import Callable
from pathlib import Path

from sobo.demo.samples import CLASS_LIST

from . import excel, files
from .people import Person

CODE, BIRTH, NUMBER = ("DSHS", "B5"), ("DSHS", "D5"), ("DSHS", "Y5")
MISCOPIED = "28/09/2018"


def test_a_clerk_decides_that_a_child_is_one_she_knows(
    someone: Callable[..., Person], tmp_path: Path
) -> None:
    clerk = someone("vanthu.th-ban-co").signs_in()
    class_list = clerk.nation.samples / CLASS_LIST
    without_papers = excel.save_as(
        class_list, tmp_path / "lop-3-1-chep-tay.xlsx", {CODE: None, NUMBER: None, BIRTH: MISCOPIED}
    )
    files.sends(clerk, without_papers)
    clerk.sees("Có thể là người trường đã có trong sổ")
    clerk.follows("Xem 1 dòng").reads_heading("1 dòng có thể là người đã có trong sổ")
    clerk.unfolds(clerk.main.get_by_role("radio", name="Chính là").first)
    clerk.presses("Lưu quyết định").follows("Về trang của tệp")
    clerk.sees("Không còn gì phải sửa").follows("Xem lại và ghi 1 dòng")
    clerk.reads_heading("0 mới, 1 thay đổi").sees(MISCOPIED)
