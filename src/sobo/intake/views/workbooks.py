"""Workbooks that leave: the school's template, and its file with what is wrong in the cells."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sobo.accounts.preferences import language, school_year_of
from sobo.accounts.requests import Request
from sobo.intake import marked_workbook, storage, template_stamp, template_workbook
from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch
from sobo.intake.policies import files_may_leave
from sobo.intake.queries import rows
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.template_workbook import Template
from sobo.intake.views.doors import at_school, of_batch, own_school
from sobo.intake.views.looks import known_persons
from sobo.intake.wording import Message, messages
from sobo.journal import operations as journal
from sobo.registry.sheets import SHEETS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_school
@require_GET
def show_template(request: Request) -> HttpResponse:
    """What the template holds for this school, and its download."""
    template = _template(request, with_persons=False)
    institution = template.institution
    return render(
        request,
        "intake/template.html",
        {
            "template": template,
            "edition": template_stamp.EDITION,
            "sheets": [
                (sheet, len(sheet.columns_for(template.levels)), sheet.is_about_persons)
                for sheet in SHEETS
            ],
            "may_leave": files_may_leave(institution.province_code, request.now.date()),
        },
    )


@at_school
@require_GET
def download_template(request: Request) -> HttpResponse:
    """The template; with the register's persons only where the territory lets such files leave."""
    with_persons = request.GET.get("nguoi") == "1"
    template = _template(request, with_persons=with_persons)
    institution = template.institution
    if with_persons and not files_may_leave(institution.province_code, request.now.date()):
        raise PermissionDenied("personal data as a file")
    journal.write(
        kind=journal.ACCESS,
        action="intake.template",
        institution_id=institution.pk,
        persons=template.persons,
        count=len(template.persons),
        detail={"with_persons": with_persons},
    )
    return _attachment(template_workbook.build(template), template.file_name)


def _template(request: Request, *, with_persons: bool) -> Template:
    return Template(
        institution=own_school(request),
        school_year=school_year_of(request),
        with_persons=with_persons,
    )


@of_batch
@require_GET
def download_findings(request: Request, batch: Batch) -> HttpResponse:
    """The marked-up file, or where it may not leave what is wrong in which cell, without values."""
    may_leave = files_may_leave(batch.institution.province_code, request.now.date())
    checked = rows.last_check(batch, request.now)
    found = _found(batch, checked)
    persons = [person for each in checked.values() for person in known_persons(each)]
    journal.write(
        kind=journal.ACCESS,
        action="intake.findings",
        institution_id=batch.institution_id,
        records=[batch.public_id],
        persons=persons if may_leave else None,
        count=len(found),
        detail={"marked_workbook": may_leave},
    )
    if not may_leave:
        return _attachment(marked_workbook.findings_only(found), "danh-sach-loi.xlsx")
    path = storage.original(batch.public_id)
    stamp = template_stamp.of_file(path)
    body = marked_workbook.marked(read_workbook(path), found, stamp.name if stamp else None)
    return _attachment(body, "tep-ghi-chu-loi.xlsx")


def _found(batch: Batch, checked: Mapping[str, CheckedSheet]) -> list[Message]:
    said = [
        message
        for each in checked.values()
        for message in messages(batch, each, each.findings.sort("row"), language())
    ]
    return sorted(said, key=lambda message: message.rule.severity.value != "error")


def _attachment(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
