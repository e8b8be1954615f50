"""The learners of a school."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sobo.accounts.preferences import school_year_of
from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA, SEE_PERSONS, may
from sobo.journal import operations as journal
from sobo.registry.learners.models import PRESENT
from sobo.registry.queries import learners, schools
from sobo.registry.showing import labels_now
from sobo.registry.views.doors import opens
from sobo.registry.views.filtering import Filter, keep, narrowed


def _filters(facets: list[Any]) -> list[Filter]:
    """Grades, classes and statuses are offered only where the school has learners in them."""
    grades, statuses = labels_now("GRADE"), labels_now("LEARNER_STATUS")
    met = {row.status for row in facets}
    return [
        Filter(
            name="grade",
            label=_("Khối"),
            choices={row.grade: grades.get(row.grade, row.grade) for row in facets},
        ),
        Filter(
            name="school_class",
            label=_("Lớp"),
            choices={row.school_class: row.class_name for row in facets},
        ),
        Filter(
            name="status",
            label=_("Trạng thái"),
            choices={code: label for code, label in statuses.items() if code in met},
        ),
        Filter(name="sex", label=_("Giới tính"), choices=labels_now("SEX")),
        Filter(name="ethnic_group", label=_("Dân tộc"), choices=labels_now("ETHNIC_GROUP")),
        Filter(name="policy", label=_("Diện chính sách"), choices=labels_now("POLICY_GROUP")),
        Filter(
            name="number",
            label=_("Số định danh"),
            choices={"none": _("chưa có"), "given": _("đã có")},
        ),
    ]


@opens(SEE_PERSONS)
def list_learners(request: Request, school: UUID) -> HttpResponse:
    """The learners of the school year, narrowed and sorted, a page at a time."""
    found = schools.school(school, on=request.now.date())
    year = school_year_of(request)
    facets = learners.facets(school_id=found.id, year=year)
    filters = _filters(facets)
    if request.method == "POST":
        return keep(request, filters)
    asked = narrowed(request, filters)
    page = learners.learners(
        school_id=found.id, year=year, filters=asked.conditions, sort=asked.sort, page=asked.page
    )
    journal.looked(
        action="registry.learners", institution_id=found.id, persons=[row.id for row in page.rows]
    )
    return render(
        request,
        "registry/learners.html",
        {
            "school": found,
            "found": page,
            "asked": asked,
            "all": sum(row.learners for row in facets),
            "present": sum(row.learners for row in facets if row.status in PRESENT),
            "present_codes": PRESENT,
            "sexes": labels_now("SEX"),
            "statuses": labels_now("LEARNER_STATUS"),
            "may_edit": may(request.actor, ENTER_DATA),
        },
    )
