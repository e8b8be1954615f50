"""ARCHITECTURE.md leads nowhere that is not there: its paths, its links, its names in files."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "sobo"
WALK = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*\.(py|sql|html|json|md|po)|[a-z]\w*(/[a-z]\w*)*/")
NAME = re.compile(r"_?[A-Za-z]\w*")
AND = re.compile(r",? and |, | ")
IN = re.compile(r" \(| in ")
"""Names stand after their file (`file` `name`, `name` and `name`) or before it (`name` in `file`)."""
LINK = re.compile(r"\]\(([\w./-]*)(?:#([\w-]+))?\)")
AREA = re.compile(r"^(\w+)/ {2,}\S", re.MULTILINE)

Spans = Sequence["re.Match[str]"]


@dataclass(frozen=True)
class Named:
    """A file or folder the text names, with the names said to be in it."""

    path: str
    names: tuple[str, ...]


def _named() -> Iterator[Named]:
    """Every path of the text, in its order."""
    text = " ".join(FENCED.sub("", WALK).split())
    spans = list(SPAN.finditer(text))
    for at, span in enumerate(spans):
        if PATH.fullmatch(span[1]):
            names = [*_after(text, spans[at:]), *_before(text, spans[: at + 1])]
            yield Named(span[1], tuple(names))


def _after(text: str, spans: Spans) -> Iterator[str]:
    for left, right in pairwise(spans):
        if not (NAME.fullmatch(right[1]) and AND.fullmatch(text[left.end() : right.start()])):
            return
        yield right[1]


def _before(text: str, spans: Spans) -> Iterator[str]:
    joins = IN
    for right, left in pairwise(reversed(spans)):
        if not (NAME.fullmatch(left[1]) and joins.fullmatch(text[left.end() : right.start()])):
            return
        yield left[1]
        joins = AND


def _places(path: str, beside: Path) -> list[Path]:
    """Where a path leads: under the source, the root, or the folder named before.

    A file's name alone stands for every file so named.
    """
    places = [base / path for base in (SOURCE, ROOT, beside)]
    if "/" not in path:
        places += [*SOURCE.rglob(path), *(ROOT / "tests").rglob(path)]
    return [place for place in places if place.exists()]


def _holds(place: Path, name: str) -> bool:
    if not place.is_file():
        return False
    text = place.read_text(encoding="utf-8")
    if place.suffix != ".py":
        return bool(re.search(rf"\b{name}\b", text))
    return any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
        for node in ast.parse(text).body
    )


def test_every_path_exists_and_holds_the_names_said_to_be_in_it() -> None:
    beside, lost, names = SOURCE, [], 0
    for named in _named():
        places = _places(named.path, beside)
        if not places:
            lost.append(named.path)
        elif "/" in named.path:
            beside = places[0] if places[0].is_dir() else places[0].parent
        lost += [f"{named.path} {n}" for n in named.names if not any(_holds(p, n) for p in places)]
        names += len(named.names)
    assert lost == []
    assert names > 60


@pytest.mark.parametrize("area", AREA.findall(WALK))
def test_every_area_of_the_map_is_a_folder(area: str) -> None:
    assert (SOURCE / area).is_dir()


def test_every_folder_is_an_area_of_the_map() -> None:
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert folders == set(AREA.findall(WALK))


def _anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    links = LINK.findall(WALK)
    assert links
    for path, anchor in links:
        file = ROOT / (path or "ARCHITECTURE.md")
        assert file.is_file(), path
        assert not anchor or anchor in _anchors(file), f"{path}#{anchor}"
