"""The English catalogue: what pages say, in Vietnamese, and its translation.

Vietnamese is the message itself, so it needs no catalogue. `python -m sobo.portal.catalogue` reads
every message from templates and modules into `locale/en/LC_MESSAGES/django.po`, keeps what is
translated, and compiles it; both files are in the repository, so an installation needs no tool. A
test fails where a message has no English or the compiled file is out of date.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1]
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES"
METHODS = [
    ("**/tests/**", "ignore"),
    # Invented samples of the design system, seen only by those who build pages.
    ("**/gallery.*", "ignore"),
    ("**/templates/**.html", "jinja2"),
    ("**.py", "python"),
]
THE_SAME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}


def messages() -> Catalog:
    """Every message that code and templates say, with where it stands."""
    found = Catalog(charset="utf-8")
    for file, line, message, comments, context in _extracted():
        found.add(
            message, None, [(f"src/sobo/{file}", line)], auto_comments=comments, context=context
        )
    return found


def _extracted() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    yield from extract_from_dir(
        SOURCE, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=()
    )


def english() -> Catalog:
    """The catalogue as it is translated."""
    with (ENGLISH / "django.po").open("rb") as file:
        return read_po(file, locale="en")


def untranslated() -> list[str]:
    """Messages that have no English."""
    known = english()
    return [
        str(message.id)
        for message in messages()
        if message.id and not _has_english(known, message.id)
    ]


def _has_english(known: Catalog, said: str | Sequence[str]) -> bool:
    message = known.get(said if isinstance(said, str) else said[0])
    strings = message.string if message else ""
    return all(strings) if isinstance(strings, tuple | list) else bool(strings)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as programs read it."""
    # Dates in the header would make every run a change; version control keeps them better.
    catalogue.creation_date = catalogue.revision_date = THE_SAME_DAY
    body = io.BytesIO()
    write_mo(body, catalogue)
    return body.getvalue()


def update() -> None:
    """Bring the catalogue up to date with the code, and compile it."""
    catalogue = english()
    catalogue.update(messages(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with (ENGLISH / "django.po").open("wb") as file:
        write_po(
            file, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False
        )
    (ENGLISH / "django.mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    update()
    for missing in untranslated():
        print(missing)
