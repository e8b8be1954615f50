"""Character encodings met in Vietnamese text files, told apart by what the text would say.

UTF-8 and UTF-16 announce or prove themselves.  Windows-1258 and TCVN 5712:1993 (the
three-letter “ABC” fonts of the 1990s, still exported by old school software) are both single
bytes, so both are tried and the reading that yields Vietnamese letters wins.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from sobo.intake.reading.refusals import FileRefused
from sobo.kernel.vietnamese import search_key

TCVN3_LOWER = {
    0xB5: "à", 0xB8: "á", 0xB6: "ả", 0xB7: "ã", 0xB9: "ạ",
    0xA8: "ă", 0xBB: "ằ", 0xBE: "ắ", 0xBC: "ẳ", 0xBD: "ẵ", 0xC6: "ặ",
    0xA9: "â", 0xC7: "ầ", 0xCA: "ấ", 0xC8: "ẩ", 0xC9: "ẫ", 0xCB: "ậ",
    0xAE: "đ",
    0xCC: "è", 0xD0: "é", 0xCE: "ẻ", 0xCF: "ẽ", 0xD1: "ẹ",
    0xAA: "ê", 0xD2: "ề", 0xD5: "ế", 0xD3: "ể", 0xD4: "ễ", 0xD6: "ệ",
    0xD7: "ì", 0xDD: "í", 0xD8: "ỉ", 0xDC: "ĩ", 0xDE: "ị",
    0xDF: "ò", 0xE3: "ó", 0xE1: "ỏ", 0xE2: "õ", 0xE4: "ọ",
    0xAB: "ô", 0xE5: "ồ", 0xE8: "ố", 0xE6: "ổ", 0xE7: "ỗ", 0xE9: "ộ",
    0xAC: "ơ", 0xEA: "ờ", 0xED: "ớ", 0xEB: "ở", 0xEC: "ỡ", 0xEE: "ợ",
    0xEF: "ù", 0xF3: "ú", 0xF1: "ủ", 0xF2: "ũ", 0xF4: "ụ",
    0xAD: "ư", 0xF5: "ừ", 0xF8: "ứ", 0xF6: "ử", 0xF7: "ữ", 0xF9: "ự",
    0xFA: "ỳ", 0xFD: "ý", 0xFB: "ỷ", 0xFC: "ỹ", 0xFE: "ỵ",
}  # fmt: skip
TCVN3_UPPER = {
    0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ",
}  # fmt: skip
TCVN3_LETTERS = {**TCVN3_LOWER, **TCVN3_UPPER}
TCVN3 = "tcvn3"

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# A syllable without its marks; names of other peoples need not fit, most words of a file do.
SYLLABLE = re.compile(
    r"(?:ngh?|nh|ph|th|tr|ch|gh|gi|kh|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
WORD = re.compile(r"[^\W\d_]+")
TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE_LETTERS = frozenset("bcdđghklmnpqrstvx") | {
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES)
}
ACCEPTED_SHARE = 0.6
UTF16_NUL_SHARE = 0.2


def strip_byte_order_mark(content: bytes) -> bytes:
    for mark in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].replace(b"\0", b"")
    return content


def is_binary(sample: bytes) -> bool:
    """True for content that is no text in any of the encodings we read."""
    if sample.startswith(tuple(BYTE_ORDER_MARKS)) or _looks_like_utf16(sample):
        return False
    controls = sum(sample.count(code) for code in range(32) if code not in b"\t\n\r\f\x1a")
    return controls > 0


def _looks_like_utf16(sample: bytes) -> bool:
    """UTF-16 without its mark: the letters of ASCII leave every other byte empty."""
    pairs = max(1, len(sample) // 2)
    low_empty, high_empty = sample[0::2].count(0), sample[1::2].count(0)
    lopsided = min(low_empty, high_empty) * 20 <= max(low_empty, high_empty)
    return lopsided and max(low_empty, high_empty) > UTF16_NUL_SHARE * pairs


def guess_encoding(sample: bytes) -> str:
    """Name the encoding of the beginning of a text file (a Python codec name, or TCVN3).

    Raises FileRefused (TA-0009) where no reading gives Vietnamese text.
    """
    for mark, name in BYTE_ORDER_MARKS.items():
        if sample.startswith(mark):
            return name
    if _looks_like_utf16(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    if _is_utf8(sample):
        return "utf-8"
    share = {name: _vietnamese_share(decode(sample, name)) for name in ("cp1258", TCVN3)}
    best = max(share, key=lambda name: share[name])
    if share[best] < ACCEPTED_SHARE:
        raise FileRefused("TA-0009")
    return best


def _is_utf8(sample: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)  # not final: the sample may end inside a letter
    except UnicodeDecodeError:
        return False
    return True


def decode(content: bytes, encoding: str) -> str:
    """Decode to composed text (NFC); bytes that mean nothing become U+FFFD."""
    if encoding == TCVN3:
        return content.decode("latin-1").translate(TCVN3_LETTERS)
    return unicodedata.normalize("NFC", content.decode(encoding, errors="replace"))


def _vietnamese_share(text: str) -> float:
    """The share of Vietnamese syllables among the words that go beyond ASCII."""
    words = [word for word in WORD.findall(text.lower()) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    tones = sum(mark in TONES for mark in unicodedata.normalize("NFD", word))
    is_spelled_so = SYLLABLE.fullmatch(search_key(word)) is not None
    return tones <= 1 and is_spelled_so and VIETNAMESE_LETTERS.issuperset(word)
