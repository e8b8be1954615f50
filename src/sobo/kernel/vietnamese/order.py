"""Vietnamese order: letters first, then tones, then case, as in dictionaries and in ICU.

Keys are computed here because no wheel carries ICU, and stored as bytes so that PostgreSQL sorts
them as they are.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from sobo.kernel.vietnamese.parts import PARTS, by_parts, name_parts
from sobo.kernel.vietnamese.spelling import single_blanks, tidy_name


def sort_key(name: str) -> bytes:
    """Key of a person's name in a list: given name first, then family name, then middle names.

    Case is asked last of all, after the middle names, so that a name typed in capitals stands
    among its namesakes and not behind them.
    """
    family, middle, given = (weigh(part) for part in name_parts(tidy_name(name)))
    letters = given.letters + family.letters + middle.letters
    return (letters + given.case + family.case + middle.case).encode()


def place_sort_key(text: str) -> bytes:
    """Key of any other text, read from left to right; numbers in it count as numbers."""
    weights = weigh(tidy_name(text))
    return (weights.letters + weights.case).encode()


def sort_keys(names: pl.Series) -> pl.Series:
    """`sort_key` over a String series, as Binary; null stays null."""
    weights = by_parts(single_blanks(names), {"letters": _letters, "case": _case})
    family, middle, given = PARTS
    order = [f"{part}_{level}" for level in ("letters", "case") for part in (given, family, middle)]
    return weights.select(pl.concat_str(order).cast(pl.Binary).alias(names.name)).to_series()


class Weights(NamedTuple):
    """The two stretches of a key, each closed by an end mark."""

    letters: str
    case: str


class _Letter(NamedTuple):
    primary: str
    tones: str
    case: str


# Weights are characters below 0x80, so that a key is text to Polars and bytes to PostgreSQL:
# end < blank < punctuation < other signs < numbers < letters < other scripts.
_END, _PLAIN, _CAPITAL = "\x01", "\x02", "\x03"
_OTHER_SIGN, _BEFORE_NUMBERS, _OTHER_SCRIPT = "\x24", 0x24, "\x7e"
_BLANK_AND_PUNCTUATION = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PRIMARY = {sign: chr(0x02 + at) for at, sign in enumerate(_BLANK_AND_PUNCTUATION)} | {
    unicodedata.normalize("NFD", letter): chr(0x40 + at) for at, letter in enumerate(_LETTERS)
}
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT_BELOW = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_TONES = {
    mark: chr(0x03 + at) for at, mark in enumerate((_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT_BELOW))
}
_FOREIGN_MARK = "\x08"
_CLUSTERS = re.compile(r"[0-9]+|.[\u0300-\u036F]*", re.DOTALL)


@lru_cache(maxsize=1 << 16)
def weigh(text: str) -> Weights:
    """Weigh a stretch of tidy text. Trailing plain weights say nothing and are left out."""
    clusters = _CLUSTERS.findall(unicodedata.normalize("NFD", text))
    letters = [_letter(cluster) for cluster in clusters]
    primaries = "".join(letter.primary for letter in letters)
    tones = "".join(letter.tones for letter in letters).rstrip(_PLAIN)
    case = "".join(letter.case for letter in letters).rstrip(_PLAIN)
    return Weights(f"{primaries}{_END}{tones}{_END}", f"{case}{_END}")


def _letter(cluster: str) -> _Letter:
    if cluster[0] in "0123456789":
        return _Letter(_number(cluster), _PLAIN, _PLAIN)
    base, marks = cluster[0].lower(), cluster[1:]
    shape = next((mark for mark in marks if base + mark in _PRIMARY), "")
    tones = "".join(_TONES.get(mark, _FOREIGN_MARK) for mark in marks if mark != shape)
    case = _PLAIN if cluster[0] == base else _CAPITAL
    return _Letter(_PRIMARY.get(base + shape) or _foreign(base), _PLAIN + tones, case)


def _number(digits: str) -> str:
    """Weigh a number by its length, then by its digits: Phường 2 stands before Phường 10."""
    significant = digits.lstrip("0") or "0"
    return chr(_BEFORE_NUMBERS + min(len(significant), 11)) + significant


def _foreign(character: str) -> str:
    is_sign = unicodedata.category(character)[0] in "PSZC"
    return (_OTHER_SIGN if is_sign else _OTHER_SCRIPT) + character


def _letters(part: str) -> str:
    return weigh(tidy_name(part)).letters


def _case(part: str) -> str:
    return weigh(tidy_name(part)).case
