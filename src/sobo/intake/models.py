"""A file on its way into the register: batch, edits, explanations, remembered layouts."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from sobo.institutions.models import Institution
from sobo.specification.records import Scope, UuidV7

RECEIVED, READ, CHECKED, COMMITTED, UNDONE, REFUSED, FAILED = STATES = (
    "received",
    "read",
    "checked",
    "committed",
    "undone",
    "refused",
    "failed",
)


class Batch(models.Model):
    """One file a school sent, from received to committed.

    The file and its rows lie in the data folder under the batch's random id; everything shown is
    computed again from the file, the mapping and the edits, so nothing is lost when a server stops.
    """

    scope: ClassVar[Scope] = Scope.INSTITUTION

    public_id = models.UUIDField(db_default=UuidV7(), unique=True)
    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    school_year = models.IntegerField()
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=RECEIVED)
    summary = models.JSONField(default=dict)
    """What was recognised, and counts by sheet: rows, findings by rule, new, changed, same. No
    personal value."""
    mapping = models.JSONField(default=dict)
    """What a person chose, by sheet of the file (`recognition.Choice`)."""
    refusal = models.JSONField(null=True)
    sent_by = models.BigIntegerField()
    sent_at = models.DateTimeField(db_default=Now())
    committed_by = models.BigIntegerField(null=True)
    committed_at = models.DateTimeField(null=True)
    undoes = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="undone_by")
    edits_made = models.IntegerField(default=0)
    """Grows with every edit; a commit names the number it reviewed, so two persons cannot cross."""

    class Meta:
        indexes = [models.Index(fields=["institution", "-id"], name="batch_of_institution")]


class Edit(models.Model):
    """One mended cell, or one repair over many; undone edits stay, marked."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    batch = models.ForeignKey(Batch, models.DO_NOTHING, related_name="edits")
    group = models.IntegerField()
    """Edits of one act share a number, and are undone together."""
    sheet = models.CharField(max_length=20)
    row = models.IntegerField()
    field = models.CharField(max_length=60)
    value = models.TextField(null=True)
    rule = models.CharField(max_length=10, default="")
    """The rule whose repair made it; empty when typed."""
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "group"], name="edit_of_batch")]


class Explanation(models.Model):
    """Why a query is nevertheless true: a reason the reviewers see."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    batch = models.ForeignKey(Batch, models.DO_NOTHING, related_name="explanations")
    sheet = models.CharField(max_length=20)
    rule = models.CharField(max_length=10)
    reason = models.CharField(max_length=500)
    rows = models.IntegerField()
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "rule"], name="one_reason_a_rule")
        ]


class Layout(models.Model):
    """A foreign layout a school mapped once: known again by the labels of its heading row."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    headings_sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=20)
    mapping = models.JSONField()
    """Letter → key of our column."""
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "headings_sha256"], name="layout_once")
        ]


class WrittenRow(models.Model):
    """Which records a batch wrote, as which version: what undo and walking back start from."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="+")
    batch = models.ForeignKey(Batch, models.DO_NOTHING, related_name="written")
    dataset = models.CharField(max_length=30)
    count = models.IntegerField()
    merkle_root = models.BinaryField()
    """Over (record id, version) of the rows, in their order (docs/adr/0004-journal.md)."""
