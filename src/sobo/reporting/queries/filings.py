"""Every question others may ask about rounds and returns; the session's scope answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection

from sobo.institutions.models import TIER_DEPARTMENT, Institution, InstitutionManagement
from sobo.kernel.actor import Actor
from sobo.registry.learners.models import PRESENT
from sobo.reporting.forms import definitions
from sobo.reporting.forms.definition import CellKey, Definition
from sobo.reporting.forms.engine import compute, rows_under
from sobo.reporting.forms.values import FormValues
from sobo.reporting.models import Deadline, FrozenRows, Return, Round
from sobo.reporting.register import register_rows
from sobo.reporting.transitions import DRAFT


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one institution's form stands in a round; `filing` is none before the first one."""

    institution_id: int
    institution_record: UUID
    code: str
    name: str
    commune_code: str
    province_code: str
    form: str
    level: str
    state: str
    filing: UUID | None
    serial: int
    signed_at: datetime | None
    moved_at: datetime | None
    learners: int | None
    classes: int | None


def current_round(*, on: date) -> Round | None:
    """The latest round that is open on a day."""
    return Round.objects.filter(opens_on__lte=on).order_by("-opens_on").first()


def round_by_code(code: str) -> Round:
    """One round. Raises `Round.DoesNotExist`."""
    return Round.objects.get(code=code)


def deadline(round_: Round, *, state: str, province_code: str | None) -> Deadline | None:
    """By when returns must have reached a state: the province's own day, else everyone's."""
    days = Deadline.objects.filter(round=round_, state=state)
    return (
        days.filter(province_code=province_code).first()
        or days.filter(province_code__isnull=True).first()
    )


def definition(form: str, round_: Round) -> Definition:
    """The edition of a form that a round uses. Raises `KeyError`."""
    return definitions.in_force(form, on=round_.reference_on)


def forms_for(institution: Institution, round_: Round) -> list[Definition]:
    """The forms an institution files in a round: one for each of its levels."""
    asked = (definition(form, round_) for form in round_.forms)
    return [each for each in asked if each.level in institution.levels]


def is_managed_by_department(institution_id: int) -> bool:
    """Whether the Sở manages the institution directly, with no commune between."""
    return InstitutionManagement.objects.filter(
        institution_id=institution_id, unit__tier=TIER_DEPARTMENT, until__isnull=True
    ).exists()


def latest(
    institution_id: int, round_: Round, form: str, *, lock: bool = False
) -> Return | None:
    """The newest filing of a form; `lock` holds it until the transaction ends."""
    found = Return.objects.filter(institution_id=institution_id, round=round_, form=form)
    ordered = found.order_by("-serial")
    return (ordered.select_for_update() if lock else ordered).first()


def locked(filing_id: UUID) -> Return:
    """A filing, held until the transaction ends. Raises `Return.DoesNotExist` out of scope."""
    return Return.objects.select_for_update().get(public_id=filing_id)


def filing(filing_id: UUID) -> Return:
    """A filing to look at. Raises `Return.DoesNotExist` out of scope."""
    return Return.objects.select_related("round", "institution").get(public_id=filing_id)


def computed(institution: Institution, round_: Round, form: str) -> FormValues:
    """A form computed from the register as it stands now."""
    rows = register_rows(institution_ids=[institution.pk], school_year=round_.school_year)
    return compute(
        definition(form, round_), rows, of=institution.code, on=round_.reference_on
    )


def values_of(filing: Return) -> FormValues:
    """The figures of a filing as they were completed."""
    return FormValues(
        definition=definition(filing.form, filing.round),
        of=filing.institution.code,
        on=filing.round.reference_on,
        figures=tuple(filing.cells),
    )


def records_under(
    institution_ids: Sequence[int], round_: Round, form: str, cell: CellKey
) -> pl.DataFrame:
    """The records that a figure counts now: `dataset`, `record_id`, `version`."""
    rows = register_rows(institution_ids=institution_ids, school_year=round_.school_year)
    return rows_under(definition(form, round_), rows, cell, on=round_.reference_on)


def frozen_records(filing: Return) -> dict[str, set[tuple[str, int]]]:
    """The records and versions a filing rests on, by dataset."""
    return {
        frozen.dataset: set(zip(map(str, frozen.record_ids), frozen.versions, strict=True))
        for frozen in FrozenRows.objects.filter(filing=filing)
    }


STANDINGS = """
SELECT i.id, i.record_id, i.code, i.name, i.commune_code, i.province_code, f.form, f.level,
       coalesce(r.state, %s), r.public_id, coalesce(r.serial, 0), r.signed_at, r.moved_at,
       (SELECT count(*) FROM learners_enrolment e WHERE e.institution_id = i.id
        AND e.school_year = %s AND e.event <> 'CANCEL' AND e.status = ANY (%s)),
       (SELECT count(*) FROM classes_schoolclass k WHERE k.institution_id = i.id
        AND k.school_year = %s AND k.event <> 'CANCEL')
FROM institutions_institution i
JOIN unnest(%s::text[], %s::text[]) AS f (form, level) ON f.level = ANY (i.levels)
LEFT JOIN LATERAL (
    SELECT * FROM reporting_return r WHERE r.institution_id = i.id AND r.round_id = %s
    AND r.form = f.form ORDER BY r.serial DESC LIMIT 1
) r ON true
WHERE i.event <> 'CANCEL' AND i.status = 'open' {more}
ORDER BY i.sort_key, f.form
"""


def standings(
    round_: Round, *, institution_ids: Iterable[int] | None = None
) -> list[Standing]:
    """Where every form of every institution in scope stands, filed or not."""
    forms = [definition(form, round_) for form in round_.forms]
    parameters: list[Any] = [
        DRAFT, round_.school_year, list(PRESENT), round_.school_year,
        [form.code for form in forms], [form.level for form in forms], round_.pk,
    ]  # fmt: skip
    more = ""
    if institution_ids is not None:
        more = "AND i.id = ANY (%s)"
        parameters.append(list(institution_ids))
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS.format(more=more), parameters)
        names = list(Standing.__dataclass_fields__)
        return [Standing(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def own_institution(actor: Actor) -> Institution | None:
    """The institution an account answers to."""
    return Institution.objects.filter(pk=actor.institution_id).first()
