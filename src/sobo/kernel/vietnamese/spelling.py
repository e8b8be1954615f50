"""One spelling for what looks the same, and one key for what is searched the same."""

import re
import unicodedata

import polars as pl

from sobo.kernel.vietnamese.parts import PARTS, by_parts

# Written for Python and Rust alike: both engines must agree on what a blank is.
_INVISIBLE = r"[\u00AD\u200B-\u200D\u2060\uFEFF]"
_BLANKS = r"[\s\x00-\x1F\x7F]+"
_UNTIDY = rf"^\s|\s$|  |[^\S ]|[\x00-\x1F\x7F]|{_INVISIBLE}"
_MARKS = re.compile(r"[\u0300-\u036F]+")

# The Icelandic eth looks like the Vietnamese đ, and old converters wrote one for the other.
_LOOK_ALIKES = str.maketrans("Ðð", "Đđ")


def nfc(text: str) -> str:
    """Compose letters and marks (Unicode normal form C)."""
    return unicodedata.normalize("NFC", text)


def tidy_name(name: str) -> str:
    """Compose, drop invisible characters, trim, leave single blanks. Case stays as typed."""
    visible = re.sub(_INVISIBLE, "", name)
    return nfc(re.sub(_BLANKS, " ", visible).strip(" ")).translate(_LOOK_ALIKES)


def tidy_names(names: pl.Series) -> pl.Series:
    """`tidy_name` over a String series; null stays null."""
    composed = single_blanks(names).str.normalize("NFC")
    return composed.str.replace_many(["Ð", "ð"], ["Đ", "đ"])


def search_key(text: str) -> str:
    """What two spellings of a search share: lower case, no marks, `đ` as `d`, single blanks."""
    unmarked = _MARKS.sub("", unicodedata.normalize("NFD", tidy_name(text)))
    return " ".join(unmarked.lower().replace("đ", "d").split())


def search_keys(texts: pl.Series) -> pl.Series:
    """`search_key` over a String series; null stays null."""
    parts = by_parts(single_blanks(texts), {"plain": search_key})
    return parts.select(
        pl.concat_str([f"{part}_plain" for part in PARTS], separator=" ")
        .str.replace_all("  ", " ", literal=True)
        .str.strip_chars(" ")
        .alias(texts.name)
    ).to_series()


def single_blanks(texts: pl.Series) -> pl.Series:
    """Drop invisible characters, trim, leave single blanks: only where there is need."""
    if not texts.str.contains(_UNTIDY).any():
        return texts
    visible = texts.str.replace_all(_INVISIBLE, "")
    return visible.str.replace_all(_BLANKS, " ").str.strip_chars(" ")
