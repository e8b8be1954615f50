"""Where the links of the product lead for one person."""

import re
from collections import deque
from collections.abc import Iterator

from .people import Person

_VARIES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}"  # the record
    r"|(?<=/)[^/]+/[^/]+/\d+(?=\?|$)"  # the cell: sheet, row, column
    r"|(?<=/)\d+(?=/|\?|$)"
    r"|\?.*"
)
_DOWNLOADS = re.compile(r"/(tai|mau/tai|ghi-chu-loi)(/|$)")


def kind_of(address: str) -> str:
    """An address without what tells one record from another: a class is like another class."""
    return _VARIES.sub("*", address)


def pages_open_to(person: Person) -> Iterator[str]:
    """Follow every link from the first page on, standing on each kind of page in turn."""
    waiting, seen = deque(["/"]), {"/"}
    walked: list[str] = []
    while waiting:
        address = waiting.popleft()
        person.opens(address)
        walked.append(address)
        yield address
        for found in _links(person):
            if kind_of(found) not in seen and not _DOWNLOADS.search(found):
                seen.add(kind_of(found))
                waiting.append(found)
    _walked[person.username] = walked


def addresses_open_to(person: Person) -> list[str]:
    """Every kind of page the links of a person lead to; walked once for each account."""
    if person.username not in _walked:
        deque(pages_open_to(person), maxlen=0)
    return _walked[person.username]


_walked: dict[str, list[str]] = {}


def _links(person: Person) -> list[str]:
    found: list[str] = person.page.evaluate(
        "[...document.links].filter(link => link.origin === location.origin)"
        ".map(link => link.pathname + link.search)"
    )
    return found
