"""Every way a return changes: completed, signed, moved through the tiers, filed again.

And the days by which a Sở wants it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import polars as pl
from django.db import transaction
from django.db.models.functions import Now

from sobo.accounts.roles import SET_DEADLINES, may
from sobo.accounts.sessions import proof_of_job
from sobo.institutions.models import Institution
from sobo.journal import operations as journal
from sobo.kernel.actor import Actor
from sobo.registry.queries.rows import fetch_one
from sobo.reporting import explanations, figures
from sobo.reporting.explanations import Point
from sobo.reporting.forms import definitions
from sobo.reporting.forms.values import FormValues, differences, digest
from sobo.reporting.models import Deadline, FrozenRows, Remark, Return, Round, Step
from sobo.reporting.policies import (
    BasisMissing,
    ChecksBroken,
    DayAfterTheMinistrys,
    DayBeforeOpening,
    DaysOutOfOrder,
    ExplanationMissing,
    FiguresChanged,
    NoDayGiven,
    NotFromHere,
    NotOfThisDepartment,
    NotYetOpen,
    ReasonMissing,
    RestsOnSignedReturn,
)
from sobo.reporting.queries import filings, rounds
from sobo.reporting.queries.waiting import REMINDED_DAYS_BEFORE
from sobo.reporting.transitions import (
    ACCEPTED,
    BY_ACTION,
    COMPLETED,
    DRAFT,
    DUE_STATES,
    REPLACED,
    RESTS_ON_SIGNATURE,
    Transition,
    forward_step,
    open_to,
)

SHORTEST_REASON = 10
REMINDED_DAYS_AFTER = timedelta(days=60)
"""How long past its deadline a form is still reminded of."""


@transaction.atomic
def complete(
    *,
    institution: Institution,
    round_: Round,
    form: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    explained: Mapping[str, str] | None = None,
) -> Return:
    """Compute the form, freeze the records under it and lay it before the head.

    `explained` are the school's explanations by rule. Filing again after acceptance needs a reason;
    the accepted one counts until this is signed. Raises `NotFromHere`, `NotYetOpen`,
    `ChecksBroken`, `ExplanationMissing`, `ReasonMissing`.
    """
    if at.date() < round_.opens_on or form not in _forms_of(institution, round_):
        raise NotYetOpen
    latest = filings.latest(institution.pk, round_, form, lock=True)
    state = latest.state if latest else DRAFT
    step = _allowed("complete", by, state, institution)
    if state == ACCEPTED:
        _require_reason(reason)
    drawn_up = figures.computed(institution, round_, form)
    asked = _require_complete(drawn_up, institution, explained or {})
    filing = _put_filing(latest, institution, round_, drawn_up.values, at)
    _freeze(filing, drawn_up.records_behind())
    _keep_explanations(filing, asked, explained or {}, by, at)
    _record([filing], step, {filing.pk: state}, by, reason)
    return filing


def _forms_of(institution: Institution, round_: Round) -> set[str]:
    return {form.code for form in rounds.forms_for(institution, round_)}


def _require_complete(
    drawn_up: figures.Computed, institution: Institution, explained: Mapping[str, str]
) -> list[Point]:
    """What the school explained, once nothing is broken and nothing is left to explain."""
    broken = explanations.broken_sums(drawn_up)
    if broken:
        raise ChecksBroken(len(broken))
    before = filings.last_signed(institution.pk, drawn_up.definition.code)
    asked = explanations.points(drawn_up, before=figures.frozen(before) if before else None)
    given = [rule for rule, text in explained.items() if len(text.strip()) >= SHORTEST_REASON]
    missing = explanations.missing(asked, given)
    if missing:
        raise ExplanationMissing(len(missing))
    return asked


def _put_filing(
    latest: Return | None, institution: Institution, round_: Round, values: FormValues, at: datetime
) -> Return:
    """The draft that is completed, or a new filing with the next serial after an earlier one."""
    if latest is not None and latest.state == DRAFT:
        filing = latest
    else:
        filing = Return(
            institution=institution,
            province_code=institution.province_code,
            commune_code=institution.commune_code,
            round=round_,
            form=values.definition.code,
            edition=values.definition.edition,
            level=values.definition.level,
            serial=latest.serial + 1 if latest else 1,
        )
    filing.state, filing.cells, filing.digest = COMPLETED, list(values.figures), digest(values)
    filing.computed_at = filing.moved_at = at
    filing.frozen_at = Now()
    filing.save()
    filing.refresh_from_db()
    return filing


def _freeze(filing: Return, records: pl.DataFrame) -> None:
    FrozenRows.objects.bulk_create(
        (
            FrozenRows(
                institution_id=filing.institution_id,
                filing=filing,
                dataset=dataset,
                record_ids=rows["record_id"].to_list(),
                versions=rows["version"].to_list(),
            )
            for (dataset,), rows in records.group_by("dataset", maintain_order=True)
        ),
        update_conflicts=True,
        unique_fields=["institution", "filing", "dataset"],
        update_fields=["record_ids", "versions"],
    )


def _keep_explanations(
    filing: Return, asked: list[Point], explained: Mapping[str, str], by: Actor, at: datetime
) -> None:
    Remark.objects.bulk_create(
        Remark(
            institution_id=filing.institution_id,
            filing=filing,
            rule=point.code,
            text=explained[point.code].strip(),
            made_by=by.account_id,
            made_at=at,
        )
        for point in asked
    )


@transaction.atomic
def sign(*, filing_id: UUID, seen_digest: str, by: Actor, at: datetime) -> Return:
    """The head signs the digest of the canonical form that was shown.

    The view has just had the head sign in again. Raises `NotFromHere`, `FiguresChanged`.
    """
    (filing,) = filings.locked([filing_id])
    step = _allowed("sign", by, filing.state, filing.institution)
    now = figures.computed(filing.institution, filing.round, filing.form).values
    if digest(now) != filing.digest or seen_digest != filing.digest:
        raise FiguresChanged(differences(figures.frozen(filing), now))
    filing.signed_by, filing.signed_at = by.account_id, at
    filing.save(update_fields=["signed_by", "signed_at"])
    _move([filing], step, by, at, "")
    Return.objects.filter(
        institution_id=filing.institution_id,
        round_id=filing.round_id,
        form=filing.form,
        serial__lt=filing.serial,
        state__in=RESTS_ON_SIGNATURE,
    ).update(state=REPLACED, moved_at=at)
    return filing


@transaction.atomic
def take_step(*, filing_id: UUID, action: str, by: Actor, at: datetime, reason: str = "") -> Return:
    """Take any step that is neither completing nor signing.

    Raises `NotFromHere`, `ReasonMissing`.
    """
    (filing,) = filings.locked([filing_id])
    step = _allowed(action, by, filing.state, filing.institution)
    if step.asks_signature or step.asks_figures:
        raise NotFromHere(filing.state)
    if step.asks_reason:
        _require_reason(reason)
    _move([filing], step, by, at, reason)
    return filing


@transaction.atomic
def pass_on(*, filing_ids: Sequence[UUID], by: Actor, at: datetime) -> list[Return]:
    """Take the actor's forward step with many returns, all or none.

    The officer of forty schools passes them together. Raises `NotFromHere`.
    """
    chosen = filings.locked(list(filing_ids))
    by_step: dict[str, list[Return]] = {}
    for filing in chosen:
        direct = filings.is_managed_by_department(filing.institution_id)
        step = forward_step(by, state=filing.state, managed_by_department=direct)
        if step is None:
            raise NotFromHere(filing.state)
        by_step.setdefault(step.action, []).append(filing)
    for action, alike in by_step.items():
        _move(alike, BY_ACTION[action], by, at, "")
    return chosen


@transaction.atomic
def send_back(*, filing_ids: Sequence[UUID], by: Actor, at: datetime, reason: str) -> list[Return]:
    """Send returns back to their schools with one reason. Raises `NotFromHere`, `ReasonMissing`."""
    _require_reason(reason)
    chosen = filings.locked(list(filing_ids))
    for filing in chosen:
        direct = filings.is_managed_by_department(filing.institution_id)
        steps = open_to(by, state=filing.state, managed_by_department=direct)
        step = next((each for each in steps if each.asks_reason), None)
        if step is None:
            raise NotFromHere(filing.state)
        _move([filing], step, by, at, reason)
    return chosen


def require_no_signed_return(*, institution_id: int, school_year: int) -> None:
    """Refuse to take data back that a signed return rests on. Raises `RestsOnSignedReturn`."""
    signed = filings.signed_return_on(institution_id, school_year)
    if signed:
        raise RestsOnSignedReturn(signed.form)


def remind_of_unsigned(*, on: date) -> int:
    """Remind schools of forms that nobody has signed; returns of how many.

    Once a day, from some days before the deadline until well after it. Needs no session: the
    database does it for every school and tells only the count.
    """
    forms = definitions.definitions_on(on)
    found = fetch_one(
        "SELECT remind_of_unsigned(%s, %s, %s, %s, %s, %s) AS forms",
        [
            [form.code for form in forms],
            [form.level for form in forms],
            on,
            REMINDED_DAYS_BEFORE.days,
            REMINDED_DAYS_AFTER.days,
            proof_of_job("remind_of_unsigned", on=on),
        ],
    )
    return int(found.forms)


@transaction.atomic
def set_deadlines(
    *, round_: Round, days: Mapping[str, date], basis: str, by: Actor, at: datetime
) -> list[Deadline]:
    """A Sở sets its own days, by the state to be reached; those set before stay as rows.

    `basis` names the document that sets them. Raises `NotOfThisDepartment`, `NoDayGiven`,
    `BasisMissing`, `DayBeforeOpening`, `DayAfterTheMinistrys`, `DaysOutOfOrder`.
    """
    if not may(by, SET_DEADLINES) or by.province_code is None:
        raise NotOfThisDepartment
    _require_basis(basis, days)
    standing = rounds.days(round_, province_code=by.province_code)
    _require_within_the_round(days, round_)
    _require_order(days, standing)
    made = Deadline.objects.bulk_create(
        _own_day(round_, state, day, basis, by, at) for state, day in days.items()
    )
    _record_days(round_, days, standing, by)
    return made


def _require_basis(basis: str, days: Mapping[str, date]) -> None:
    if not days:
        raise NoDayGiven
    # A document without a number cannot be asked for.
    if not any(sign.isdigit() for sign in basis):
        raise BasisMissing


def _require_within_the_round(days: Mapping[str, date], round_: Round) -> None:
    for state, day in days.items():
        if day < round_.opens_on:
            raise DayBeforeOpening(state, day, round_.opens_on)
        ministrys = rounds.deadline(round_, state=state, province_code=None)
        if ministrys is not None and day > ministrys.due_on:
            raise DayAfterTheMinistrys(state, day, ministrys.due_on)


def _require_order(days: Mapping[str, date], standing: Sequence[rounds.Days]) -> None:
    """What is set now and what already counts must follow each other as the tiers do."""
    counting = {each.state: each.counts.due_on for each in standing if each.counts} | dict(days)
    for before, after in pairwise(state for state in DUE_STATES if state in counting):
        if counting[after] < counting[before]:
            raise DaysOutOfOrder(after, counting[after], counting[before])


def _own_day(round_: Round, state: str, day: date, basis: str, by: Actor, at: datetime) -> Deadline:
    """A row of the Sở's own: it names the document and answers for it."""
    return Deadline(
        round=round_,
        province_code=by.province_code,
        state=state,
        due_on=day,
        clause=basis.strip(),
        is_verified=True,
        set_at=at,
        set_by=by.account_id,
        set_by_name=by.name,
    )


