"""Every way a return changes: completed, signed, moved through the tiers, filed again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import polars as pl
from django.db import transaction

from sobo.institutions.models import Institution
from sobo.journal import operations as journal
from sobo.kernel.actor import Actor
from sobo.reporting import queries
from sobo.reporting.forms.engine import compute, records_behind
from sobo.reporting.forms.values import FormValues, differences, digest
from sobo.reporting.models import FrozenRows, Remark, Return, Round, Step
from sobo.reporting.policies import (
    ChecksBroken,
    FiguresChanged,
    NotFromHere,
    NotYetOpen,
    ReasonMissing,
    RestsOnSignedReturn,
)
from sobo.reporting.register import register_rows
from sobo.reporting.rules import blocking
from sobo.reporting.transitions import (
    ACCEPTED,
    BY_ACTION,
    COMPLETED,
    DRAFT,
    REPLACED,
    RESTS_ON_SIGNATURE,
    STATE_NAMES,
    Transition,
    open_to,
)

SHORTEST_REASON = 10


@transaction.atomic
def complete(
    *, institution: Institution, round_: Round, form: str, by: Actor, at: datetime, reason: str = ""
) -> Return:
    """Compute the form, freeze the records under it and lay it before the head.

    Filing again after acceptance needs a reason; the accepted one counts until this is signed.
    Raises `NotFromHere`, `NotYetOpen`, `ChecksBroken`, `ReasonMissing`.
    """
    definition = queries.definition(form, round_)
    if at.date() < round_.opens_on or definition.level not in institution.levels:
        raise NotYetOpen
    latest = queries.latest(institution.pk, round_, form, lock=True)
    step = _allowed("complete", by, latest.state if latest else DRAFT, institution)
    if latest and latest.state == ACCEPTED:
        _require_reason(reason)
    rows = register_rows(institution_ids=[institution.pk], school_year=round_.school_year)
    values = compute(definition, rows, of=institution.code, on=round_.reference_on)
    broken = blocking(values)
    if broken:
        raise ChecksBroken(len(broken))
    filing = _filing(latest, institution, round_, values, at)
    _freeze(filing, records_behind(definition, rows, on=round_.reference_on))
    _record(filing, step, DRAFT if latest is None else latest.state, by, reason)
    return filing


def _filing(
    latest: Return | None, institution: Institution, round_: Round, values: FormValues, at: datetime
) -> Return:
    """The draft that is completed, or a new filing with the next serial after an earlier one."""
    if latest is not None and latest.state == DRAFT:
        filing = latest
    else:
        filing = Return(
            institution=institution, round=round_, form=values.definition.code,
            edition=values.definition.edition, level=values.definition.level,
            serial=latest.serial + 1 if latest else 1,
        )  # fmt: skip
    filing.state, filing.cells, filing.digest = COMPLETED, list(values.figures), digest(values)
    filing.computed_at = filing.moved_at = at
    filing.save()
    return filing


def _freeze(filing: Return, records: pl.DataFrame) -> None:
    for (dataset,), rows in records.group_by("dataset", maintain_order=True):
        FrozenRows.objects.update_or_create(
            institution_id=filing.institution_id, filing=filing, dataset=dataset,
            defaults={
                "record_ids": rows["record_id"].to_list(), "versions": rows["version"].to_list(),
            },
        )  # fmt: skip


@transaction.atomic
def sign(*, filing_id: UUID, seen_digest: str, by: Actor, at: datetime) -> Return:
    """The head signs the digest of the canonical form that was shown.

    The view has just had the head sign in again. Raises `NotFromHere`, `FiguresChanged`.
    """
    filing = queries.locked(filing_id)
    step = _allowed("sign", by, filing.state, filing.institution)
    now = queries.computed(filing.institution, filing.round, filing.form)
    if digest(now) != filing.digest or seen_digest != filing.digest:
        raise FiguresChanged(differences(queries.values_of(filing), now))
    filing.signed_by, filing.signed_at = by.account_id, at
    _move(filing, step, by, at, "")
    Return.objects.filter(
        institution_id=filing.institution_id, round_id=filing.round_id, form=filing.form,
        serial__lt=filing.serial, state__in=RESTS_ON_SIGNATURE,
    ).update(state=REPLACED, moved_at=at)  # fmt: skip
    return filing


@transaction.atomic
def take_step(
    *, filing_id: UUID, action: str, by: Actor, at: datetime, reason: str = ""
) -> Return:
    """Take any step that is neither completing nor signing.

    Raises `NotFromHere`, `ReasonMissing`.
    """
    filing = queries.locked(filing_id)
    step = _allowed(action, by, filing.state, filing.institution)
    if step.asks_reason:
        _require_reason(reason)
    _move(filing, step, by, at, reason)
    return filing


@transaction.atomic
def take_steps(
    *, filing_ids: Sequence[UUID], action: str, by: Actor, at: datetime
) -> list[Return]:
    """One step for many returns, all or none; the officer of forty schools passes them together."""
    return [take_step(filing_id=each, action=action, by=by, at=at) for each in filing_ids]


@transaction.atomic
def remark(*, filing_id: UUID, rule: str, text: str, by: Actor, at: datetime) -> Remark:
    """Record why a check or a jump is as it is. Raises `ReasonMissing`."""
    _require_reason(text)
    filing = queries.locked(filing_id)
    return Remark.objects.create(
        institution_id=filing.institution_id, filing=filing, rule=rule, text=text.strip(),
        made_by=by.account_id, made_at=at,
    )  # fmt: skip


def require_no_signed_return(*, institution_id: int, school_year: int) -> None:
    """Refuse to take data back that a signed return rests on. Raises `RestsOnSignedReturn`."""
    signed = Return.objects.filter(
        institution_id=institution_id, round__school_year=school_year,
        state__in=RESTS_ON_SIGNATURE,
    ).first()  # fmt: skip
    if signed:
        raise RestsOnSignedReturn(signed.form)


def _allowed(action: str, by: Actor, state: str, institution: Institution) -> Transition:
    direct = queries.is_managed_by_department(institution.pk)
    steps = open_to(by, state=state, managed_by_department=direct)
    if BY_ACTION[action] not in steps:
        raise NotFromHere(STATE_NAMES[state][0])
    return BY_ACTION[action]


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing


def _move(filing: Return, step: Transition, by: Actor, at: datetime, reason: str) -> None:
    before, filing.state, filing.moved_at = filing.state, step.target, at
    filing.save()
    _record(filing, step, before, by, reason)


def _record(filing: Return, step: Transition, before: str, by: Actor, reason: str) -> None:
    Step.objects.create(
        institution_id=filing.institution_id, filing=filing, action=step.action,
        from_state=before, to_state=filing.state, reason=reason.strip(), digest=filing.digest,
        made_by=by.account_id, made_by_name=by.name, made_by_role=by.role,
        made_at=filing.moved_at,
    )  # fmt: skip
    journal.write(
        kind=journal.DECISION,
        action=f"reporting.{step.action}",
        institution_id=filing.institution_id,
        dataset=filing.form,
        digest=bytes.fromhex(filing.digest),
        detail={"round": filing.round.code, "serial": filing.serial, "to": filing.state},
    )

