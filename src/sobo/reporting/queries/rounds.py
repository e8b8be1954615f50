"""Rounds, the forms they ask for, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sobo.institutions.models import Institution
from sobo.reporting.forms import definitions
from sobo.reporting.forms.definition import Definition
from sobo.reporting.models import Deadline, Round
from sobo.reporting.transitions import DUE_STATES


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days of one state in one province; what was set before stays behind what counts."""

    state: str
    everyones: Deadline | None
    own: tuple[Deadline, ...]
    """Set by the province's Sở, the last one first."""

    @property
    def counts(self) -> Deadline | None:
        """The day that counts: the province's own, else everyone's."""
        return next(iter(self.own), self.everyones)


def current_round(*, on: date) -> Round | None:
    """The latest round that is open on a day."""
    return Round.objects.filter(opens_on__lte=on).order_by("-opens_on").first()


def round_by_code(code: str) -> Round:
    """One round. Raises `Round.DoesNotExist`."""
    return Round.objects.get(code=code)


def deadline(round_: Round, *, state: str, province_code: str | None) -> Deadline | None:
    """By when returns must have reached a state: the province's own day, else everyone's.

    Where neither is set, the day of the next state that has one: by then this one is reached too.
    Without a province, everyone's day. `functions.sql` says the same to the reminders.
    """
    counts = {each.state: each.counts for each in days(round_, province_code=province_code)}
    from_here = DUE_STATES[DUE_STATES.index(state) :]
    return next((due for each in from_here if (due := counts[each])), None)


def days(round_: Round, *, province_code: str | None) -> list[Days]:
    """Every day of a round that was ever set for a province or everyone, state by state."""
    of_place = Q(province_code=province_code) | Q(province_code__isnull=True)
    found = list(Deadline.objects.filter(of_place, round=round_).order_by("-pk"))
    return [_days_of(state, found) for state in DUE_STATES]


def _days_of(state: str, found: Iterable[Deadline]) -> Days:
    of_state = [each for each in found if each.state == state]
    return Days(
        state=state,
        everyones=next((each for each in of_state if each.province_code is None), None),
        own=tuple(each for each in of_state if each.province_code is not None),
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
