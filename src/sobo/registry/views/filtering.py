"""What a list is narrowed to: codes stand in the address, names never do.

A name that is searched for goes by POST, is kept in the searcher's own session under a short
number, and only that number reaches the address: addresses end up in logs and histories.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect

from sobo.accounts.requests import Request

KEPT_SEARCHES = 5
NUMBER = "search"
"""What the number of a kept search is called in an address."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One way to narrow a list: its name in the address, its words, its choices by value."""

    name: str
    label: str
    choices: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """A list's filters, order and page as its address states them."""

    filters: Sequence[Filter]
    codes: Mapping[str, str]
    """Chosen value by filter; only values that are among the choices."""
    wanted: str
    """The part of a name looked for."""
    number: str
    """The number under which it is kept."""
    sort: str
    page: int

    @property
    def conditions(self) -> dict[str, str]:
        """What the query is asked: the codes, and the name as `wanted`."""
        return {**self.codes, "wanted": self.wanted}

    @property
    def query(self) -> str:
        """The address's parameters without order and page."""
        return self._query()

    @property
    def sorted_query(self) -> str:
        """The address's parameters without the page."""
        return "&".join(part for part in (self.query, urlencode(self._order())) if part)

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters in force, each with the address that lifts it."""
        chips = [
            {
                "label": each.label,
                "value": each.choices[self.codes[each.name]],
                "remove_url": f"?{self._query(without=each.name)}",
            }
            for each in self.filters
            if each.name in self.codes
        ]
        if self.wanted:
            remove = f"?{self._query(without=NUMBER)}"
            chips.insert(0, {"label": "“”", "value": self.wanted, "remove_url": remove})
        return chips

    def _order(self) -> dict[str, str]:
        return {"sort": self.sort} if self.sort else {}

    def _query(self, without: str = "") -> str:
        given = {**self.codes, **({NUMBER: self.number} if self.wanted else {})}
        return urlencode({name: value for name, value in given.items() if name != without})


def narrowed(request: Request, filters: Sequence[Filter]) -> Narrowed:
    """Read the address of a list; what is not among the choices is left out."""
    asked = request.GET
    number = asked.get(NUMBER, "")
    page = asked.get("page", "1")
    return Narrowed(
        filters=filters,
        codes={
            each.name: asked[each.name] for each in filters if asked.get(each.name) in each.choices
        },
        wanted=request.session.get("searches", {}).get(number, ""),
        number=number,
        sort=asked.get("sort", ""),
        page=int(page) if page.isdecimal() and page != "0" else 1,
    )


def keep(request: Request, filters: Sequence[Filter]) -> HttpResponseRedirect:
    """Take a posted filter form to the address that shows its result."""
    given: dict[str, Any] = {
        each.name: request.POST[each.name]
        for each in filters
        if request.POST.get(each.name) in each.choices
    }
    wanted = request.POST.get("q", "").strip()[:100]
    if wanted:
        given[NUMBER] = keep_search(request, wanted)
    if request.POST.get("sort"):
        given["sort"] = request.POST["sort"]
    return HttpResponseRedirect(f"{request.path}?{urlencode(given)}")


def keep_search(request: Request, wanted: str) -> str:
    """Keep the words of a search in the session; returns their number. Only the last few stay."""
    searches: dict[str, str] = request.session.get("searches", {})
    number = str(max(map(int, searches), default=0) + 1)
    kept = dict(list(searches.items())[1 - KEPT_SEARCHES :])
    request.session["searches"] = {**kept, number: wanted}
    return number
