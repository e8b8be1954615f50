"""Rounds, returns and their way through the tiers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from sobo.institutions.models import Institution
from sobo.specification.records import Scope, UuidV7


class Round(models.Model):
    """A reporting round: what is asked, as of which day."""

    scope: ClassVar[Scope] = Scope.OPEN

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    school_year = models.IntegerField()
    reference_on = models.DateField()
    opens_on = models.DateField()
    forms = ArrayField(models.CharField(max_length=20))
    clause = models.CharField(max_length=200)

    def named(self, language: str | None) -> str:
        """What the round is called in a language."""
        return self.name_en if language == "en" else self.name


class Deadline(models.Model):
    """By when a tier must have done its part: everyone's day, or a province's own.

    Rows are only added; among those of one round, province and state the last one added counts.
    """

    scope: ClassVar[Scope] = Scope.OWN

    round = models.ForeignKey(Round, models.DO_NOTHING, related_name="deadlines")
    province_code = models.CharField(max_length=2, null=True)
    """Null: everyone's, as published; else set by that province's Sở."""
    state = models.CharField(max_length=10)
    """The state a return must have reached by the end of that day."""
    due_on = models.DateField()
    clause = models.CharField(max_length=200)
    is_verified = models.BooleanField()
    """False where no text at hand confirms the day; said wherever the day is shown."""
    set_at = models.DateTimeField(db_default=Now())
    set_by = models.BigIntegerField(null=True)
    """The account that set it; null for what came with the product."""
    set_by_name = models.CharField(max_length=120, db_default="")


class Return(models.Model):
    """One form of one institution in one round: figures computed from records, never typed.

    A new filing after a return is a new row with the next serial; the earlier one stays as it was
    signed, and counts until the new one is signed.
    """

    scope: ClassVar[Scope] = Scope.INSTITUTION

    public_id = models.UUIDField(db_default=UuidV7(), unique=True)
    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    province_code = models.CharField(max_length=2)
    commune_code = models.CharField(max_length=5)
    """Where the institution stood when it filed: a later reorganisation moves no signed figure."""
    round = models.ForeignKey(Round, models.DO_NOTHING, related_name="returns")
    form = models.CharField(max_length=20)
    edition = models.CharField(max_length=20)
    level = models.CharField(max_length=2)
    serial = models.IntegerField(default=1)
    state = models.CharField(max_length=10)
    cells = ArrayField(models.IntegerField(null=True))
    """Values in the order of the form's cells; null where a cell waits or does not apply."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the canonical form; what the head signs."""
    computed_at = models.DateTimeField()
    frozen_at = models.DateTimeField(db_default=Now())
    """The database's own moment of computing: the register is read again as it stood then."""
    signed_by = models.BigIntegerField(null=True)
    signed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "round", "form", "serial"], name="return_serial"
            )
        ]
        indexes = [models.Index(fields=["round", "form", "state"], name="return_by_state")]


class Step(models.Model):
    """One step a return took, by whom, and why where the step asks for a reason."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    filing = models.ForeignKey(Return, models.DO_NOTHING, related_name="steps")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, default="")
    digest = models.CharField(max_length=64)
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=120)
    made_by_role = models.CharField(max_length=20)
    made_at = models.DateTimeField(db_default=Now())


class FrozenRows(models.Model):
    """The records a return was computed from, as id and version: it opens as they then stood."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    filing = models.ForeignKey(Return, models.DO_NOTHING, related_name="frozen")
    dataset = models.CharField(max_length=30)
    record_ids = ArrayField(models.UUIDField())
    versions = ArrayField(models.IntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "dataset"], name="frozen_once")]


class Remark(models.Model):
    """A school's explanation of a sum check or of a jump, seen by every reviewer."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    filing = models.ForeignKey(Return, models.DO_NOTHING, related_name="remarks")
    rule = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now())


class Reminder(models.Model):
    """That a school was reminded, on a day, of a form nobody had signed yet.

    Written by the worker through `remind_of_unsigned()`; seen by the school and all above it.
    """

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    round = models.ForeignKey(Round, models.DO_NOTHING, related_name="+")
    form = models.CharField(max_length=20)
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "round", "form", "sent_on"], name="reminded_once_a_day"
            )
        ]
