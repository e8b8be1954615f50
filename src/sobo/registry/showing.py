"""How a declared field's value is written for people, and what is kept covered until asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from sobo.accounts.preferences import language
from sobo.kernel.vietnamese import format_day, format_number
from sobo.specification.codelists import code_list
from sobo.specification.fields import Declaration, Privacy

COVER = "••••••"
LAST_DIGITS = 3
"""How much of a personal number stays legible: enough to tell two papers apart."""


@cache
def labels(list_name: str, spoken: str = "vi") -> dict[str, str]:
    """Labels of a code list by code, in `vi` or `en`."""
    return {item.code: item.label(spoken) for item in code_list(list_name).items}


def labels_now(list_name: str) -> dict[str, str]:
    """Labels of a code list in the language of the running request."""
    return labels(list_name, language())


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes values of declared fields; `references` names rows by (column, key)."""

    references: Mapping[tuple[str, Any], str]
    reveals: bool = False
    """Whether sensitive values are shown: only after a purpose was named and journalled."""

    def write(self, column: str, declaration: Declaration, value: Any) -> str | None:
        """The value as people read it; none where there is none."""
        if value is None or value == []:
            return None
        if not self.reveals and is_covered(declaration):
            return _covered(declaration, value)
        if declaration.kind == "reference":
            return self.references.get((column, value), _("(ngoài phạm vi)"))
        return written(declaration, value)


def is_covered(declaration: Declaration) -> bool:
    """Whether a field's values stay covered until a purpose is named."""
    return declaration.privacy is Privacy.SENSITIVE or declaration.kind == "personal_number"


def _covered(declaration: Declaration, value: Any) -> str:
    if declaration.kind == "personal_number":
        return COVER + str(value)[-LAST_DIGITS:]
    return COVER


def written(declaration: Declaration, value: Any) -> str:
    """A value by its kind: a code by its label, a day as dd/mm/yyyy, yes and no in words."""
    write = _WRITERS.get(declaration.kind)
    return write(declaration, value) if write else str(value)


def _code(declaration: Declaration, value: str) -> str:
    return labels_now(declaration.codes).get(value, value)


def _codes(declaration: Declaration, value: Iterable[str]) -> str:
    return ", ".join(_code(declaration, code) for code in value)


def _day(declaration: Declaration, value: date) -> str:
    return format_day(value)


def _partial_day(declaration: Declaration, value: str) -> str:
    return birth(value)


def _yes_no(declaration: Declaration, value: bool) -> str:
    return _("Có") if value else _("Không")


def _number(declaration: Declaration, value: float) -> str:
    return format_number(value, declaration.places)


def _place(declaration: Declaration, value: str) -> str:
    return place_names(declaration.codes).get(value, value)


_WRITERS: Mapping[str, Any] = {
    "code": _code,
    "codes": _codes,
    "date": _day,
    "partial_date": _partial_day,
    "yes_no": _yes_no,
    "number": _number,
    "whole": lambda declaration, value: str(value),
    "place": _place,
}


@cache
def place_names(of: str) -> dict[str, str]:
    """Names of today's communes or provinces by code; read once by each process."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT code, name FROM institutions_{of} WHERE until IS NULL ORDER BY sort_key"
        )
        return dict(cursor.fetchall())


def birth(stored: str | None) -> str:
    """A stored partial day as people read it; quick, since lists write one in every row."""
    return "/".join(reversed(stored.split("-"))) if stored else ""
