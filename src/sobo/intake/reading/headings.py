"""Headings as the field declares them, and as schools write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from sobo.kernel.vietnamese import search_key


class ValueKind(Enum):
    """What the values of a column look like; only used to find columns, never to judge rows."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    NUMBER = "number"
    CODE = "code"
    YES_NO = "yes_no"
    PERSONAL_NUMBER = "personal_number"
    PHONE = "phone"


@dataclass(frozen=True)
class Heading:
    """One column that is looked for.

    `labels` are all the wordings in use, the official one first; `values` the codes and labels
    a column of kind CODE may hold.
    """

    key: str
    labels: tuple[str, ...]
    required: bool = False
    kind: ValueKind = ValueKind.TEXT
    values: tuple[str, ...] = ()

    @cached_property
    def label_keys(self) -> frozenset[str]:
        return frozenset(form for label in self.labels for form in label_forms(label))

    @cached_property
    def word_sets(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(words(form)) for form in self.label_keys)

    @cached_property
    def value_keys(self) -> frozenset[str]:
        return frozenset(search_key(value) for value in self.values)


PUNCTUATION = re.compile(r"[^\w%/]+")
REMARK_IN_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")

ABBREVIATIONS = {
    "hs": "hoc sinh",
    "gv": "giao vien",
    "sdt": "so dien thoai",
    "dt": "dien thoai",
    "ns": "ngay sinh",
    "gt": "gioi tinh",
    "cccd": "so dinh danh ca nhan",
    "cmnd": "chung minh nhan dan",
    "cmt": "chung minh nhan dan",
    "ddcn": "dinh danh ca nhan",
    "hktt": "ho khau thuong tru",
    "ph": "phu huynh",
    "bhyt": "bao hiem y te",
    "bhxh": "bao hiem xa hoi",
    "dc": "dia chi",
    "tt": "thu tu",
}
"""Short forms met in headings, after `search_key`; spelled out only to compare likeness."""

LABELS_KEPT = 1 << 14

FILLERS = frozenset({"va", "cua", "theo", "so", "cac", "la"})


@lru_cache(maxsize=LABELS_KEPT)
def label_key(text: str) -> str:
    """What all spellings of a label share: no marks, case, punctuation, line breaks, asterisks."""
    return " ".join(PUNCTUATION.sub(" ", search_key(text)).split())


@lru_cache(maxsize=LABELS_KEPT)
def label_forms(text: str) -> tuple[str, ...]:
    """The label's key, and its key without what stands in brackets (a unit, a format)."""
    whole = label_key(text)
    bare = label_key(REMARK_IN_BRACKETS.sub(" ", text))
    return tuple(dict.fromkeys(form for form in (whole, bare) if form))


def words(key: str) -> list[str]:
    """The words of a label key, with short forms spelled out and fillers left out."""
    spelled = " ".join(ABBREVIATIONS.get(word, word) for word in key.split())
    return [word for word in spelled.split() if word not in FILLERS] or spelled.split()


def join_labels(parts: Iterable[str]) -> str:
    """The label of a column under a heading of several rows, outermost first, repeats dropped."""
    return " / ".join(dict.fromkeys(part for part in parts if part))
