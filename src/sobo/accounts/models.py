"""Accounts, each of a named person, and the sessions that open a scope."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sobo.institutions.models import Institution, Unit
from sobo.specification.records import Scope


class Account(AbstractBaseUser):
    """One named person's access, answerable to one unit or institution (TT 42/2021 Đ9)."""

    scope: ClassVar[Scope] = Scope.OWN

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.DO_NOTHING, null=True, related_name="+")
    institution = models.ForeignKey(
        Institution, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(institution__isnull=True),
                name="account_of_one_place",
            )
        ]


class Session(models.Model):
    """An open session: what its token may reach. Only functions of the database read it."""

    scope: ClassVar[Scope] = Scope.HIDDEN

    digest = models.BinaryField(primary_key=True)
    account_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    institution_id = models.BigIntegerField(null=True)
    reach = models.CharField(max_length=8)
    """`none`, `narrow`, `wide` or `national`: also the database role of its transactions."""
    institution_ids = ArrayField(models.BigIntegerField())
    """What a narrow session reaches; others are resolved when asked."""
    may_write = models.BooleanField()
    """Whether it may write the register (data entry), and not only look and decide."""
    channel = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class GateKey(models.Model):
    """The key that only the program and this table know: it proves who opens sessions."""

    scope: ClassVar[Scope] = Scope.HIDDEN

    single = models.BooleanField(primary_key=True, default=True)
    key = models.TextField()
