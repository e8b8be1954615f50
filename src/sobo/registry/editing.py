"""Forms made from declarations: the same columns, lists and bounds that a workbook of the school has.

A form only turns what was typed into the types of the register. Whether the row is right, the rules
say (`registry.checking`), which are those of the workbook.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sobo.accounts.preferences import language
from sobo.kernel.partial_date import PartialDate
from sobo.kernel.vietnamese import nfc, search_key, tidy_name
from sobo.registry.sheets import Column, Part, Sheet
from sobo.registry.showing import place_names
from sobo.specification.checks import check_of
from sobo.specification.fields import Declaration, Level
from sobo.specification.records import Record


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a school's forms choose from beside the code lists."""

    levels: Collection[str]
    references: Mapping[str, Mapping[str, str]]
    """Names by code, for the columns that refer to classes and campuses."""
    communes: Mapping[str, str]
    """Names by code of the communes offered first: those of the school's province."""


class PartialDay(forms.CharField):
    """A day, a month or a year; cleaned to the stored form."""

    def to_python(self, value: Any) -> str | None:
        """Read `2/1/2015`, `01/2015` or `2015`."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return str(PartialDate.parse(text))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"]) from None

    def prepare_value(self, value: Any) -> Any:
        """Write the stored form as people read it; what was typed stays as typed."""
        try:
            return PartialDate.from_iso(value).vietnamese
        except (ValueError, TypeError):
            return value


class Commune(forms.CharField):
    """A commune, by code or by name among those offered; cleaned to its code."""

    def __init__(self, *, communes: Mapping[str, str], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.communes = communes

    def to_python(self, value: Any) -> str | None:
        """Read `26740`, `Phường Sài Gòn (26740)` or `Phường Sài Gòn`."""
        text = super().to_python(value)
        if not text:
            return None
        code = text.rstrip(") ").rpartition("(")[2].strip()
        if code.isdecimal():
            return code
        named = [key for key, name in self.communes.items() if search_key(name) == search_key(text)]
        if len(named) != 1:
            raise forms.ValidationError(self.error_messages["invalid"])
        return named[0]

    def prepare_value(self, value: Any) -> Any:
        """Write a code with its name."""
        name = place_names("commune").get(value)
        return f"{name} ({value})" if name else value


class Tidy(forms.CharField):
    """Text in composed Vietnamese, single blanks; none where nothing was typed."""

    def to_python(self, value: Any) -> str | None:
        """Compose and tidy what was typed."""
        text = super().to_python(value)
        return tidy_name(nfc(text)) if text else None


class Digits(forms.CharField):
    """A number that is a name: blanks, dots and dashes inside it say nothing."""

    def to_python(self, value: Any) -> str | None:
        """Leave only what counts."""
        text = super().to_python(value)
        return "".join(c for c in text if c not in " .-") if text else None


def row_form(
    columns: Iterable[Column],
    *,
    choices: Choices,
    data: Any = None,
    values: Mapping[str, Any] | None = None,
    is_new: bool = False,
) -> forms.Form:
    """A form over these columns of a sheet, filled with the row's present `values`.

    Its cleaned data are in the types of the register, none for an empty field. What a record may
    never change is shown but cannot be typed over.
    """
    form = forms.Form(data, initial=dict(values or {}))
    form.use_required_attribute = False
    for column in columns:
        if not column.declaration.issued:
            field = _field(column, choices)
            field.disabled = not is_new and column.name in _immutable(column)
            form.fields[column.key] = field
    return form


def _immutable(column: Column) -> Collection[str]:
    model = column.part.model
    return model.immutable if issubclass(model, Record) else ()


def _field(column: Column, choices: Choices) -> forms.Field:
    declaration = column.declaration
    field = _MAKERS.get(declaration.kind, _text)(column, choices)
    field.label = column.label(language())
    field.required = _is_always_required(column, choices)
    field.help_text = field.help_text or declaration.help
    field.error_messages |= {
        "required": _check_text(column, "0001"),
        "invalid": _check_text(column, "0002"),
        "invalid_choice": _check_text(column, "0003"),
    }
    return field


def _check_text(column: Column, number: str) -> str:
    model = column.part.model
    if not issubclass(model, Record):
        raise TypeError(f"{model.__name__} is no dataset")
    return check_of(f"{model.dataset.code}-{number}", column).text(language())


def _is_always_required(column: Column, choices: Choices) -> bool:
    """Required of every row of this school: elsewhere the checks decide, row by row."""
    declaration = column.declaration
    if not declaration.required or column.part.needed_by:
        return False
    return not declaration.levels or set(choices.levels) <= set(declaration.levels)


def _text(column: Column, choices: Choices) -> forms.Field:
    return Tidy(max_length=column.declaration.length)


def _digits(column: Column, choices: Choices) -> forms.Field:
    return Digits(widget=forms.TextInput(attrs={"inputmode": "numeric"}))


def _email(column: Column, choices: Choices) -> forms.Field:
    return Tidy(widget=forms.EmailInput())


def _whole(column: Column, choices: Choices) -> forms.Field:
    return forms.IntegerField(
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text=_bounds(column)
    )


def _number(column: Column, choices: Choices) -> forms.Field:
    return forms.FloatField(
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_bounds(column),
    )


def _bounds(column: Column) -> str:
    low, high = column.declaration.low, column.declaration.high
    if low is None or high is None:
        return ""
    return _("Từ %(low)g đến %(high)g.") % {"low": low, "high": high}


def day_field(**arguments: Any) -> forms.DateField:
    """A day as people here write it."""
    return forms.DateField(
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        **{"help_text": _("Ngày/tháng/năm."), **arguments},
    )


def _day(column: Column, choices: Choices) -> forms.Field:
    return day_field()


def _partial_day(column: Column, choices: Choices) -> forms.Field:
    return PartialDay(widget=forms.TextInput(attrs={"inputmode": "numeric"}))


def _yes_no(column: Column, choices: Choices) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("", "—"), ("True", _("Có")), ("False", _("Không"))],
        coerce=lambda value: value == "True",
        empty_value=None,
    )


def _code(column: Column, choices: Choices) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("", "—"), *_items(column.declaration, choices)], empty_value=None
    )


def _codes(column: Column, choices: Choices) -> forms.Field:
    return forms.TypedMultipleChoiceField(
        choices=_items(column.declaration, choices), widget=forms.CheckboxSelectMultiple
    )


def _items(declaration: Declaration, choices: Choices) -> list[tuple[str, str]]:
    """The codes meant for the school's levels."""
    return [
        (item.code, item.label(language()))
        for item in declaration.code_list.items
        if not item.levels or set(item.levels) & set(choices.levels)
    ]


