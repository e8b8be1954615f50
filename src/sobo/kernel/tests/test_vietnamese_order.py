"""Lists of names and places in Vietnamese order."""

import random
import unicodedata

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sobo.kernel import vietnamese

# Each list is in order already: reading a shuffled copy must bring it back.
IN_ORDER = {
    "given name, then family name, then middle names": [
        "Trần Thị An",
        "Lê Bình",
        "Lê Văn Bình",
        "Nguyễn Anh Bình",
        "Nguyễn Văn Bình",
        "Đỗ Cường",
    ],
    "letters of the alphabet, with đ behind d": [
        "La A",
        "La Ă",
        "La Â",
        "La B",
        "La D",
        "La Đ",
        "La E",
        "La Ê",
        "La O",
        "La Ô",
        "La Ơ",
        "La P",
        "La U",
        "La Ư",
        "La V",
        "La Y",
    ],
    "tones: none, huyền, hỏi, ngã, sắc, nặng": [
        "Vũ Ma",
        "Vũ Mà",
        "Vũ Mả",
        "Vũ Mã",
        "Vũ Má",
        "Vũ Mạ",
    ],
    "a blank is lighter than any letter": ["Võ Thu Trang", "Võ Thục Trang"],
    "letters weigh more than tones": ["Lý Má", "Lý Man"],
    "a shorter name first": ["Lan", "Bùi Lan", "Bùi Thị Lan"],
    "a hyphen weighs little, yet something": ["Lê Nguyễn Văn An", "Lê Nguyễn-Văn An"],
    "capitals stand among their namesakes": ["Hồ Lan", "HỒ LAN", "Trần Lan"],
    "letters of the highlands": ["Y Blo", "Y Blŏ", "Y Blô"],
}

PLACES_IN_ORDER = [
    "B'Lao",
    "Ba Chẽ",
    "Bá Thước",
    "Cầu Giấy",
    "Đắk Lắk",
    "Phường 1",
    "Phường 2",
    "Phường 10",
    "Phường An Khánh",
    "Phường An Lạc",
    "Xã Ân Hảo",
]


@pytest.mark.parametrize("names", IN_ORDER.values(), ids=IN_ORDER.keys())
def test_names_of_a_list_stand_in_order(names: list[str]) -> None:
    for seed in range(5):
        shuffled = random.Random(seed).sample(names, len(names))
        assert sorted(shuffled, key=vietnamese.sort_key) == names


def test_places_stand_in_order_with_numbers_as_numbers() -> None:
    shuffled = random.Random(7).sample(PLACES_IN_ORDER, len(PLACES_IN_ORDER))
    assert sorted(shuffled, key=vietnamese.place_sort_key) == PLACES_IN_ORDER


@pytest.mark.parametrize(
    "spelling",
    [
        unicodedata.normalize("NFD", "Nguyễn Thị Hồng Ngọc"),
        "  Nguyễn  Thị\tHồng\nNgọc ",
        "Nguyễn Thị\u00a0Hồng Ngọc\u200b",
    ],
    ids=["decomposed", "stray blanks", "copied from a web page"],
)
def test_spellings_that_look_the_same_stand_together(spelling: str) -> None:
    assert vietnamese.sort_key(spelling) == vietnamese.sort_key("Nguyễn Thị Hồng Ngọc")


vietnamese_text = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẩỗớựĐÐŎẮ  \t\u00a0\u200b\u0300\u0323'-019中",
    max_size=30,
)


@given(st.lists(st.none() | vietnamese_text))
@example(["Võ Thu Trang", None, "", " ", "a", "a  b", "\u200b", " \u0300x y"])
def test_a_column_gets_the_keys_its_names_get(names: list[str | None]) -> None:
    column = vietnamese.sort_keys(pl.Series("full_name", names, dtype=pl.String))
    assert column.dtype == pl.Binary
    assert column.name == "full_name"
    assert column.to_list() == [
        None if name is None else vietnamese.sort_key(name) for name in names
    ]


@given(vietnamese_text, vietnamese_text)
def test_only_spelling_can_make_two_keys_equal(one: str, other: str) -> None:
    if vietnamese.place_sort_key(one) == vietnamese.place_sort_key(other):
        same_letters = [vietnamese.search_key(text).replace("0", "") for text in (one, other)]
        assert same_letters[0] == same_letters[1]
