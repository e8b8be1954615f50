"""Adding and changing one row on screen, with the rules of the workbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sobo.accounts.preferences import language, school_year_of
from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA
from sobo.journal import operations as journal
from sobo.registry import editing, operations
from sobo.registry.checking import Finding, Surroundings
from sobo.registry.editing import Choices, cleaned, row_form
from sobo.registry.operations import Edit
from sobo.registry.people.models import Person
from sobo.registry.queries import premises, records, schools
from sobo.registry.queries.rows import NotInSight
from sobo.registry.queries.schools import School
from sobo.registry.sheets import (
    CAMPUSES,
    CLASSES,
    LEARNERS,
    PROFILE,
    Column,
    Part,
    Sheet,
    sheet_by_key,
)
from sobo.registry.showing import written
from sobo.registry.views.doors import opens

REASON = "reason-"
"""What the names of the fields for explanations begin with; the rule's code follows."""

LISTS = {
    "profile": "school",
    "campuses": "campuses",
    "classes": "classes",
    "staff": "staff",
    "learners": "learners",
    "rooms": "rooms",
}
"""The page one goes back to after a row of each sheet."""
OPENED_AS = {"learners": "learner", "staff": "staff-member"}

STATUS_FIELDS = ("status", "status_on", "leaving_reason", "moved_to")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One row on somebody's desk: the school around it, the sheet, the row as the register has it."""

    request: Request
    school: School
    sheet: Sheet
    around: Surroundings
    record: Mapping[str, Any] | None
    keys: tuple[str, ...] = ()
    """Only these columns, where the act is about some of them."""
    title: str = ""

    @property
    def columns(self) -> list[Column]:
        """The columns of the form."""
        asked = editing.columns_asked(self.sheet, self.school.levels)
        return [column for column in asked if not self.keys or column.key in self.keys]

    @property
    def choices(self) -> Choices:
        """What its selects offer."""
        references = {
            "school_class": self.around.names(CLASSES),
            "campus": self.around.names(CAMPUSES),
        }
        return Choices(
            levels=self.school.levels,
            references=references,
            communes=premises.communes_of(self.school.province_code),
        )

    def form(self) -> forms.Form:
        """The form, as posted or filled from the register."""
        return row_form(
            self.columns,
            choices=self.choices,
            data=self.request.POST if self.request.method == "POST" else None,
            values=self.record,
            is_new=self.record is None,
        )

    @property
    def back(self) -> str:
        """Where one goes when done."""
        return reverse(LISTS[self.sheet.key], args=[self.school.record_id])


def _desk(request: Request, school: UUID, sheet: Sheet, **given: Any) -> Desk:
    found = schools.school(school, on=request.now.date())
    around = operations.surroundings(found.id, school_year=school_year_of(request), at=request.now)
    return Desk(request=request, school=found, sheet=sheet, around=around, record=None, **given)


def _desk_with(
    request: Request, school: UUID, sheet: Sheet, part: Part, record_id: UUID, **given: Any
) -> Desk:
    """The desk with a row of the register on it, the look journalled. Raises `NotInSight`."""
    desk = _desk(request, school, sheet, **given)
    model: Any = part.model
    row = desk.around.row(sheet, part, records.key_of(model, record_id))
    if row is None:
        raise NotInSight
    if sheet.is_about_persons:
        # Who may change a record sees all of it: the look is one for the purpose of updating.
        journal.write(
            kind=journal.LOOK,
            action=f"registry.{sheet.key}.edit",
            institution_id=desk.school.id,
            persons=[row["_person"]],
            count=1,
            detail={"purpose": "update"},
        )
    return replace(desk, record=row)


def _named_part(sheet: Sheet) -> Part:
    """The record that stands in the row's address: the person, else the anchor."""
    wanted = Person if sheet.is_about_persons else sheet.anchor
    return next(part for part in sheet.parts if part.model is wanted)


@opens(ENTER_DATA)
def add(request: Request, school: UUID, sheet: str) -> HttpResponse:
    """A new row of a sheet."""
    return _work(_desk(request, school, sheet_by_key(sheet)))


@opens(ENTER_DATA)
def edit(request: Request, school: UUID, sheet: str, record: UUID) -> HttpResponse:
    """A row of the register, changed."""
    found = sheet_by_key(sheet)
    return _work(_desk_with(request, school, found, _named_part(found), record))


@opens(ENTER_DATA)
def edit_profile(request: Request, school: UUID) -> HttpResponse:
    """The school's own profile."""
    return _work(_desk_with(request, school, PROFILE, PROFILE.parts[0], school))


@opens(ENTER_DATA)
def change_status(request: Request, school: UUID, person: UUID) -> HttpResponse:
    """A learner leaves, moves away, comes back: the status with its day and reason, nothing else."""
    part = _named_part(LEARNERS)
    return _work(
        _desk_with(request, school, LEARNERS, part, person, keys=STATUS_FIELDS,
                   title=_("Đổi trạng thái người học"))
    )  # fmt: skip


