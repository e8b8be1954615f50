"""XML parts read as a stream of opening tags, with nothing expanded and nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

from sobo.intake.reading.refusals import FileRefused

Attributes = dict[str, str]
NAMESPACE_SEPARATOR = " "


def local_name(name: str) -> str:
    """The name without its namespace: writers disagree on prefixes and on namespaces."""
    return name[name.rfind(NAMESPACE_SEPARATOR) + 1 :]


def read_tags(chunks: Iterable[bytes], on_tag: Callable[[str, Attributes], None]) -> None:
    """Call `on_tag(local name, attributes)` for every opening tag, in order.

    Raises FileRefused (TA-0007) for markup that is not well formed or declares entities.
    """
    parser = expat.ParserCreate(namespace_separator=NAMESPACE_SEPARATOR)
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = lambda name, attributes: on_tag(
        name[name.rfind(NAMESPACE_SEPARATOR) + 1 :], attributes
    )
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileRefused("TA-0007") from error


def _refuse_document_type(*_: object) -> NoReturn:
    raise FileRefused("TA-0007")


def is_true(value: str | None) -> bool:
    """An XML Schema boolean."""
    return value in ("1", "true", "on")
