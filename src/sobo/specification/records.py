"""What every record of the register carries, and how a table says who may see its rows.

The envelope (record id, version, event, time of change at the source) is that of the national
exchange: a lower or equal version is ignored, so a resend is harmless and order does not matter.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from sobo.specification.fields import Declaration


class Scope(StrEnum):
    """Which rule of row-level security guards a table (docs/adr/0001-scope.md)."""

    OPEN = "open"
    """Reference data: anyone signed in reads, only the owner writes."""
    INSTITUTION = "institution"
    """Rows of one institution, in the column `institution_id`."""
    SELF = "institution itself"
    """The table of institutions: the scope is its own key."""
    PERSON = "person"
    """Rows about a person, seen where the person is or was known."""
    OWN = "written for scope"
    """A table with a policy of its own, written out in its area's SQL."""
    HIDDEN = "hidden"
    """No session reads or writes it; only functions of the database do."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What a dataset is called and where in the law it stands."""

    code: str
    """Two letters that its rules begin with."""
    name: str
    name_en: str
    clause: str
    wire_tables: tuple[str, ...] = ()


class UuidV7(models.Func):
    """Time-ordered random identifier, made by PostgreSQL 18."""

    function = "uuidv7"
    output_field = models.UUIDField()


class Record(models.Model):
    """A versioned record: never deleted, changed only together with its version."""

    scope: ClassVar[Scope] = Scope.INSTITUTION
    dataset: ClassVar[Dataset]
    immutable: ClassVar[tuple[str, ...]] = ()
    """Columns that no change may touch, beside the key and the record id."""

    id = models.BigAutoField(primary_key=True)
    record_id = models.UUIDField(db_default=UuidV7(), unique=True, editable=False)
    version = models.PositiveIntegerField(db_default=1, editable=False)
    event = models.CharField(max_length=6, db_default="NEW", editable=False)
    source_changed_at = models.DateTimeField(null=True, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.BigIntegerField(null=True, editable=False)
    batch = models.BigIntegerField(null=True, editable=False)
    """The intake batch that wrote this version, where one did."""

    class Meta:
        abstract = True


ENVELOPE = (
    "id",
    "record_id",
    "version",
    "event",
    "source_changed_at",
    "recorded_at",
    "recorded_by",
    "batch",
)


def declarations(model: type[models.Model]) -> dict[str, Declaration]:
    """The declared fields of a model, by column name, in their order."""
    return {
        field.attname: field.declaration
        for field in model._meta.concrete_fields
        if hasattr(field, "declaration")
    }


def table_scope(model: type[models.Model]) -> Scope:
    """The rule that guards a model's table. Raises `KeyError` where none is declared."""
    declared = {
        name: value for each in reversed(model.__mro__) for name, value in vars(each).items()
    }
    return Scope(declared["scope"])
