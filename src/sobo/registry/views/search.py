"""Finding a person by name, from the search box of every page."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sobo.accounts.requests import Request
from sobo.accounts.roles import SEE_PERSONS
from sobo.journal import operations as journal
from sobo.registry.queries import persons, schools
from sobo.registry.showing import labels_now
from sobo.registry.views.doors import opens
from sobo.registry.views.filtering import NUMBER, keep_search, narrowed

SHORTEST = 2


@opens(SEE_PERSONS)
def search(request: Request) -> HttpResponse:
    """Persons and schools in scope whose name holds what was typed, with or without marks."""
    if request.method == "POST":
        number = keep_search(request, request.POST.get("q", "").strip()[:100])
        return HttpResponseRedirect(f"{reverse('search')}?{NUMBER}={number}")
    wanted = narrowed(request, []).wanted
    is_enough = len(wanted) >= SHORTEST
    found = persons.find(wanted) if is_enough else []
    for school_id, seen in _by_institution(found).items():
        journal.looked(action="registry.search", institution_id=school_id, persons=seen)
    return render(
        request,
        "registry/search.html",
        {
            "wanted": wanted,
            "is_enough": is_enough,
            "persons": found,
            "is_cut": len(found) == persons.MOST,
            "most": persons.MOST,
            "schools": schools.named(wanted) if is_enough else [],
            "positions": labels_now("STAFF_POSITION"),
        },
    )


def _by_institution(found: list[Any]) -> dict[int | None, list[int]]:
    """One look a school: its journal says who of its own was found."""
    seen: dict[int | None, list[int]] = {}
    for row in found:
        seen.setdefault(row.school_id, []).append(row.id)
    return seen
