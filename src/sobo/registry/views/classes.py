"""Classes of a school, and the list of one class: the page opened more than any other."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from sobo.accounts.preferences import school_year_of
from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA, SEE_PERSONS, may
from sobo.journal import operations as journal
from sobo.registry.learners.models import PRESENT
from sobo.registry.queries import classes, schools
from sobo.registry.showing import labels_now
from sobo.registry.views.doors import opens


@opens()
def list_classes(request: Request, school: UUID) -> HttpResponse:
    """The classes of a school year; form teachers are named to those who may see persons."""
    found = schools.school(school, on=request.now.date())
    rows = classes.classes(school_id=found.id, year=school_year_of(request))
    names_teachers = may(request.actor, SEE_PERSONS)
    if names_teachers:
        teachers = [row.teacher_id for row in rows if row.teacher_id]
        journal.looked(action="registry.classes", institution_id=found.id, persons=teachers)
    return render(
        request,
        "registry/classes.html",
        {
            "school": found,
            "rows": rows,
            "sees_persons": may(request.actor, SEE_PERSONS),
            "learners": sum(row.learners for row in rows),
            "grades": labels_now("GRADE"),
            "names_teachers": names_teachers,
            "may_edit": may(request.actor, ENTER_DATA),
        },
    )


@opens(SEE_PERSONS)
def show_class(request: Request, school: UUID, school_class: UUID) -> HttpResponse:
    """The learners of one class."""
    of_school = schools.remembered(school, by=request.actor, on=request.now.date())
    found = classes.school_class(school_class, school_id=of_school.id)
    learners = classes.opened(found)
    return render(
        request,
        "registry/class.html",
        {
            "school": of_school,
            "found": found,
            "rows": learners,
            "present": sum(row.status in PRESENT for row in learners),
            "present_codes": PRESENT,
            "girls": sum(row.sex == "2" and row.status in PRESENT for row in learners),
            "sexes": {None: "–", **labels_now("SEX")},
            "statuses": labels_now("LEARNER_STATUS"),
            "grades": labels_now("GRADE"),
            "may_edit": may(request.actor, ENTER_DATA),
        },
    )
