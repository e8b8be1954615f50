"""Rows mended cell by cell, and persons decided on."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.intake import operations
from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch
from sobo.intake.policies import EditedMeanwhile
from sobo.intake.queries import grid, persons, rows
from sobo.intake.queries.causes import of_cause
from sobo.intake.views.doors import of_batch, to_batch
from sobo.intake.views.looks import journal_look, journal_look_at
from sobo.intake.wording import rule_of
from sobo.kernel.vietnamese import format_number
from sobo.registry.sheets import SHEETS

LINES_A_PAGE = 25
OF_CELL, OF_PERSON = "o-", "nguoi-"
"""What the names of the forms' fields begin with: cells by row and column, decisions by row."""


@of_batch
@require_http_methods(["GET", "POST"])
def mend_cells(request: Request, batch: Batch) -> HttpResponse:
    """The rows of one cause, or all with errors, as a grid; or take what was typed into it."""
    checked = rows.last_check(batch, request.now)
    each = checked.get(request.GET.get("trang", ""))
    if each is None:
        each = next(iter(checked.values()), None)
    if each is None:
        raise Http404
    if request.method == "POST":
        return _mend(request, batch, each)
    return _grid(request, batch, each, checked)


def _mend(request: Request, batch: Batch, each: CheckedSheet) -> HttpResponse:
    if request.POST.get("seen") != str(batch.edits_made):
        raise EditedMeanwhile
    cells = grid.changed_cells(batch, each.sheet, _posted(request))
    if cells:
        operations.mend(batch_id=batch.pk, cells=cells, by=request.actor, at=request.now)
        said = ngettext("Đã lưu %(count)s ô.", "Đã lưu %(count)s ô.", len(cells))
        messages.success(request, said % {"count": format_number(len(cells))})
    return HttpResponseRedirect(request.get_full_path())


def _posted(request: Request) -> dict[tuple[int, str], str]:
    posted = {}
    for name, text in request.POST.items():
        if name.startswith(OF_CELL) and isinstance(text, str):
            row, _dash, field = name.removeprefix(OF_CELL).partition("-")
            posted[int(row), field] = text
    return posted


def _grid(
    request: Request, batch: Batch, each: CheckedSheet, checked: Mapping[str, CheckedSheet]
) -> HttpResponse:
    rule, field = request.GET.get("luat", ""), request.GET.get("cot", "")
    wrong = _rows(each, rule, field)
    page = Paginator(wrong, LINES_A_PAGE).get_page(request.GET.get("page"))
    shown = grid.lines(
        batch, each, list(page.object_list), fields=[field] if field else [], language=language()
    )
    journal_look(batch, each, list(page.object_list))
    return render(
        request,
        "intake/cells.html",
        {
            "batch": batch,
            "sheet": each.sheet,
            "sheets": [sheet for sheet in SHEETS if sheet.key in checked],
            "lines": shown,
            "page": page,
            "query": _query(each, rule, field),
            "rule": rule_of(each.sheet, rule, field) if rule and wrong else None,
            "of_cell": OF_CELL,
        },
    )


def _rows(each: CheckedSheet, rule: str, field: str) -> list[int]:
    """The rows to show: of one cause where one is named, else all with errors."""
    found = of_cause(each, rule, field)["row"] if rule else each.rows_with_errors
    return sorted(found.unique().to_list())


def _query(each: CheckedSheet, rule: str, field: str) -> str:
    asked = {"trang": each.sheet.key, "luat": rule, "cot": field}
    return urlencode({key: value for key, value in asked.items() if value})


@of_batch
@require_http_methods(["GET", "POST"])
def decide_persons(request: Request, batch: Batch) -> HttpResponse:
    """Rows that may mean somebody known, side by side with whom; or take what was decided."""
    if request.method == "POST":
        return _decide(request, batch)
    doubts = [
        (each.sheet, doubt)
        for each in rows.last_check(batch, request.now).values()
        if each.sheet.is_about_persons
        for doubt in persons.doubts(batch, each)
    ]
    if not doubts:
        return to_batch(batch)
    page = Paginator(doubts, LINES_A_PAGE).get_page(request.GET.get("page"))
    meant = [one.person for _sheet, doubt in page.object_list for one in doubt.candidates]
    journal_look_at(batch, meant)
    return render(
        request, "intake/persons.html", {"batch": batch, "page": page, "of_person": OF_PERSON}
    )


def _decide(request: Request, batch: Batch) -> HttpResponse:
    by_sheet: dict[str, list[tuple[int, str]]] = {}
    for name, decision in request.POST.items():
        if name.startswith(OF_PERSON) and isinstance(decision, str) and decision:
            sheet, _dash, row = name.removeprefix(OF_PERSON).partition("-")
            by_sheet.setdefault(sheet, []).append((int(row), decision))
    for sheet, decisions in by_sheet.items():
        operations.decide(
            batch_id=batch.pk, sheet=sheet, decisions=decisions, by=request.actor, at=request.now
        )
    count = sum(map(len, by_sheet.values()))
    if count:
        said = ngettext("Đã quyết định %(count)s dòng.", "Đã quyết định %(count)s dòng.", count)
        messages.success(request, said % {"count": format_number(count)})
    return HttpResponseRedirect(reverse("batch-persons", args=[batch.public_id]))