def _place(column: Column, choices: Choices) -> forms.Field:
    if column.declaration.codes == "province":
        return forms.TypedChoiceField(
            choices=[("", "—"), *place_names("province").items()], empty_value=None
        )
    return Commune(communes=choices.communes, widget=forms.TextInput(attrs={"list": "communes"}))


def _reference(column: Column, choices: Choices) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("", "—"), *choices.references.get(column.key, {}).items()], empty_value=None
    )


_MAKERS: Mapping[str, Callable[[Column, Choices], forms.Field]] = {
    "whole": _whole,
    "number": _number,
    "date": _day,
    "partial_date": _partial_day,
    "yes_no": _yes_no,
    "code": _code,
    "codes": _codes,
    "personal_number": _digits,
    "phone": _digits,
    "email": _email,
    "place": _place,
    "reference": _reference,
}


def columns_asked(sheet: Sheet, levels: Collection[str]) -> list[Column]:
    """The columns a school of these levels is asked for on a form."""
    return list(sheet.columns_for(Level(level) for level in levels).values())


def groups(form: forms.Form, sheet: Sheet) -> list[tuple[str, list[str]]]:
    """The form's fields under the titles of the records they belong to."""
    return [
        (_title(part), names)
        for part in sheet.parts
        if (names := [key for key in form.fields if sheet.columns[key].part is part])
    ]


def _title(part: Part) -> str:
    if part.title:
        return part.title.rstrip(":")
    if not issubclass(part.model, Record):
        raise TypeError(f"{part.model.__name__} is no dataset")
    dataset = part.model.dataset
    return dataset.name_en if language() == "en" else dataset.name


def cleaned(form: forms.Form) -> dict[str, Any]:
    """The typed values, empty ones as none. Days come as days, several codes as a list."""
    return {
        key: None if value in ("", []) else value
        for key, value in form.cleaned_data.items()
        if isinstance(value, str | int | float | bool | date | list) or value is None
    }
