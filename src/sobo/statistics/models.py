"""Totals of signed returns by place, kept by the database itself (docs/adr/0005-national-figure.md)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sobo.reporting.models import Round
from sobo.specification.records import Scope


class Total(models.Model):
    """The sum of one form over the returns of a place that stand in one state.

    Kept by a trigger on returns, in the transaction of the step itself; no session writes it.
    """

    scope: ClassVar[Scope] = Scope.OWN

    round = models.ForeignKey(Round, models.DO_NOTHING, related_name="+")
    form = models.CharField(max_length=20)
    edition = models.CharField(max_length=20)
    province_code = models.CharField(max_length=2)
    commune_code = models.CharField(max_length=5)
    """Empty: the whole province."""
    state = models.CharField(max_length=10)
    returns = models.IntegerField()
    cells = ArrayField(models.BigIntegerField(null=True))
    """Sums in the order of the form's cells; null where the cell is blank in every return."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "form", "edition", "province_code", "commune_code", "state"],
                name="one_total",
            )
        ]
