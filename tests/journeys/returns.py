"""What people do with a return, from the clerk's form to the Ministry's board."""

import re

from playwright.sync_api import Locator, expect

from .people import Person

WHY = "Đã đối chiếu với hồ sơ lớp tại điểm trường, số liệu đúng thực tế."


def opens_form(clerk: Person, form: str) -> None:
    """From "Kỳ báo cáo" into one of the school's forms."""
    clerk.goes_to("Kỳ báo cáo").follows(form)


def completes(clerk: Person) -> None:
    """Explain what will be asked about, then put the form before the head."""
    for point in clerk.main.get_by_label("Giải trình").all():
        point.fill(WHY)
    clerk.presses("Hoàn thành, trình hiệu trưởng")
    clerk.reads_heading("trường đã hoàn thành")


def opens_to_sign(head: Person) -> None:
    """From "Việc cần làm" to the page on which the head signs."""
    head.follows("Xem và ký")


def signs(head: Person, form: str) -> None:
    """Read the situation, then sign with the password again."""
    opens_to_sign(head)
    head.sees("Các con số chính").sees("Khớp với sổ hiện nay").keeps_picture(
        "sign", whole_page=True
    )
    head.types("Mật khẩu", head.password).presses(f"Ký báo cáo {form}")
    head.reads_heading("hiệu trưởng đã ký")


def opens_return(officer: Person, school: str) -> None:
    """From the board into a school's return."""
    officer.goes_to("Kỳ báo cáo").follows(_link_to(officer, school).first)
    officer.reads_heading(school)


def looks_beside(officer: Person, school: str) -> None:
    """Open a school's return beside the board, without leaving it."""
    officer.goes_to("Kỳ báo cáo")
    line = officer.main.get_by_role("row").filter(has=_link_to(officer, school))
    officer.follows(line.get_by_role("link", name="Xem"))
    expect(officer.page.get_by_role("complementary")).to_contain_text(school)


def waits_no_more(officer: Person, school: str) -> None:
    """Find that the board no longer asks anything about a school; others may wait still."""
    officer.goes_to("Kỳ báo cáo")
    expect(_link_to(officer, school)).to_have_count(0)


def passes_on(officer: Person, school: str, *, by: str) -> None:
    """Open a return from the board and take the step that passes it on."""
    opens_return(officer, school)
    officer.presses(by)


def returns(officer: Person, school: str, *, because: str) -> None:
    """Send a return back to its school, with the reason it will read."""
    opens_return(officer, school)
    officer.unfolds("Trả lại trường…")
    officer.types("Lý do", because).presses(re.compile("^Trả lại trường$"))


def _link_to(officer: Person, school: str) -> Locator:
    """Links named for a school: another's name may contain its name."""
    named = re.compile(rf"^(Trường )?{re.escape(school)}$")
    return officer.page.get_by_role("link", name=named)


def figure(reader: Person, row: str, *, column: int = 1) -> int:
    """A figure of the form that is open: by the code of its row and the number of its column."""
    return number(cell(reader, row, column=column).inner_text())


def cell(reader: Person, row: str, *, column: int = 1) -> Locator:
    """The cell of a form, of which four columns stand before the first that is counted."""
    line = reader.main.locator("tr", has=reader.page.locator(f"td:nth-child(4):text-is('{row}')"))
    return line.locator("th, td").nth(column + 3)


def number(text: str) -> int:
    """A whole number as pages write it: `1.105`."""
    return int(re.sub(r"[^\d]", "", text))


def written(number: int) -> str:
    """A whole number as pages write it."""
    return f"{number:,}".replace(",", ".")
