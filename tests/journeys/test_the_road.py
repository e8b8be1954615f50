"""The road: from one school's messy workbook to the national figure, and back to a child."""

from collections.abc import Callable

from sobo.demo.samples import MESSY

from . import figures, files, returns
from .people import Person

SCHOOL = "Tiểu học Chiềng Sinh"
FORM, LEARNERS = "02-TH-ĐN", "37"


def test_from_a_messy_workbook_to_the_national_figure(someone: Callable[..., Person]) -> None:
    clerk = someone("vanthu.th-chieng-sinh").signs_in()
    before = learners_in_the_form(clerk)
    newcomer = the_clerk_brings_the_workbook_into_the_register(clerk)
    signed = learners_in_the_form(clerk)
    assert signed == before + files.NEWCOMERS
    clerk.follows("I-II. Trường, Lớp")
    returns.completes(clerk)

    head = someone("hieutruong.th-chieng-sinh").signs_in()
    returns.signs(head, FORM)

    ministry = someone("bo").signs_in()
    nation = figures.accepted(ministry, FORM, "Người học")
    returns.passes_on(someone("thamdinh.chieng-sinh").signs_in(), SCHOOL, by="Nhận, chuyển Sở")
    department = someone("duyet.son-la").signs_in()
    department.goes_to("Kỳ báo cáo").fits_the_screen().keeps_picture("board")
    returns.passes_on(department, SCHOOL, by="Duyệt, trình Bộ")
    assert figures.accepted(ministry, FORM, "Người học") == nation
    returns.passes_on(ministry, SCHOOL, by="Nhận vào số liệu quốc gia")
    assert figures.accepted(ministry, FORM, "Người học") == nation + signed
    ministry.keeps_picture("figure")

    the_department_walks_back_to(newcomer, department, signed)


def learners_in_the_form(clerk: Person) -> int:
    """The learners that the school's report counts now."""
    returns.opens_form(clerk, FORM)
    return returns.figure(clerk.follows("III. Học sinh"), LEARNERS)


def the_clerk_brings_the_workbook_into_the_register(clerk: Person) -> files.Newcomer:
    """Send it, mend it by cause and by cell, look at the differences, write it; a child in it."""
    files.sends(clerk, clerk.nation.samples / MESSY)
    clerk.sees("Một cột bị lệch").sees("Không hiểu được “Ngày sinh”").keeps_picture("findings")
    assert files.applies_repairs(clerk)
    files.explains(clerk, "Năm sinh của cha cho thấy cha 3 tuổi khi em ra đời.")
    clerk.sees("Đã giải trình")
    files.mends_cells(clerk, files.papers(clerk.nation.samples))
    clerk.sees("Không còn gì phải sửa").follows("Xem lại và ghi")

    clerk.reads_heading(f"{files.NEWCOMERS} mới")
    newcomer = files.first_newcomer(clerk)
    clerk.presses("Ghi").sees("Biên nhận ghi sổ")
    return newcomer


def the_department_walks_back_to(child: files.Newcomer, department: Person, signed: int) -> None:
    """From the nation's figure down to the row that stood in the school's workbook."""
    figures.opens(department, FORM, "Người học")
    department.sees("Các phần cộng đúng bằng tổng")
    department.follows("Sơn La").sees("Các phần cộng đúng bằng tổng")
    department.follows("Phường Chiềng Sinh").sees("Các phần cộng đúng bằng tổng")
    figures.opens_of_school(department, SCHOOL, signed)
    department.follows(child.school_class)
    department.follows(child.name).reads_heading(child.name)
    department.sees(child.birth).keeps_picture("learner")