def _record_days(
    round_: Round, days: Mapping[str, date], standing: Sequence[rounds.Days], by: Actor
) -> None:
    before = {each.state: each.counts.due_on.isoformat() for each in standing if each.counts}
    journal.write(
        kind=journal.DECISION,
        action="reporting.set_deadlines",
        count=len(days),
        detail={
            "round": round_.code,
            "province": by.province_code,
            "before": {state: before.get(state) for state in days},
            "after": {state: day.isoformat() for state, day in days.items()},
        },
    )


def _allowed(action: str, by: Actor, state: str, institution: Institution) -> Transition:
    direct = filings.is_managed_by_department(institution.pk)
    steps = open_to(by, state=state, managed_by_department=direct)
    if BY_ACTION[action] not in steps:
        raise NotFromHere(state)
    return BY_ACTION[action]


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing


def _move(moved: Sequence[Return], step: Transition, by: Actor, at: datetime, reason: str) -> None:
    """Move filings to the step's target, in one statement: totals of places follow once."""
    before = {filing.pk: filing.state for filing in moved}
    for filing in moved:
        filing.state, filing.moved_at = step.target, at
    Return.objects.filter(pk__in=list(before)).update(state=step.target, moved_at=at)
    _record(moved, step, before, by, reason)


def _record(
    moved: Sequence[Return], step: Transition, before: Mapping[int, str], by: Actor, reason: str
) -> None:
    Step.objects.bulk_create(
        Step(
            institution_id=filing.institution_id,
            filing=filing,
            action=step.action,
            from_state=before[filing.pk],
            to_state=filing.state,
            reason=reason.strip(),
            digest=filing.digest,
            made_by=by.account_id,
            made_by_name=by.name,
            made_by_role=by.role,
            made_at=filing.moved_at,
        )
        for filing in moved
    )
    for filing in moved:
        journal.write(
            kind=journal.DECISION,
            action=f"reporting.{step.action}",
            institution_id=filing.institution_id,
            dataset=filing.form,
            digest=bytes.fromhex(filing.digest),
            detail={"round": filing.round.code, "serial": filing.serial, "to": filing.state},
        )
