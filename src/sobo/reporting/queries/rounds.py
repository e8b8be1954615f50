"""Rounds, the forms they ask for, and by when."""

from datetime import date

from sobo.institutions.models import Institution
from sobo.reporting.forms import definitions
from sobo.reporting.forms.definition import Definition
from sobo.reporting.models import Deadline, Round


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
    return definitions.definition(form, on=round_.reference_on)


def forms_of(round_: Round) -> list[Definition]:
    """The forms a round asks for, in its order."""
    return [definition(form, round_) for form in round_.forms]


def forms_for(institution: Institution, round_: Round) -> list[Definition]:
    """The forms an institution files in a round: one for each of its levels."""
    return [each for each in forms_of(round_) if each.level in institution.levels]
