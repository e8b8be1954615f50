"""The columns of a file mapped to ours, sheet by sheet, once for each layout."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.intake import operations
from sobo.intake.models import Batch
from sobo.intake.queries import columns
from sobo.intake.queries.columns import FileSheet
from sobo.intake.reading.refusals import FileRefused
from sobo.intake.recognition import Choice
from sobo.intake.views.doors import of_batch, to_batch

OF_COLUMN = "cot-"
"""What the names of the form's columns begin with, before the letter."""


@of_batch
@require_http_methods(["GET", "POST"])
def choose_columns(request: Request, batch: Batch) -> HttpResponse:
    """Show one sheet of the file beside our columns, or take what was chosen."""
    try:
        names = columns.sheet_names(batch)
    except FileRefused:
        return to_batch(batch)
    asked = request.POST if request.method == "POST" else request.GET
    name = asked.get("trang") or names[0]
    if name not in names:
        raise Http404
    if request.method == "POST":
        return _choose(request, batch, name)
    shown = columns.file_sheet(
        batch, name, key=asked.get("la"), heading_row=_whole(asked.get("dong"))
    )
    return _page(request, batch, names, shown)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and int(text) > 0 else None


def _page(
    request: Request, batch: Batch, names: list[str], shown: FileSheet, twice: str = ""
) -> HttpResponse:
    ours = columns.our_columns(batch, shown.sheet, language()) if shown.sheet else []
    return render(
        request,
        "intake/columns.html",
        {
            "batch": batch,
            "names": names,
            "shown": shown,
            "ours": ours,
            "labels": dict(ours),
            "sheets": columns.our_sheets(language()),
            "of_column": OF_COLUMN,
            "twice": twice,
        },
        status=422 if twice else 200,
    )


def _choose(request: Request, batch: Batch, name: str) -> HttpResponse:
    choice = _choice(request)
    keys = list(choice.columns.values())
    twice = next((key for key in keys if keys.count(key) > 1), "")
    if twice:
        shown = columns.file_sheet(batch, name, key=choice.sheet, heading_row=choice.heading_row)
        return _page(request, batch, columns.sheet_names(batch), shown, twice)
    operations.choose_columns(
        batch_id=batch.pk, choices={name: choice}, by=request.actor, at=request.now
    )
    messages.success(
        request, _("Đã đọc lại theo cột bạn chọn; lần sau tệp kiểu này được nhận ngay.")
    )
    return to_batch(batch)


def _choice(request: Request) -> Choice:
    chosen = {
        field.removeprefix(OF_COLUMN): key
        for field, key in request.POST.items()
        if field.startswith(OF_COLUMN) and isinstance(key, str) and key
    }
    return Choice(
        sheet=request.POST.get("la", ""),
        heading_row=_whole(request.POST.get("dong")),
        columns=chosen,
    )


@of_batch
@require_POST
def forget_columns(request: Request, batch: Batch) -> HttpResponse:
    """Let a sheet be recognised by itself again."""
    operations.forget_columns(batch_id=batch.pk, file_sheet=request.POST["trang"], at=request.now)
    messages.success(request, _("Trang ấy được nhận tự động trở lại."))
    return to_batch(batch)
