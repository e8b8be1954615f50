"""The staff of a school."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sobo.accounts.preferences import school_year_of
from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA, SEE_PERSONS, may
from sobo.journal import operations as journal
from sobo.registry.queries import schools, staff
from sobo.registry.showing import labels_now
from sobo.registry.staff.models import WORKING
from sobo.registry.views.doors import opens
from sobo.registry.views.filtering import Filter, keep, narrowed


def _filters() -> list[Filter]:
    return [
        Filter(name="group", label=_("Nhóm"), choices=labels_now("STAFF_GROUP")),
        Filter(name="position", label=_("Vị trí việc làm"), choices=labels_now("STAFF_POSITION")),
        Filter(name="status", label=_("Trạng thái"), choices=labels_now("STAFF_STATUS")),
        Filter(name="contract", label=_("Hợp đồng"), choices=labels_now("CONTRACT_KIND")),
    ]


@opens(SEE_PERSONS)
def list_staff(request: Request, school: UUID) -> HttpResponse:
    """The staff, narrowed and sorted, a page at a time."""
    found = schools.school(school, on=request.now.date())
    filters = _filters()
    if request.method == "POST":
        return keep(request, filters)
    asked = narrowed(request, filters)
    page = staff.staff(
        school_id=found.id,
        year=school_year_of(request),
        filters=asked.conditions,
        sort=asked.sort,
        page=asked.page,
    )
    journal.looked(
        action="registry.staff", institution_id=found.id, persons=[row.id for row in page.rows]
    )
    return render(
        request,
        "registry/staff.html",
        {
            "school": found,
            "found": page,
            "asked": asked,
            "working": WORKING,
            "positions": labels_now("STAFF_POSITION"),
            "statuses": labels_now("STAFF_STATUS"),
            "contracts": labels_now("CONTRACT_KIND"),
            "qualifications": labels_now("QUALIFICATION"),
            "sexes": labels_now("SEX"),
            "may_edit": may(request.actor, ENTER_DATA),
        },
    )
