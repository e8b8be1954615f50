"""What readers of the national figure do."""

from playwright.sync_api import Locator

from .people import Person
from .returns import number, written


def accepted(reader: Person, form: str, name: str) -> int:
    """A key figure of a form, over the returns the Ministry has accepted."""
    reader.goes_to("Số liệu")
    line = _line(reader, form, name)
    return number(line.get_by_role("cell").first.inner_text()) if line.count() else 0


def opens(reader: Person, form: str, name: str) -> None:
    """Open a key figure: its parts, and the proof that they sum to the whole."""
    reader.goes_to("Số liệu").follows(_line(reader, form, name).get_by_role("link"))


def opens_of_school(reader: Person, school: str, figure: int) -> None:
    """Open what one school signed, out of the returns that make up a figure."""
    line = reader.main.get_by_role("row").filter(has_text=school)
    reader.follows(line.get_by_role("link", name=written(figure), exact=True))


def _line(reader: Person, form: str, name: str) -> Locator:
    table = reader.main.get_by_role("table", name=f"{form}: các con số chính theo bước")
    return table.get_by_role("row").filter(
        has=reader.page.get_by_role("rowheader", name=name, exact=True)
    )
