"""One person's record: as it is, as it stood, what changed, who looked; and schools' histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.accounts.roles import ENTER_DATA, SEE_PERSONS, may
from sobo.institutions.models import Institution
from sobo.journal import operations as journal
from sobo.kernel.vietnamese import VIETNAM
from sobo.registry.learners.models import Enrolment
from sobo.registry.people.models import Person
from sobo.registry.purposes import PURPOSES
from sobo.registry.queries import records, schools
from sobo.registry.queries.records import ABOUT_LEARNERS, ABOUT_STAFF, Change, Version
from sobo.registry.queries.rows import NotInSight
from sobo.registry.queries.schools import School
from sobo.registry.sections import sections_of, title_of
from sobo.registry.showing import Writer, labels_now
from sobo.registry.staff.models import Post
from sobo.registry.views.doors import opens
from sobo.specification.records import Record


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a learner's page and a member of staff's page differ in."""

    anchor: type[Record]
    datasets: Sequence[type[Record]]
    page: str
    pages: str
    """The list one comes from."""
    action: str


LEARNER = Kind(
    anchor=Enrolment, datasets=ABOUT_LEARNERS, page="learner", pages="learners",
    action="registry.learner",
)  # fmt: skip
MEMBER = Kind(
    anchor=Post, datasets=ABOUT_STAFF, page="staff-member", pages="staff",
    action="registry.staff_member",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A person's record as opened from a school's pages."""

    kind: Kind
    school: School
    person: Any
    versions: list[Version]
    references: dict[tuple[str, Any], str]

    def sections(self, *, at: datetime | None, reveals: bool) -> list[Any]:
        """The record laid out, as it is or as it stood at a moment."""
        standing = records.standing(self.versions, at=at)
        ordered = sorted(standing, key=lambda v: -(v.values.get("school_year") or 0))
        first = (Person, self.kind.anchor)
        own = [version for model in first for version in ordered if version.model is model]
        others = [version for version in ordered if version.model not in first]
        writer = Writer(references=self.references, reveals=reveals)
        return sections_of([*own, *others], writer, levels=self.school.levels)

    @property
    def anchor(self) -> Version:
        """The latest enrolment, or the post."""
        own = [v for v in records.standing(self.versions, at=None) if v.model is self.kind.anchor]
        return max(own, key=lambda v: v.values.get("school_year") or 0)


def _open(request: Request, school: UUID, person: UUID, kind: Kind) -> Opened:
    """Find a person of a school, and journal the look. Raises `NotInSight`."""
    found, who = schools.school(school, on=request.now.date()), records.person(person)
    versions = records.person_versions(who.id, kind.datasets, school_id=found.id)
    if not any(version.model is kind.anchor for version in versions):
        raise NotInSight
    journal.looked(action=kind.action, institution_id=found.id, persons=[who.id])
    references = records.reference_names(versions, school_id=found.id)
    return Opened(kind=kind, school=found, person=who, versions=versions, references=references)


def _show(request: Request, opened: Opened, *, reveals: bool) -> HttpResponse:
    day = _day_asked(request)
    traces = records.traces(opened.person.id, school_id=opened.school.id)
    anchor = opened.anchor
    return render(
        request,
        "registry/person.html",
        {
            "opened": opened,
            "page": opened.kind.page,
            "pages": opened.kind.pages,
            "is_learner": opened.kind is LEARNER,
            "sections": opened.sections(at=_end_of(day), reveals=reveals),
            "reveals": reveals,
            "on": day,
            "purposes": PURPOSES,
            "traces": traces,
            "versions": len(opened.versions),
            "standing": _standing_in_words(opened, anchor),
            "may_edit": may(request.actor, ENTER_DATA),
        },
    )


def _standing_in_words(opened: Opened, anchor: Version) -> list[str]:
    """Class and status of a learner, position and status of a member of staff."""
    values = anchor.values
    if opened.kind is LEARNER:
        place = opened.references.get(("school_class_id", values["school_class_id"]), "")
        return [place, labels_now("LEARNER_STATUS").get(values["status"], "")]
    position = labels_now("STAFF_POSITION").get(values["position"], "")
    return [position, labels_now("STAFF_STATUS").get(values["status"], "")]


def _day_asked(request: Request) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=VIETNAM)


def _reveal(request: Request, opened: Opened) -> HttpResponse:
    """Show what is covered, once, for a purpose that the journal keeps."""
    purpose = request.POST.get("purpose", "")
    if request.method != "POST" or purpose not in PURPOSES:
        address = reverse(opened.kind.page, args=[opened.school.record_id, opened.person.record_id])
        return HttpResponseRedirect(address)
    journal.write(
        kind=journal.LOOK,
        action=f"{opened.kind.action}.reveal",
        institution_id=opened.school.id,
        persons=[opened.person.id],
        count=1,
        detail={"purpose": purpose},
    )
    return _show(request, opened, reveals=True)


def _history(request: Request, opened: Opened) -> HttpResponse:
    changes = records.changes(opened.versions)
    back = reverse(opened.kind.page, args=[opened.school.record_id, opened.person.record_id])
    return render(
        request,
        "registry/history.html",
        {
            "name": opened.person.full_name,
            "back": back,
            "changes": _shown(changes, Writer(references=opened.references)),
        },
    )


def _shown(changes: Sequence[Change], writer: Writer) -> list[dict[str, Any]]:
    """Changes in words: when, by whom, in which record, from what to what."""
    names = records.account_names(change.version.recorded_by for change in changes)
    return [
        {
            "at": change.version.recorded_at,
            "by": names.get(change.version.recorded_by or 0),
            "batch": change.version.batch,
            "title": title_of(change.version),
            "event": change.version.event,
            "number": change.version.number,
            "fields": [
                (
                    declaration.label_in(language()),
                    writer.write(column, declaration, before),
                    writer.write(column, declaration, after),
                )
                for column, declaration, before, after in change.fields
            ],
        }
        for change in changes
    ]


@opens(SEE_PERSONS)
def show_learner(request: Request, school: UUID, person: UUID) -> HttpResponse:
    """A learner's record, sensitive values covered."""
    return _show(request, _open(request, school, person, LEARNER), reveals=False)


@opens(SEE_PERSONS)
def reveal_learner(request: Request, school: UUID, person: UUID) -> HttpResponse:
    """The same with everything shown, for a purpose."""
    return _reveal(request, _open(request, school, person, LEARNER))


@opens(SEE_PERSONS)
def learner_history(request: Request, school: UUID, person: UUID) -> HttpResponse:
    """What changed in a learner's record, version by version."""
    return _history(request, _open(request, school, person, LEARNER))


@opens(SEE_PERSONS)
def show_member(request: Request, school: UUID, person: UUID) -> HttpResponse:
    """A member of staff's record, sensitive values covered."""
    return _show(request, _open(request, school, person, MEMBER), reveals=False)


@opens(SEE_PERSONS)
def reveal_member(request: Request, school: UUID, person: UUID) -> HttpResponse:
    """The same with everything shown, for a purpose."""
    return _reveal(request, _open(request, school, person, MEMBER))


@opens(SEE_PERSONS)
def member_history(request: Request, school: UUID, person: UUID) -> HttpResponse:
    """What changed in a member of staff's record, version by version."""
    return _history(request, _open(request, school, person, MEMBER))


@opens()
def school_history(request: Request, school: UUID) -> HttpResponse:
    """What changed in a school's profile, version by version."""
    found = schools.school(school, on=request.now.date())
    versions = records.record_versions(Institution, school, school_id=found.id)
    return render(
        request,
        "registry/history.html",
        {
            "name": found.name,
            "back": reverse("school", args=[school]),
            "changes": _shown(records.changes(versions), Writer(references={})),
        },
    )
