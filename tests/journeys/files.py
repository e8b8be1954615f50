"""What a clerk does with a workbook: send it, and mend it on screen from what the papers say."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_uppercase, digits

from playwright.sync_api import Locator
from python_calamine import CalamineWorkbook

from sobo.demo.samples import MENDED, MESSY
from sobo.demo.samples.messy import HEADING_ROW
from sobo.demo.samples.story import NEWCOMERS as NEWCOMERS
from sobo.kernel.excel import column_letters
from sobo.registry.sheets import CLASSES, LEARNERS

from .people import Person

WHY = "Đã hỏi lại gia đình và xem giấy khai sinh: điều ghi trong tệp là đúng."
REPAIR = re.compile(r"^Sửa [\d.]+ dòng$")
OPEN = re.compile(r"^Mở [\d.]+ dòng$")


@dataclass(frozen=True)
class TrueCell:
    """What a cell of the messy workbook should say, according to the papers."""

    sheet: str
    cell: str
    heading: str
    value: str

    @property
    def line(self) -> str:
        """Sheet and row, as the grid names its lines."""
        return f"{self.sheet} {self.cell.lstrip(ascii_uppercase)}"


@dataclass(frozen=True)
class Newcomer:
    """A child the register did not know."""

    name: str
    school_class: str
    birth: str


def sends(clerk: Person, file: Path) -> None:
    """Send a file from the page of files sent, and wait until it has been read."""
    clerk.goes_to("Tệp đã gửi")
    clerk.sends("Tệp bảng tính của trường", file).presses("Gửi và kiểm tra")
    clerk.reads_heading(file.name)


def downloads(clerk: Person, link: str, folder: Path) -> Path:
    """Download what a link offers."""
    with clerk.page.expect_download() as waiting:
        clerk.main.get_by_role("link", name=link).click()
    saved = folder / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    return saved


def applies_repairs(clerk: Person) -> int:
    """Press every "Sửa … dòng" there is; how many there were."""
    done = 0
    while (offered := clerk.main.get_by_role("button", name=REPAIR)).count():
        clerk.presses(offered.first)
        done += 1
    return done


def explains(clerk: Person, finding: str) -> None:
    """Say why something odd is true all the same."""
    card = clerk.main.locator("article, section, div.finding", has_text=finding).last
    card.get_by_text("Giải trình", exact=True).click()
    clerk.types(card.get_by_label("Lý do"), WHY).presses(
        card.get_by_role("button", name="Lưu lý do")
    )


def mends_cells(clerk: Person, papers: Sequence[TrueCell]) -> None:
    """Type what the papers say: first into all rows with errors, then into those merely odd."""
    batch = clerk.address
    clerk.follows(clerk.main.get_by_role("link", name=OPEN).first)
    for sheet in (CLASSES, LEARNERS):
        clerk.follows(clerk.main.get_by_role("navigation").get_by_role("link", name=sheet.name))
        _types_into_grid(clerk, papers)
    for address in _pages_of_rows(clerk.opens(batch)):
        _types_into_grid(clerk.opens(address), papers)
    clerk.opens(batch)


def _types_into_grid(clerk: Person, papers: Sequence[TrueCell]) -> None:
    typed = [_type_into(line, papers) for line in clerk.main.locator("tbody tr").all()]
    if any(typed):
        clerk.presses("Lưu các ô đã sửa")


def first_newcomer(clerk: Person) -> Newcomer:
    """The first of the new children on the page of differences."""
    line = clerk.main.locator("tbody tr th").first.inner_text()
    name, _, standing = line.partition("\n")
    school_class, _, birth = standing.partition(" · ")
    return Newcomer(name.strip(), school_class.strip(), birth.strip())


def papers(samples: Path) -> list[TrueCell]:
    """What each wrong cell of the messy workbook should say, by sheet, row and heading."""
    entries = json.loads((samples / MENDED).read_text(encoding="utf-8"))
    headings = _headings(samples / MESSY)
    return [
        TrueCell(
            sheet=entry["sheet"],
            cell=entry["cell"],
            heading=headings[entry["sheet"]][entry["cell"].rstrip(digits)],
            value=entry["value"],
        )
        for entry in entries
    ]


def _pages_of_rows(clerk: Person) -> list[str]:
    links = clerk.main.get_by_role("link", name=OPEN).all()
    return [link.get_attribute("href") or "" for link in links]


def _type_into(line: Locator, papers: Sequence[TrueCell]) -> bool:
    """Fill in the cells of one row of the grid that the papers speak of."""
    place = line.get_by_role("rowheader").inner_text()
    known = {cell.heading: cell.value for cell in papers if cell.line == place}
    fields = [
        (field, known[heading])
        for heading in known
        for field in line.get_by_label(f"{heading}, {place}", exact=True).all()
    ]
    for field, value in fields:
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    return bool(fields)


@cache
def _headings(file: Path) -> Mapping[str, Mapping[str, str]]:
    """Heading by column letter for each sheet, as our own pages write it."""
    book = CalamineWorkbook.from_path(file)
    return {name: _heading_row(book, name) for name in book.sheet_names}


def _heading_row(book: CalamineWorkbook, name: str) -> Mapping[str, str]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    texts = rows[HEADING_ROW - 1] if len(rows) >= HEADING_ROW else []
    tidy = [" ".join(unicodedata.normalize("NFC", str(text)).split()) for text in texts]
    return {column_letters(at): text for at, text in enumerate(tidy, start=1)}
