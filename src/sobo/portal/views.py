"""The first page, and the gallery of the design system."""

from django.http import HttpResponse
from django.shortcuts import render

from sobo.accounts.requests import Request, requires
from sobo.accounts.roles import ROLES
from sobo.portal import gallery
from sobo.portal.page import tasks_of


@requires()
def home(request: Request) -> HttpResponse:
    """What the one at work should do next, or honestly nothing."""
    tasks = tasks_of(request)
    return render(
        request,
        "portal/home.html",
        {
            "tasks": tasks,
            "late": sum(task.count for task in tasks if task.is_late),
            "has_role": bool(ROLES[request.actor.role].permissions),
            "role": request.actor.role,
        },
    )


@requires()
def show_gallery(request: Request) -> HttpResponse:
    """Every part of the design system, with invented data."""
    return render(request, "portal/gallery.html", gallery.samples())
