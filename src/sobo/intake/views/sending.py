"""Files sent: the list of batches, sending one, and how far the reading of it is."""

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sobo.accounts.preferences import school_year_of
from sobo.accounts.requests import Request
from sobo.intake import models, operations, storage, tasks
from sobo.intake.models import Batch
from sobo.intake.queries import batches
from sobo.intake.views.doors import at_school, of_batch, own_school, to_batch

READ_AT_ONCE = 512 * 1024
"""Bytes of a file that is read while its sender waits, and the web worker with her: some 5,000 rows
of a workbook."""
BATCHES_A_PAGE = 20
FILTERS = {
    "": (),
    "cho": (models.RECEIVED, models.READ, models.CHECKED, models.FAILED),
    "ghi": (models.COMMITTED,),
    "tra": (models.REFUSED, models.UNDONE),
}
"""Which states each tab of the list shows; nothing named: all."""


@at_school
@require_GET
def list_batches(request: Request) -> HttpResponse:
    """The school's files, newest first, under the place to send one."""
    everything = batches.batches(request.actor.institution_id or 0)
    chosen = request.GET.get("xem", "")
    states = FILTERS.get(chosen, ())
    shown = everything.filter(state__in=states) if states else everything
    page = Paginator(shown, BATCHES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "intake/batches.html",
        {
            "page": page,
            "chosen": chosen,
            "all": everything.count(),
            "waiting": everything.filter(state__in=FILTERS["cho"]).count(),
            "senders": batches.senders(list(page.object_list)),
            "state_names": batches.STATE_NAMES,
            "limit_mb": settings.UPLOAD_LIMIT_MB,
        },
    )


@at_school
@require_POST
def send(request: Request) -> HttpResponse:
    """Take a file in; a small one is read at once, a large one by the worker."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        messages.error(
            request, _("Chưa chọn tệp nào. Chọn tệp .xlsx, .xls, .ods hoặc .csv rồi gửi.")
        )
        return HttpResponseRedirect(reverse("batches"))
    if (upload.size or 0) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        limit = {"limit": settings.UPLOAD_LIMIT_MB}
        messages.error(request, _("Tệp lớn hơn %(limit)s MB. Tách tệp hoặc gửi dạng .csv.") % limit)
        return HttpResponseRedirect(reverse("batches"))
    batch = operations.receive(
        institution=own_school(request),
        school_year=school_year_of(request),
        file_name=upload.name or "",
        chunks=upload.chunks(),
        by=request.actor,
        at=request.now,
    )
    if batch.state == models.RECEIVED:
        begin_reading(request, batch)
    return to_batch(batch)


def begin_reading(request: Request, batch: Batch) -> None:
    """Read a small file at once; leave a large one to the worker, in this very transaction."""
    if batch.size <= READ_AT_ONCE:
        operations.read(batch=batch, on=request.now)
        return
    storage.tell_progress(batch.public_id, step="read", at=request.now)
    tasks.read_batch.defer(batch_id=batch.pk, account_id=request.actor.account_id)


@of_batch
@require_GET
def show_progress(request: Request, batch: Batch) -> HttpResponse:
    """The part of a waiting page that asks again every second, until there is something to see."""
    progress = storage.progress(batch.public_id)
    if progress is None and batch.state != models.RECEIVED:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "intake/progress.html", {"batch": batch, "progress": progress})


@of_batch
@require_POST
def read_again(request: Request, batch: Batch) -> HttpResponse:
    """Try once more what the worker could not do."""
    operations.reopen(batch_id=batch.pk)
    begin_reading(request, batches.batch(batch.public_id))
    return to_batch(batch)