def _work(desk: Desk) -> HttpResponse:
    form = desk.form()
    if desk.request.method != "POST" or not form.is_valid():
        return _page(desk, form)
    seen = _seen(desk)
    act = Edit(
        sheet=desk.sheet,
        values=_given(form),
        record=desk.record,
        reasons=_reasons(desk.request),
        is_someone_new=desk.request.POST.get("someone_new") == "yes",
    )
    try:
        with transaction.atomic():
            operations.save_row(
                act, around=desk.around, seen=seen, by=desk.request.actor, at=desk.request.now
            )
    except operations.Refused as refused:
        return _refused(desk, form, refused)
    messages.success(desk.request, _done(desk))
    return HttpResponseRedirect(_after(desk))


def _given(form: forms.Form) -> dict[str, Any]:
    """What the form says; what it could not type over it does not say."""
    return {key: value for key, value in cleaned(form).items() if not form.fields[key].disabled}


def _done(desk: Desk) -> str:
    name = (desk.record or {}).get("full_name") or desk.request.POST.get("full_name", "")
    what = name or (desk.sheet.name_en if language() == "en" else desk.sheet.name)
    if desk.record is None:
        return _("Đã ghi vào sổ: %(what)s.") % {"what": what}
    return _("Đã lưu thay đổi: %(what)s. Bản trước vẫn còn trong lịch sử.") % {"what": what}


def _after(desk: Desk) -> str:
    page = OPENED_AS.get(desk.sheet.key)
    if page and desk.record is not None:
        person = next(iter(records.persons_by_code([desk.record["code"]])))
        return reverse(page, args=[desk.school.record_id, person.record_id])
    return desk.back


def _reasons(request: Request) -> dict[str, str]:
    return {
        name.removeprefix(REASON): value
        for name, value in request.POST.items()
        if name.startswith(REASON) and isinstance(value, str)
    }


def _seen(desk: Desk) -> dict[str, int]:
    """The versions the form was filled from, signed so that nobody claims to have seen others."""
    if desk.record is None:
        return {}
    try:
        seen: dict[str, int] = signing.loads(desk.request.POST.get("seen", ""), salt=desk.sheet.key)
    except signing.BadSignature:
        return {}
    return seen


def _page(desk: Desk, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
    record = more.pop("record", desk.record)
    shown: dict[str, Any] = {
        "desk": desk,
        "form": form,
        "groups": editing.groups(form, desk.sheet),
        "sheet_name": desk.sheet.name_en if language() == "en" else desk.sheet.name,
        "communes": desk.choices.communes,
        "seen": signing.dumps(operations.versions_of(desk.sheet, record), salt=desk.sheet.key)
        if record is not None
        else "",
        "queries": [],
        "meanwhile": [],
        "known": [],
        "reason_prefix": REASON,
        "reasons": _reasons(desk.request),
        "shortest": operations.SHORTEST_REASON,
        **more,
    }
    return render(desk.request, "registry/edit.html", shown, status=422 if form.errors else status)


def _refused(desk: Desk, form: forms.Form, refused: operations.Refused) -> HttpResponse:
    explain: Callable[[], HttpResponse] = {
        operations.Rejected: lambda: _rejected(desk, form, refused),
        operations.ChangedMeanwhile: lambda: _meanwhile(desk, form, refused),
        operations.MayBeKnown: lambda: _known(desk, form, refused),
        operations.NotErasable: lambda: _not_erasable(desk, form, refused),
    }[type(refused)]
    return explain()


def _rejected(desk: Desk, form: forms.Form, refused: Any) -> HttpResponse:
    """Errors stand beside their fields; queries ask for a reason."""
    found: list[Finding] = refused.findings
    for finding in found:
        if finding.blocks:
            form.add_error(
                finding.field if finding.field in form.fields else None,
                f"{finding.message} ({finding.rule})",
            )
    return _page(desk, form, 422, queries=[each for each in found if not each.blocks])


def _meanwhile(desk: Desk, form: forms.Form, refused: Any) -> HttpResponse:
    """What the register says now beside what was typed; saving again then means what was typed."""
    now: Mapping[str, Any] = refused.row
    columns = {column.key: column for column in desk.columns}
    differing = [
        (
            columns[key].label(language()),
            _words(columns[key], now.get(key)),
            _words(columns[key], value),
        )
        for key, value in _given(form).items()
        if value != now.get(key)
    ]
    return _page(desk, form, 409, meanwhile=differing)


def _words(column: Column, value: Any) -> str | None:
    if value is None or value == []:
        return None
    return (
        str(value) if column.declaration.kind == "reference" else written(column.declaration, value)
    )


def _known(desk: Desk, form: forms.Form, refused: Any) -> HttpResponse:
    """Whom the row may mean: their names and births are shown, so the look is journalled."""
    page, persons = OPENED_AS[desk.sheet.key], records.persons_by_code(refused.codes)
    journal.looked(
        action=f"registry.{desk.sheet.key}.known",
        institution_id=desk.school.id,
        persons=[row.id for row in persons],
    )
    known = [
        {
            "name": row.full_name,
            "birth": row.birth,
            "url": reverse(page, args=[desk.school.record_id, row.record_id]),
        }
        for row in persons
    ]
    return _page(desk, form, 409, known=known)


def _not_erasable(desk: Desk, form: forms.Form, refused: Any) -> HttpResponse:
    form.add_error(refused.field, _("Đã có trong sổ thì chỉ sửa được, không để trống được."))
    return _page(desk, form, 422)
