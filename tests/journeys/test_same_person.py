"""A child written down without code or number: a person decides whether the school knows her."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sobo.demo.samples import CLEAN
from sobo.registry.sheets import LEARNERS

from . import excel, files
from .people import Person

FIRST_CHILD = 2
"""The row after the headings."""


def test_a_clerk_decides_that_a_child_is_one_she_knows(
    someone: Callable[..., Person], tmp_path: Path
) -> None:
    clerk = someone("vanthu.th-chieng-sinh").signs_in()
    copied_by_hand, birth = a_child_without_papers(clerk.nation.samples / CLEAN, tmp_path)
    files.sends(clerk, copied_by_hand)
    clerk.sees("Có thể là người trường đã có trong sổ")
    clerk.follows("Xem 1 dòng").reads_heading("1 dòng có thể là người đã có trong sổ")
    clerk.unfolds(clerk.main.get_by_label("Chính là").first)
    clerk.presses("Lưu quyết định")
    clerk.sees("Không còn gì phải sửa").follows("Xem lại và ghi")
    clerk.follows("Học sinh: thay đổi").sees(birth)


def a_child_without_papers(source: Path, folder: Path) -> tuple[Path, str]:
    """A copy of a workbook in which one child has a miscopied birth day and no numbers."""
    child = excel.row_of(source, LEARNERS.name, FIRST_CHILD)
    cell, born = child["Ngày sinh"]
    miscopied = (born - timedelta(days=1)).strftime("%d/%m/%Y")
    typed = {
        (LEARNERS.name, cell): miscopied,
        (LEARNERS.name, child["Mã định danh Bộ GD&ĐT"][0]): None,
        (LEARNERS.name, child["Số định danh cá nhân"][0]): None,
    }
    return excel.save_as(source, folder / "chep-tay.xlsx", typed), miscopied
