"""Campuses and rooms of a school."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from sobo.accounts.preferences import school_year_of
from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA, may
from sobo.registry.queries import premises, schools
from sobo.registry.showing import labels_now
from sobo.registry.views.doors import opens


@opens()
def list_campuses(request: Request, school: UUID) -> HttpResponse:
    """The campuses of a school beside its main site."""
    found = schools.school(school, on=request.now.date())
    rows = premises.campuses(school_id=found.id, year=school_year_of(request))
    return render(
        request,
        "registry/campuses.html",
        {"school": found, "rows": rows, "may_edit": may(request.actor, ENTER_DATA)},
    )


@opens()
def list_rooms(request: Request, school: UUID) -> HttpResponse:
    """The rooms of a school, by kind and grade of building."""
    found = schools.school(school, on=request.now.date())
    rows = premises.rooms(school_id=found.id)
    return render(
        request,
        "registry/rooms.html",
        {
            "school": found,
            "rows": rows,
            "in_use": sum(row.quantity for row in rows if row.in_use),
            "kinds": labels_now("ROOM_KIND"),
            "build_grades": labels_now("ROOM_GRADE"),
            "levels": labels_now("LEVEL"),
            "may_edit": may(request.actor, ENTER_DATA),
        },
    )
