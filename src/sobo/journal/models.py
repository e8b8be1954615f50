"""The journal: who changed what, and who looked at whom. Rows are only ever added."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sobo.specification.records import Scope

if TYPE_CHECKING:
    # Generic for the type checker only.
    Text = models.Field[str, str]
else:
    Text = models.Field


class BigIntegerMultirange(Text):
    """A set of entry numbers, written as ranges."""

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's own type for it."""
        return "int8multirange"


class Entry(models.Model):
    """One act: a change, a look at identifiable persons, a decision, a sign-in.

    It holds who, for which unit, why, which records and a digest, and no value of any field: before
    and after live in the history tables. A bulk act is one entry. Written by `journal_write()`,
    which takes the actor from the session's token and so cannot be told another.
    """

    scope: ClassVar[Scope] = Scope.OWN

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    institution_id = models.BigIntegerField(null=True)
    """Whose data were touched."""
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    action = models.CharField(max_length=60)
    dataset = models.CharField(max_length=30, null=True)
    records = ArrayField(models.UUIDField(), null=True)
    persons = ArrayField(models.BigIntegerField(), null=True)
    count = models.IntegerField(null=True)
    digest = models.BinaryField(null=True)
    detail = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["institution_id", "-id"], name="journal_of_institution"),
            models.Index(fields=["account_id", "-id"], name="journal_of_account"),
        ]


class Seal(models.Model):
    """One link of the chain over the journal: the entries that became visible since the last one.

    Made by `journal_seal()` within a second of the entries, so that no writer queues on the head of
    the chain. What is hashed, and how, is written in `verifier.py`.
    """

    scope: ClassVar[Scope] = Scope.HIDDEN

    number = models.BigIntegerField(primary_key=True)
    previous = models.BinaryField()
    sealed_at = models.DateTimeField()
    entry_ids = BigIntegerMultirange()
    """Which entries; those of transactions that ended later stand in a later seal."""
    count = models.IntegerField()
    entries = models.BinaryField()
    hash = models.BinaryField()


class Sealing(models.Model):
    """How far sealing has come: every entry up to `settled` is sealed or never was."""

    scope: ClassVar[Scope] = Scope.HIDDEN

    single = models.BooleanField(primary_key=True, default=True)
    settled = models.BigIntegerField(default=0)
    ahead = BigIntegerMultirange()
    """Sealed entries beyond `settled`: between them lie numbers of transactions still running."""
    settling = models.BigIntegerField(default=0)
    """Becomes `settled` once no transaction older than `settling_before` is running."""
    settling_before = models.BigIntegerField(default=0)
