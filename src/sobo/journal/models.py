"""The journal: who changed what, and who looked at whom. Rows are only ever added."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sobo.specification.records import Scope


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
