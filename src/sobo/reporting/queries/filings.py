"""Returns: what was filed, signed and explained; the session's scope answers."""

from uuid import UUID

from sobo.institutions.models import TIER_DEPARTMENT, Institution, InstitutionManagement
from sobo.kernel.actor import Actor
from sobo.reporting.models import FrozenRows, Remark, Return, Round, Step
from sobo.reporting.transitions import RESTS_ON_SIGNATURE


def is_managed_by_department(institution_id: int) -> bool:
    """Whether the Sở manages the institution directly, with no commune between."""
    return InstitutionManagement.objects.filter(
        institution_id=institution_id, unit__tier=TIER_DEPARTMENT, until__isnull=True
    ).exists()


def manager_of(institution_id: int) -> str:
    """The unit that manages the institution directly: who its reports go to first."""
    found = (
        InstitutionManagement.objects.filter(institution_id=institution_id, until__isnull=True)
        .select_related("unit")
        .first()
    )
    return found.unit.name if found else ""


def latest(institution_id: int, round_: Round, form: str, *, lock: bool = False) -> Return | None:
    """The newest filing of a form; `lock` holds it until the transaction ends."""
    found = Return.objects.filter(institution_id=institution_id, round=round_, form=form)
    ordered = found.order_by("-serial")
    return (ordered.select_for_update() if lock else ordered).first()


def locked(filing_ids: list[UUID]) -> list[Return]:
    """Filings, held until the transaction ends, always in the same order.

    Raises `Return.DoesNotExist` where any of them is not there or out of scope.
    """
    found = list(
        Return.objects.filter(public_id__in=filing_ids)
        .select_for_update(of=("self",))
        .select_related("round", "institution")
        .order_by("pk")
    )
    if len(found) != len(set(filing_ids)):
        raise Return.DoesNotExist
    return found


def filing(filing_id: UUID) -> Return:
    """A filing to look at. Raises `Return.DoesNotExist` out of scope."""
    return Return.objects.select_related("round", "institution").get(public_id=filing_id)


def filed_before(filing: Return) -> Return | None:
    """What the institution last signed of this form before: an earlier serial, or round."""
    signed = Return.objects.select_related("round", "institution").filter(
        institution_id=filing.institution_id, form=filing.form, signed_at__isnull=False
    )
    earlier = signed.filter(round_id=filing.round_id, serial__lt=filing.serial).order_by("-serial")
    return (
        earlier.first()
        or signed.filter(round__opens_on__lt=filing.round.opens_on)
        .order_by("-round__opens_on", "-serial")
        .first()
    )


def last_signed(institution_id: int, form: str) -> Return | None:
    """The newest filing of a form that was signed, in whatever round."""
    return (
        Return.objects.select_related("round", "institution")
        .filter(institution_id=institution_id, form=form, signed_at__isnull=False)
        .order_by("-round__opens_on", "-serial")
        .first()
    )


def steps(filing: Return) -> list[Step]:
    """The steps a filing took, the first first."""
    return list(Step.objects.filter(filing=filing).order_by("made_at", "pk"))


def remarks(filing: Return) -> dict[str, Remark]:
    """The explanations given with a filing, the latest of each rule."""
    given = Remark.objects.filter(filing=filing).order_by("made_at", "pk")
    return {remark.rule: remark for remark in given}


def frozen_records(filing: Return) -> set[tuple[str, str, int]]:
    """The records a filing rests on: dataset, record id, version."""
    return {
        (frozen.dataset, str(record_id), version)
        for frozen in FrozenRows.objects.filter(filing=filing)
        for record_id, version in zip(frozen.record_ids, frozen.versions, strict=True)
    }


def signed_return_on(institution_id: int, school_year: int) -> Return | None:
    """A return that counts and rests on the institution's data of a school year."""
    return Return.objects.filter(
        institution_id=institution_id, round__school_year=school_year, state__in=RESTS_ON_SIGNATURE
    ).first()


def own_institution(actor: Actor) -> Institution | None:
    """The institution an account answers to."""
    if actor.institution_id is None:
        return None
    return Institution.objects.filter(pk=actor.institution_id).first()
