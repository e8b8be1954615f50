"""The marked-up workbook: where it may leave it is mended in Excel and sent again, ending clean."""

from collections.abc import Callable
from pathlib import Path

from sobo.demo.samples import CLASS_LIST, MESSY
from sobo.intake.recognition import TO_MEND

from . import excel, files
from .people import Person

NO_SUCH_DAY = "31/02/2018"


def test_a_school_mends_the_marked_up_workbook(
    someone: Callable[..., Person], tmp_path: Path
) -> None:
    clerk = someone("vanthu.th-chieng-sinh").signs_in()
    files.sends(clerk, clerk.nation.samples / MESSY)
    marked = files.downloads(clerk, "Tải bản ghi chú lỗi", tmp_path)
    told = excel.to_mend(marked)
    assert {entry.cell for entry in told} >= {"F243", "BW53", "AX339"}
    assert all(entry.said for entry in told)

    typed = {(cell.sheet, cell.cell): cell.value for cell in files.papers(clerk.nation.samples)}
    files.sends(clerk, excel.save_as(marked, tmp_path / "ban-da-sua.xlsx", typed))
    clerk.sees("Không còn gì phải sửa").sees("Xem lại và ghi 58 dòng")


def test_in_the_city_the_list_names_cells_and_never_a_value(
    someone: Callable[..., Person], tmp_path: Path
) -> None:
    clerk = someone("vanthu.th-ban-co").signs_in()
    class_list = clerk.nation.samples / CLASS_LIST
    spoilt = excel.save_as(class_list, tmp_path / "lop-3-1.xlsx", {("DSHS", "D6"): NO_SUCH_DAY})
    files.sends(clerk, spoilt)
    clerk.sees("Tỉnh không cho tệp có dữ liệu cá nhân ra khỏi hệ thống")

    told = files.downloads(clerk, "Tải danh sách lỗi", tmp_path)
    assert excel.sheet_names(told) == [TO_MEND]
    assert [entry.cell for entry in excel.to_mend(told)] == ["D6"]
    values = excel.texts(class_list) | {NO_SUCH_DAY}
    assert not [text for text in excel.texts(told) if text in values - SAID_ANYWHERE]


SAID_ANYWHERE = {"", "Lớp 3"}
