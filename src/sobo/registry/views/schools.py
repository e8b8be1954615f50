"""Schools in scope, and the profile of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sobo.accounts.preferences import school_year_of
from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA, SEE_PERSONS, may
from sobo.institutions.models import Institution
from sobo.registry.queries import records, schools
from sobo.registry.sections import sections_of
from sobo.registry.showing import Writer, labels_now
from sobo.registry.views.doors import opens
from sobo.registry.views.filtering import Filter, keep, narrowed


def _filters() -> list[Filter]:
    communes = {row.code: row.name for row in schools.communes_in_scope()}
    return [
        Filter(name="level", label=_("Cấp học"), choices=labels_now("LEVEL")),
        Filter(name="ownership", label=_("Loại hình"), choices=labels_now("OWNERSHIP")),
        Filter(name="commune", label=_("Xã/phường"), choices=communes),
    ]


@opens()
def list_schools(request: Request) -> HttpResponse:
    """The schools within scope, narrowed and sorted."""
    filters = _filters()
    if request.method == "POST":
        return keep(request, filters)
    asked = narrowed(request, filters)
    found = schools.schools(
        year=school_year_of(request), filters=asked.conditions, sort=asked.sort, page=asked.page
    )
    return render(
        request,
        "registry/schools.html",
        {"found": found, "asked": asked, "levels": labels_now("LEVEL"),
         "ownership": labels_now("OWNERSHIP")},
    )  # fmt: skip


@opens()
def show_school(request: Request, school: UUID) -> HttpResponse:
    """One school's profile, what it holds, and what is missing."""
    found = schools.school(school, on=request.now.date())
    versions = records.record_versions(Institution, school, school_id=found.id)
    current = records.standing(versions, at=None)[0]
    return render(
        request,
        "registry/school.html",
        {
            "school": found,
            "counts": schools.counts(school_id=found.id, year=school_year_of(request)),
            "sections": sections_of([current], Writer(references={}), levels=found.levels),
            "sees_persons": may(request.actor, SEE_PERSONS),
            "may_edit": may(request.actor, ENTER_DATA),
            "levels": labels_now("LEVEL"),
            "versions": len(versions),
        },
    )
