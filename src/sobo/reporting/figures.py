"""The figures of a school's form: as the register stands, as they were frozen, as it then stood."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import polars as pl

from sobo.institutions.models import Institution
from sobo.reporting.forms.definition import CellKey, Definition
from sobo.reporting.forms.engine import records_behind, rows_under, tabulated
from sobo.reporting.forms.frames import IDENTITY, FormFrames, form_frames
from sobo.reporting.forms.register_rows import RegisterRows
from sobo.reporting.forms.values import FormValues, digest
from sobo.reporting.models import Return, Round
from sobo.reporting.queries import filings, rounds
from sobo.reporting.register import register_rows
from sobo.reporting.rules import FormFinding, check


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A form with the rows it was computed from, so that every figure opens."""

    rows: RegisterRows
    frames: FormFrames
    """The records of the form's level among them."""
    values: FormValues

    @cached_property
    def findings(self) -> tuple[FormFinding, ...]:
        """The sum checks that do not hold."""
        return check(self.values)

    @property
    def definition(self) -> Definition:
        """The edition of the form."""
        return self.values.definition

    def records_under(self, cell: CellKey) -> pl.DataFrame:
        """The records a figure counts: `dataset`, `record_id`, `version`. Raises `KeyError`."""
        return rows_under(self.definition, self.frames, cell)

    def records_behind(self) -> pl.DataFrame:
        """Every record that any figure may count."""
        return records_behind(self.frames)


def computed(
    institution: Institution, round_: Round, form: str, *, as_of: datetime | None = None
) -> Computed:
    """A form computed from the register as it stands, or as it stood at a moment."""
    definition = rounds.definition(form, round_)
    rows = register_rows(
        institution_ids=[institution.pk], school_year=round_.school_year, as_of=as_of
    )
    on = round_.reference_on
    frames = form_frames(rows, level=definition.level, on=on)
    values = tabulated(definition, frames, of=institution.code, on=on)
    return Computed(rows=rows, frames=frames, values=values)


def frozen(filing: Return) -> FormValues:
    """The figures of a filing as they were completed."""
    return FormValues(
        definition=rounds.definition(filing.form, filing.round),
        of=filing.institution.code,
        on=filing.round.reference_on,
        figures=tuple(filing.cells),
    )


def as_completed(filing: Return) -> Computed | None:
    """A filing computed again from the register as it stood when it was completed.

    None where that does not give the digest of the filing from the very records it froze: then its
    records cannot be shown to be those it counted. (A change under way in the very moment of
    completing can do that.)
    """
    again = computed(filing.institution, filing.round, filing.form, as_of=filing.frozen_at)
    rests_on = set(again.records_behind().select(IDENTITY).iter_rows())
    is_same = digest(again.values) == filing.digest and rests_on == filings.frozen_records(filing)
    return again if is_same else None
