"""A workbook of 2,000 new learners from the clerk's upload to the receipt, against a running server.

What a person would do, without the person: send the file, open the page of differences, press the
button. Three pages answer; nothing is read or written beside them. Then the memory of one process
that reads, checks and writes a workbook of 100,000 rows. What is written stays in the folder of the
measurement, `bench-demo` in the data folder: begin without it to repeat the figures.
"""

import http.cookiejar
import os
import re
import resource
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlencode, urljoin

import xlsxwriter

from benchmarks.servers import data_folder, demo_server
from sobo.commands.demo_ import DAY
from sobo.commands.import_ import REFUSED

LEARNERS, A_CLASS, RUNS = 2_000, 40, 3
MANY = 100_000
BOUNDARY = "----so-bo"


def measure(*, size: int | None = None) -> Iterator[dict[str, object]]:
    """Seconds from sending to committed, the median of three files of a demo school."""
    rows = size or LEARNERS
    with demo_server() as (port, username, password):
        clerk = Clerk(f"http://127.0.0.1:{port}")
        clerk.signs_in(username, password)
        runs = [_one_file(clerk, rows) for _ in range(RUNS)]
        school = clerk.school_code()
    for step, seconds in zip(("check", "review", "commit"), zip(*runs, strict=True), strict=True):
        yield {"what": f"workbook: {step}", "seconds": round(statistics.median(seconds), 2)}
    whole = statistics.median(sum(run) for run in runs)
    yield {"what": "workbook, upload to committed", "rows": rows, "seconds": round(whole, 2)}
    yield _memory(school)


def _memory(school: str) -> dict[str, object]:
    """The largest process of `./sobo import` with a workbook of many rows."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(workbook(MANY))
        file.flush()
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "sobo", "import", file.name, "--school", school, "--commit"],
            env={**os.environ, "SOBO_DATA": str(data_folder()), "SOBO_TODAY": DAY},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        seconds = time.perf_counter() - began
    assert done.returncode < REFUSED, "the workbook was refused"
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "what": "workbook, memory of the largest process",
        "rows": MANY,
        "memory_mb": round(largest / 1024),
        "seconds": round(seconds, 1),
    }


def _one_file(clerk: "Clerk", rows: int) -> tuple[float, float, float]:
    body = workbook(rows)
    clerk.opens("/dua-du-lieu/tep")
    began = time.perf_counter()
    clerk.sends(body)
    checked = time.perf_counter()
    clerk.opens(f"{clerk.address}xem-lai")

    reviewed = time.perf_counter()
    clerk.commits()
    committed = time.perf_counter()
    assert "Biên nhận ghi sổ" in clerk.page, "the file was not committed"
    return checked - began, reviewed - checked, committed - reviewed


class Clerk:
    """The few things a browser does here."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.address = self.page = ""
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

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
