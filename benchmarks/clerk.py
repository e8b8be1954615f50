"""A clerk without a browser, and the workbooks she sends: what several measurements need."""

import http.cookiejar
import re
import secrets
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlencode, urljoin

import xlsxwriter

A_CLASS = 40
BOUNDARY = "----so-bo"


class Clerk:
    """The few things a browser does here."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.address = self.page = ""
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    def opens(self, path: str, body: bytes | None = None, kind: str = "") -> None:
        """Get a page, or post to it, and stay where that leads."""
        request = urllib.request.Request(urljoin(self.server, path), data=body)  # noqa: S310
        if body is not None:
            request.add_header("Content-Type", kind)
        with self._opener.open(request) as answer:
            self.address, self.page = answer.url, answer.read().decode()

    def posts(self, path: str, **fields: str) -> None:
        """Send a form of the page that is open."""
        given = urlencode({"csrfmiddlewaretoken": self._token, **fields})
        self.opens(path, given.encode(), "application/x-www-form-urlencoded")

    def signs_in(self, username: str, password: str) -> None:
        """Sign in as a person does."""
        self.opens("/dang-nhap")
        self.posts("/dang-nhap", username=username, password=password)

    def sends(self, file: bytes) -> None:
        """Send a workbook from the page of files."""
        parts = [
            f'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self._token}'.encode(),
            b'Content-Disposition: form-data; name="file"; filename="do.xlsx"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n" + file,
        ]
        edge = f"--{BOUNDARY}\r\n".encode()
        body = edge + (b"\r\n" + edge).join(parts) + f"\r\n--{BOUNDARY}--\r\n".encode()
        self.opens("/dua-du-lieu/tep/gui", body, f"multipart/form-data; boundary={BOUNDARY}")

    def commits(self) -> None:
        """Press the button of the page of differences."""
        seen = re.search(r'name="seen" value="(\d+)"', self.page)
        assert seen, "nothing to commit"
        self.posts(self.address.replace("xem-lai", "ghi"), seen=seen[1])

    @property
    def cookies(self) -> str:
        """What the session is known by, as a header says it."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def school_code(self) -> str:
        """The code of the clerk's own school, from its page."""
        self.opens("/")
        school = re.search(r'href="(/truong/[0-9a-f-]{36}/ho-so)"', self.page)
        assert school, "no school to look at"
        self.opens(school[1])
        code = re.search(r"\b\d{10}\b", self.page)
        assert code, "the school's page shows no code"
        return code[0]

    @property
    def _token(self) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        assert found, "no form on the page"
        return found[1]


def workbook(rows: int) -> bytes:
    """Classes and learners nobody knows, under our own labels."""
    import django

    django.setup()
    from sobo.registry import sheets

    run = secrets.token_hex(2)
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for sheet, lines in (
            (sheets.CLASSES, list(_classes(run, rows))),
            (sheets.LEARNERS, list(_learners(run, rows))),
        ):
            page = book.add_worksheet(sheet.name)
            page.write_row(0, 0, [sheet.columns[key].label() for key in lines[0]])
            for at, line in enumerate(lines, start=1):
                page.write_row(at, 0, list(line.values()))
    return out.getvalue()


def _classes(run: str, rows: int) -> Iterator[dict[str, str]]:
    for number in range(-(-rows // A_CLASS)):
        grade = number % 5 + 1
        yield {
            "code": f"{grade}{run}{number}",
            "name": f"{grade}{run}{number}",
            "grade": f"Lớp {grade}",
            "two_sessions": "Có",
            "day_boarding": "Không",
            "is_merged": "Không",
        }


def _learners(run: str, rows: int) -> Iterator[dict[str, str]]:
    for number in range(rows):
        school_class = number // A_CLASS
        grade, is_girl = school_class % 5 + 1, number % 2
        born = 2021 - grade
        yield {
            "full_name": f"Đo {_in_words(int(run, 16))} {_in_words(number)}",
            "sex": "Nữ" if is_girl else "Nam",
            "birth": f"{number % 28 + 1:02}/{number % 12 + 1:02}/{born}",
            "ethnic_group": "Kinh",
            "nationality": "Việt Nam",
            "personal_number": f"014{2 + is_girl}{born % 100}{secrets.randbelow(1_000_000):06}",
            "birth_place": "Phường Chiềng Sinh, Sơn La",
            "residence": f"Tổ {number % 20 + 1}, Phường Chiềng Sinh",
            "school_class": f"{grade}{run}{school_class}",
            "grade": f"Lớp {grade}",
            "status": "Đang học",
            "entered_on": "05/09/2026",
            "two_sessions": "Có",
            "day_boarder": "Không",
            "is_new_in_level": "Có" if grade == 1 else "Không",
            "repeats": "Không",
            "phone": f"09{number:08}",
            "mother_full_name": "Đo Thị Lường",
        }


def _in_words(number: int) -> str:
    """A name for a number: names hold no digits."""
    names = (
        "An Bình Chi Dung Em Giang Hoa Khuê Lan Mai Nam Oanh Phúc Quân Sơn Tâm Uyên Vân Xuân Yến"
    )
    given = names.split()
    return " ".join(given[number // 20**power % 20] for power in (2, 1, 0))
