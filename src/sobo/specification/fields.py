"""The kinds of field a dataset may declare.

A declared field is a Django model field that also says everything else the field is: its labels,
code list, privacy class, the levels it applies to, its clause in the law and its names on the wire.
Column, form, workbook column, reader, type check and data dictionary are all read off it.

Migrations see only the plain column: a changed label never makes a migration.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sobo.specification.codelists import CodeList, code_list


class Privacy(StrEnum):
    """How closely a value is held (Luật 91/2025/QH15; NĐ 356/2025 Đ3, Đ4)."""

    OPEN = "open"
    BASIC = "basic"
    SENSITIVE = "sensitive"


class Level(StrEnum):
    """Levels of education, by the codes of the national exchange workbook (NHOM_CAP_HOC)."""

    PRESCHOOL = "01"
    PRIMARY = "02"
    LOWER_SECONDARY = "03"
    UPPER_SECONDARY = "04"
    CONTINUING = "05"


GENERAL = (Level.PRIMARY, Level.LOWER_SECONDARY, Level.UPPER_SECONDARY)
SECONDARY = (Level.LOWER_SECONDARY, Level.UPPER_SECONDARY)


@dataclass(frozen=True, kw_only=True)
class When:
    """A condition on another field of the same row: it holds one of these values.

    With no values: the other field is filled in.
    """

    field: str
    values: tuple[str | bool, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """Everything a field is, beyond its column."""

    kind: str
    label: str
    label_en: str
    privacy: Privacy
    required: bool = False
    required_when: When | None = None
    levels: tuple[Level, ...] = ()
    codes: str = ""
    clause: str = ""
    wire: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    help: str = ""
    low: float | None = None
    high: float | None = None
    places: int = 0
    length: int | None = None
    managed: bool = False
    """The register fills it in: no form, no workbook column."""
    issued: bool = False
    """The database issues it: a sheet may carry it to say which record is meant, never to set it."""
    options: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def code_list(self) -> CodeList:
        """The list this field draws its codes from."""
        return code_list(self.codes)

    def label_in(self, language: str) -> str:
        """The label in `vi` or `en`."""
        return self.label_en if language == "en" and self.label_en else self.label


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(value)


class Declared(models.Field):
    """What all declared fields share: it takes the declaration's arguments off the column's."""

    kind = ""

    def __init__(self, label: str, label_en: str, **arguments: Any) -> None:
        essential = arguments.pop("essential", False)
        self.declaration = Declaration(
            kind=self.kind,
            label=label,
            label_en=label_en,
            privacy=arguments.pop("privacy", Privacy.OPEN),
            required=arguments.pop("required", essential),
            required_when=arguments.pop("required_when", None),
            levels=tuple(arguments.pop("levels", ())),
            codes=arguments.pop("codes", ""),
            clause=arguments.pop("clause", ""),
            wire=_names(arguments.pop("wire", ())),
            aliases=_names(arguments.pop("aliases", ())),
            help=arguments.pop("help", ""),
            low=arguments.pop("low", None),
            high=arguments.pop("high", None),
            places=arguments.pop("places", 0),
            length=arguments.get("max_length"),
            managed=arguments.pop("managed", False),
            issued=arguments.pop("issued", False),
        )
        arguments.setdefault("null", not essential)
        arguments.setdefault("blank", not essential)
        super().__init__(verbose_name=label, **arguments)

    def deconstruct(self) -> Any:
        """Describe the plain column, so that migrations know nothing of declarations."""
        name, _path, args, kwargs = super().deconstruct()
        plain = next(c for c in type(self).__mro__ if c.__module__.startswith("django."))
        for word in ("verbose_name", "help_text", "blank"):
            kwargs.pop(word, None)
        return name, f"{plain.__module__}.{plain.__qualname__}", args, kwargs

    def clone(self) -> Any:
        """Copy as the plain column: Django clones fields when it builds migration states."""
        _name, _path, args, kwargs = self.deconstruct()
        plain = next(c for c in type(self).__mro__ if c.__module__.startswith("django."))
        return plain(*args, **kwargs)


class Text(Declared, models.CharField):
    """Free text of limited length."""

    kind = "text"

    def __init__(self, label: str, label_en: str, max_length: int = 150, **arguments: Any) -> None:
        super().__init__(label, label_en, max_length=max_length, **arguments)


class Whole(Declared, models.IntegerField):
    """A whole number within bounds."""

    kind = "whole"


class Number(Declared, models.DecimalField):
    """A decimal number with a fixed number of places."""

    kind = "number"

    def __init__(self, label: str, label_en: str, *, places: int, **arguments: Any) -> None:
        super().__init__(
            label, label_en, places=places, max_digits=12, decimal_places=places, **arguments
        )


class Day(Declared, models.DateField):
    """A known day."""

    kind = "date"


class PartialDay(Declared, models.CharField):
    """A day of which perhaps only the month or the year is known: `2015-01-02`, `2015-01`, `2015`.

    The wire keeps three fields for it (ngaythangnam, thangnam, nam) and takes the most precise.
    """

    kind = "partial_date"

    def __init__(self, label: str, label_en: str, **arguments: Any) -> None:
        super().__init__(label, label_en, max_length=10, **arguments)


class YesNo(Declared, models.BooleanField):
    """Yes, no, or not said."""

    kind = "yes_no"


class Code(Declared, models.CharField):
    """A code of a published list, stored as the list writes it."""

    kind = "code"

    def __init__(self, label: str, label_en: str, codes: str, **arguments: Any) -> None:
        super().__init__(label, label_en, codes=codes, max_length=20, **arguments)


class Codes(Declared, ArrayField):
    """Several codes of one list."""

    kind = "codes"

    def __init__(self, label: str, label_en: str, codes: str, **arguments: Any) -> None:
        arguments.pop("base_field", None)
        super().__init__(
            label, label_en, codes=codes, base_field=models.CharField(max_length=20), **arguments
        )


class PersonalNumber(Declared, models.CharField):
    """The 12-digit personal number: wanted and checked, never a precondition.

    A child whose papers are not made yet goes to school all the same, and must be counted.
    """

    kind = "personal_number"

    def __init__(self, label: str, label_en: str, **arguments: Any) -> None:
        arguments.setdefault("privacy", Privacy.BASIC)
        super().__init__(label, label_en, max_length=12, **arguments)


class Phone(Declared, models.CharField):
    """A telephone number, digits with an optional leading plus."""

    kind = "phone"

    def __init__(self, label: str, label_en: str, **arguments: Any) -> None:
        super().__init__(label, label_en, max_length=20, **arguments)


class Email(Declared, models.CharField):
    """An e-mail address."""

    kind = "email"

    def __init__(self, label: str, label_en: str, **arguments: Any) -> None:
        super().__init__(label, label_en, max_length=100, **arguments)


class Place(Declared, models.CharField):
    """A commune or province code of today; which edition it belongs to stands beside it."""

    kind = "place"

    def __init__(self, label: str, label_en: str, *, of: str, **arguments: Any) -> None:
        super().__init__(
            label, label_en, max_length=2 if of == "province" else 5, codes=of, **arguments
        )


class Reference(Declared, models.ForeignKey):
    """A row of another dataset.

    Django adds no constraint of its own: within an institution the database holds a composite key,
    and a person is checked under the writer's own policies (docs/adr/0001-scope.md).
    """

    kind = "reference"

    def __init__(self, label: str, label_en: str, to: Any, **arguments: Any) -> None:
        arguments.setdefault("on_delete", models.DO_NOTHING)
        arguments.setdefault("db_constraint", False)
        arguments.setdefault("related_name", "+")
        super().__init__(label, label_en, to=to, **arguments)
