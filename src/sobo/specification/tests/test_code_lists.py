"""The published code lists: whole, in both languages, and never ambiguous."""

import json
import unicodedata
from collections import Counter
from importlib import resources

import pytest

from sobo.kernel.vietnamese import search_key
from sobo.specification import codelists
from sobo.specification.codelists import CodeList, Item, code_list

NAMES = sorted(
    path.name.removesuffix(".json")
    for path in resources.files(codelists).iterdir()
    if path.name.endswith(".json")
)
LISTS = [pytest.param(code_list(name), id=name) for name in NAMES]

SPELLINGS_THAT_NEED_THEIR_MARKS = {"COUNTRY": {"ao", "bi", "my"}}


def _spellings(item: Item) -> set[str]:
    return {item.code, item.vi, *item.aliases}


def _shared(items: tuple[Item, ...], spell: dict[str, set[str]]) -> set[str]:
    counts = Counter(text for item in items for text in spell[item.code])
    return {text for text, count in counts.items() if count > 1}


@pytest.mark.parametrize("listed", LISTS)
def test_a_list_is_named_sourced_and_labelled_in_both_languages(listed: CodeList) -> None:
    assert listed.items
    assert all([listed.title_vi, listed.title_en, listed.edition, listed.source])
    for item in listed.items:
        assert all(text.strip() == text != "" for text in (item.code, item.vi, item.en))
        assert all(alias.strip() == alias != "" for alias in item.aliases)


@pytest.mark.parametrize("listed", LISTS)
def test_a_list_says_what_is_not_sure_about_it(listed: CodeList) -> None:
    if listed.partial or any(item.attributes.get("own") for item in listed.items):
        assert listed.doubt


@pytest.mark.parametrize("listed", LISTS)
def test_codes_are_unique_and_fit_their_column(listed: CodeList) -> None:
    codes = [item.code for item in listed.items]
    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) <= 20


@pytest.mark.parametrize("listed", LISTS)
def test_what_people_type_means_one_item(listed: CodeList) -> None:
    typed = {item.code: {text.casefold() for text in _spellings(item)} for item in listed.items}
    assert _shared(listed.items, typed) == set()


@pytest.mark.parametrize("listed", LISTS)
def test_marks_may_be_left_out_but_where_noted(listed: CodeList) -> None:
    unmarked = {item.code: {search_key(text) for text in _spellings(item)} for item in listed.items}
    noted = SPELLINGS_THAT_NEED_THEIR_MARKS.get(listed.name, set())
    assert _shared(listed.items, unmarked) == noted


@pytest.mark.parametrize("listed", LISTS)
def test_levels_are_levels(listed: CodeList) -> None:
    assert {level for item in listed.items for level in item.levels} <= set(
        code_list("LEVEL").by_code
    )


def test_files_are_composed_and_named_as_their_list() -> None:
    folder = resources.files("sobo.specification.codelists")
    for path in folder.iterdir():
        if path.name.endswith(".json"):
            text = path.read_text(encoding="utf-8")
            assert unicodedata.is_normalized("NFC", text), path.name
            assert json.loads(text)["list"] == path.name.removesuffix(".json")


@pytest.mark.parametrize(
    ("name", "code", "label", "wire_2020"),
    [
        ("OWNERSHIP", "2", "Dân lập", "03"),
        ("OWNERSHIP", "3", "Tư thục", "09"),
        ("STAFF_GROUP", "2", "Giáo viên", "03"),
        ("STAFF_GROUP", "3", "Nhân viên", "02"),
        ("STAFF_STATUS", "2", "Chuyển đến", "07"),
        ("CONTRACT_KIND", "5", "Thỉnh giảng", "06"),
        ("CONTRACT_KIND", "7", "Viên chức, hợp đồng làm việc xác định thời hạn", "08"),
        ("NATIONAL_STANDARD", "2", "Mức độ 2", "03"),
        ("FOREIGN_LANGUAGE", "2", "Tiếng Nhật", "10"),
        ("RELIGION", "13", "Bà-la-môn", None),
        ("RELIGION", "15", "Tôn giáo khác", "13"),
        ("GRADE", "13", "3-12 tháng", "16"),
        ("GRADE", "9", "Lớp 9", "09"),
    ],
)
def test_a_code_whose_meaning_moved_is_joined_by_meaning(
    name: str, code: str, label: str, wire_2020: str | None
) -> None:
    item = code_list(name).by_code[code]
    assert (item.vi, item.wire_2020) == (label, wire_2020)


def test_ethnic_groups_are_54_with_16_very_small_and_all_but_kinh_a_minority() -> None:
    groups = code_list("ETHNIC_GROUP")
    assert len(groups.with_attribute("is_minority")) == 53
    assert "01" not in groups.with_attribute("is_minority")
    assert len(groups.with_attribute("very_small")) == 16
    assert set(groups.with_attribute("very_small")) <= set(groups.with_attribute("is_minority"))


def test_grades_expect_the_age_of_the_law() -> None:
    ages = {item.code: item.attributes["expected_age"] for item in code_list("GRADE").items}
    assert (ages["1"], ages["6"], ages["10"]) == (6, 11, 15)
    assert all(ages[str(code)] is None for code in range(13, 19))


def test_every_region_is_lowland_or_highland() -> None:
    regions = code_list("REGION_KIND")
    lowland, highland = regions.with_attribute("is_lowland"), regions.with_attribute("is_highland")
    assert sorted(lowland + highland) == [item.code for item in regions.items]


def test_degrees_with_a_pedagogy_certificate_count_as_pedagogy_degrees() -> None:
    degrees = code_list("QUALIFICATION").by_code
    pairs = [("16", "13"), ("17", "14"), ("18", "15")]
    for pedagogy, certified in pairs:
        group = degrees[pedagogy].attributes["degree_group"]
        assert degrees[certified].attributes["degree_group"] == group != "other"
    assert degrees["03"].attributes["degree_group"] == "other"
