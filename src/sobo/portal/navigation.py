"""Where one stands and where one can go from there.

A page about a school carries the school's record id in its address as `school`; from it the trail
and the school's own pages follow, the same for its clerk and for those above.
"""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA, SEE_FIGURES, SEE_PERSONS, SEE_RETURNS, may
from sobo.kernel.actor import Actor
from sobo.registry.queries import schools
from sobo.registry.queries.rows import NotInSight
from sobo.registry.queries.schools import School


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place one can go to; `count` is how much waits there."""

    label: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Group:
    """Links that belong together, the first group without a label."""

    items: tuple[Link, ...]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the navigation: its words, the name of its address, who sees it."""

    label: str
    address: str
    permission: str | None = None
    of_school: bool = False


def _register() -> tuple[Entry, ...]:
    return (
        Entry(label=_("Trường"), address="school", of_school=True),
        Entry(label=_("Điểm trường"), address="campuses", of_school=True),
        Entry(label=_("Lớp"), address="classes", of_school=True),
        Entry(label=_("Người học"), address="learners", of_school=True, permission=SEE_PERSONS),
        Entry(label=_("Đội ngũ"), address="staff", of_school=True, permission=SEE_PERSONS),
        Entry(label=_("Phòng"), address="rooms", of_school=True),
    )


def _intake() -> tuple[Entry, ...]:
    return (
        Entry(label=_("Tệp đã gửi"), address="batches", permission=ENTER_DATA),
        Entry(label=_("Mẫu nhập"), address="workbook-template", permission=ENTER_DATA),
    )


def _figures() -> tuple[Entry, ...]:
    return (
        Entry(label=_("Kỳ báo cáo"), address="returns", permission=SEE_RETURNS),
        Entry(label=_("Số liệu"), address="figures", permission=SEE_FIGURES),
    )


def may_search(actor: Actor) -> bool:
    """Whether the search box finds persons for this actor."""
    return may(actor, SEE_PERSONS)


def trail(request: Request) -> tuple[Link, ...]:
    """From the uppermost unit in scope down to where one stands."""
    standing = _standing(request)
    if standing is None:
        return (Link(label=request.actor.place or _("Sổ Bộ"), url=reverse("home"), current=True),)
    schools_url = address("schools") or ""
    above = (Link(label=name, url=schools_url) for name in _units_in_sight(request.actor, standing))
    here = address("school", standing.record_id) or ""
    return (*above, Link(label=standing.name, url=here, current=True))


def _units_in_sight(actor: Actor, standing: School) -> list[str]:
    if actor.institution_id is not None:
        return list(standing.units)
    names = list(standing.units)
    return names[names.index(actor.place) :] if actor.place in names else names


def groups(request: Request, *, waiting: int) -> tuple[Group, ...]:
    """The navigation beside the page, group by group; groups without an entry are left out."""
    school = _standing(request)
    is_own = request.actor.institution_id is not None
    found = (
        Group(items=(_first(request, waiting), *_items(request, _above(request.actor), None))),
        Group(
            label=_("Hồ sơ") if is_own or school is None else school.name,
            items=_items(request, _register(), school),
        ),
        Group(label=_("Đưa dữ liệu vào"), items=_items(request, _intake(), school)),
        Group(label=_("Báo cáo"), items=_items(request, _figures(), school)),
    )
    return tuple(group for group in found if group.items)


def _above(actor: Actor) -> tuple[Entry, ...]:
    has_schools = actor.institution_id is None and actor.reach != "none"
    return (Entry(label=_("Trường trong phạm vi"), address="schools"),) if has_schools else ()


def _first(request: Request, waiting: int) -> Link:
    home = address("home") or ""
    return Link(label=_("Việc cần làm"), url=home, current=request.path == home, count=waiting)


def _items(request: Request, entries: tuple[Entry, ...], school: School | None) -> tuple[Link, ...]:
    return tuple(
        Link(label=entry.label, url=address, current=_is_at(request, entry, address))
        for entry in entries
        if entry.permission is None or may(request.actor, entry.permission)
        if (address := _address(entry, school))
    )


def _is_at(request: Request, entry: Entry, address: str) -> bool:
    """Whether the page is this entry's or below it; every school lies below the list of schools."""
    return request.path == address or (
        entry.address != "schools" and request.path.startswith(f"{address}/")
    )


def _address(entry: Entry, school: School | None) -> str | None:
    """The entry's address; none where there is no school for it or its area is not installed."""
    if not entry.of_school:
        return address(entry.address)
    return address(entry.address, school.record_id) if school else None


@lru_cache(maxsize=4096)
def address(name: str, *arguments: object) -> str | None:
    """A named address, worked out once by each process: every page shows twenty of them."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def _standing(request: Request) -> School | None:
    """The school one stands in: that of the address, else one's own."""
    named = request.resolver_match.kwargs.get("school") if request.resolver_match else None
    on = request.now.date()
    if not isinstance(named, UUID):
        return schools.own(by=request.actor, on=on)
    try:
        return schools.remembered(named, by=request.actor, on=on)
    except NotInSight:
        return None
