"""How forms stand in addresses: `02-TH-ĐN` is `02-th-dn`."""

from sobo.kernel.vietnamese import search_key
from sobo.reporting.forms.definition import Definition
from sobo.reporting.models import Round
from sobo.reporting.queries import rounds


def slug(form: str) -> str:
    """The form's code without marks."""
    return search_key(form)


def form_at(round_: Round, address: str) -> Definition:
    """The form of a round that an address names. Raises `KeyError`."""
    return {slug(form.code): form for form in rounds.forms_of(round_)}[address]
