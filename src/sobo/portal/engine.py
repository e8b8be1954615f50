"""Templates compiled once for each language, with what never changes written into them.

A page says some fifty sentences and names as many addresses that are the same at every request.
Looked up while it is rendered, they cost more than the rows of a class.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django.conf import settings
from django.template.backends.base import BaseEngine
from django.template.backends.jinja2 import Jinja2, Template
from django.utils.translation import get_language, gettext
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream


class InEachLanguage(BaseEngine):
    """Django's Jinja2 engine, one for each language the product speaks."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({name: value for name, value in params.items() if name != "OPTIONS"})
        self._engines = {language: Jinja2(params) for language, _name in settings.LANGUAGES}

    def get_template(self, template_name: str) -> Template:
        """The template, compiled in the language being spoken."""
        return self._spoken.get_template(template_name)

    def from_string(self, template_code: str) -> Template:
        """A template from its text, likewise."""
        return self._spoken.from_string(template_code)

    @property
    def _spoken(self) -> Jinja2:
        return self._engines[get_language() or settings.LANGUAGE_CODE]


class WrittenIn(Extension):
    """Replaces `_("…")`, `static("…")` and `url("…")` by what they answer, as a template compiles.

    Only where a single literal is asked about: whatever depends on a value is still asked for when
    the page is rendered.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, each such call become a string."""
        known = cast(dict[str, Callable[[str], str]], self.environment.globals)
        answers = {"_": _said, "static": known["static"], "url": known["url"]}
        held: list[Token] = []
        for token in stream:
            held.append(token)
            if not _may_become_a_call(held, answers):
                yield from held
                held.clear()
            elif len(held) == len(CALL):
                name, _paren, asked, _closing = held
                yield Token(asked.lineno, "string", answers[name.value](asked.value))
                held.clear()
        yield from held


def _said(message: str) -> str:
    """A sentence without values, in which a sign for a value is doubled as in all others."""
    return gettext(message) % {}


CALL = ("name", "lparen", "string", "rparen")


def _may_become_a_call(held: list[Token], answers: Mapping[str, object]) -> bool:
    kinds = tuple(token.type for token in held)
    return kinds == CALL[: len(kinds)] and held[0].value in answers
