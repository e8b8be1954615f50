"""Persons (NG), papers (GT), fathers, mothers and guardians (GH).

A personal number reads: 079 registered in Hồ Chí Minh, 2 a boy born 20xx, 20 the year, six digits.
"""

import pytest

from .tables import Line, Table, breaks, holds, kept_on, lines_of, name_of

BOY_2020, GIRL_2020 = "079220123456", "079320123456"
MAN_1990, WOMAN_1992 = "079090123456", "079192123456"
BOY_1999 = "079099123456"

PERSONS: Table = {
    "NG-0101": [
        holds("boy", sex="1", personal_number=BOY_2020),
        holds("girl", sex="2", personal_number=GIRL_2020),
        holds("no number yet", sex="1"),
        holds("sex not known", sex="0", personal_number=GIRL_2020),
        breaks("girl with a boy's number", sex="2", birth="2020-05-02", personal_number=BOY_2020),
    ],
    "NG-0102": [
        holds("2020", birth="2020-05-02", personal_number=BOY_2020),
        holds("only the year is known", birth="2020", personal_number=BOY_2020),
        holds("a century earlier", birth="1999-01-31", personal_number=BOY_1999),
        breaks("a year out", birth="2019-05-02", personal_number=BOY_2020),
    ],
    "NG-0103": [
        holds("registered and born in Hồ Chí Minh", birth_province="79", personal_number=BOY_2020),
        holds("074 was Bình Dương, now Hồ Chí Minh", birth_province="79",
              personal_number="074220123456"),
        holds("an unknown prefix is never a finding", birth_province="79",
              personal_number="999220123456"),
        breaks("registered elsewhere", birth_province="01", personal_number=BOY_2020),
    ],
    "NG-0104": [
        holds("no one else's", personal_number=BOY_2020,
              beside={"learners": [{"personal_number": GIRL_2020}],
                      "staff": [{"personal_number": MAN_1990}]}),
        holds("two without a number", beside={"learners": [{}], "staff": [{}]}),
        breaks("another row's", personal_number=BOY_2020,
               beside={"learners": [{"personal_number": BOY_2020}],
                       "staff": [{"personal_number": BOY_2020}]}),
    ],
    "NG-0105": [
        holds("no one else's", code="7912345678",
              beside={"learners": [{"code": "7912345679"}], "staff": [{"code": "7912345679"}]}),
        breaks("another row's", code="7912345678",
               beside={"learners": [{"code": "7912345678"}], "staff": [{"code": "7912345678"}]}),
    ],
    "NG-0106": [
        holds("Vietnamese where nothing is said"),
        holds("foreigner with passport", nationality="KR", passport="M12345678"),
        breaks("foreigner without papers", nationality="KR"),
    ],
    "NG-0107": [
        holds("foreigner", ethnic_group="55", nationality="KR"),
        breaks("foreigner by ethnic group alone", ethnic_group="55"),
    ],
    "NG-0108": [
        holds("known", sex="2"),
        breaks("not known", sex="0"),
        breaks("not known, though the number tells", sex="0", birth="2020-05-02",
               personal_number=GIRL_2020),
    ],
    "NG-0201": [
        holds("apostrophe and hyphen", full_name="H'Nga Y-Blơ"),
        holds("decomposed letters pass too", full_name="Lê Thị Hô\N{COMBINING GRAVE ACCENT}ng"),
        breaks("a digit", full_name="Nguyễn Văn An 2"),
        breaks("a sign", full_name="Nguyễn Văn An (mới)"),
    ],
    "NG-0202": [
        holds("two words", full_name="Lê An"),
        breaks("one word", full_name="An"),
    ],
    "NG-0203": [
        holds("as on the birth certificate", full_name="Đỗ Thị Ánh"),
        breaks("all capitals", full_name="ĐỖ THỊ ÁNH"),
    ],
    "NG-0204": [
        holds("born today", birth="2026-10-12"),
        holds("this month, day unknown", birth="2026-10"),
        breaks("born tomorrow", birth="2026-10-13"),
        breaks("next month", birth="2026-11"),
    ],
    "NG-0205": [
        holds("29 February of a leap year", birth="2020-02-29"),
        holds("only month and year", birth="2020-02"),
        breaks("29 February of a common year", birth="2021-02-29"),
        breaks("31 April", birth="2020-04-31"),
    ],
    "NG-0301": [
        holds("commune and province agree", birth_commune="26740", birth_province="79"),
        holds("a commune of before 1/7/2025 is not judged", birth_commune="99999",
              birth_province="79"),
        breaks("they do not", birth_commune="26740", birth_province="01"),
    ],
    "NG-0302": [
        holds("commune and province agree", residence_commune="26740", residence_province="79"),
        breaks("they do not", residence_commune="26740", residence_province="01"),
    ],
    "NG-0303": [
        holds("commune and province agree", origin_commune="00004", origin_province="01"),
        breaks("they do not", origin_commune="00004", origin_province="79"),
    ],
    "GT-0101": [
        holds("issued in the year of birth", birth="2020-05-02", paper_issued_on="2020-05-20"),
        breaks("issued before birth", birth="2020-05-02", paper_issued_on="2019-12-31"),
        breaks("issued tomorrow", paper_issued_on="2026-10-13"),
    ],
}  # fmt: skip

FAMILIES: Table = {
    "GH-1101": [
        holds("a name of his own", father_full_name="Nguyễn Văn Bình"),
        breaks("the learner's name", full_name="Nguyễn Minh An", father_full_name="NGUYỄN MINH AN"),
    ],
    "GH-2101": [
        holds("not named"),
        breaks("the learner's name", full_name="Lê Thị Hoa", mother_full_name="Lê Thị Hoa"),
    ],
    "GH-3101": [
        holds("a grandmother", guardian_full_name="Phạm Thị Tư"),
        breaks("the learner's name", full_name="Lê Thị Hoa", guardian_full_name="Lê Thị Hoa"),
    ],
    "GH-1102": [
        holds("his own number", personal_number=BOY_2020, father_personal_number=MAN_1990),
        breaks("the learner's", personal_number=BOY_2020, father_personal_number=BOY_2020),
    ],
    "GH-2102": [
        holds("her own number", personal_number=BOY_2020, mother_personal_number=WOMAN_1992),
        breaks("the learner's", personal_number=GIRL_2020, mother_personal_number=GIRL_2020),
    ],
    "GH-3102": [
        holds("a number of their own", personal_number=BOY_2020,
              guardian_personal_number=WOMAN_1992),
        breaks("the learner's", personal_number=BOY_2020, guardian_personal_number=BOY_2020),
    ],
    "GH-1103": [
        holds("1990", father_birth_year=1990, father_personal_number=MAN_1990),
        breaks("a year out", father_birth_year=1991, father_personal_number=MAN_1990),
    ],
    "GH-2103": [
        holds("1992", mother_birth_year=1992, mother_personal_number=WOMAN_1992),
        breaks("a year out", mother_birth_year=1991, mother_personal_number=WOMAN_1992),
    ],
    "GH-3103": [
        holds("no number", guardian_birth_year=1960),
        breaks("a year out", guardian_birth_year=1991, guardian_personal_number=WOMAN_1992),
    ],
    "GH-1201": [
        holds("30 when the child was born", birth="2020-05-02", father_birth_year=1990),
        holds("70, the oldest let pass", birth="2020", father_birth_year=1950),
        breaks("71", birth="2020", father_birth_year=1949),
        breaks("younger than the child", birth="2020-05-02", father_birth_year=2021),
    ],
    "GH-2201": [
        holds("14, the youngest let pass", birth="2020", mother_birth_year=2006),
        breaks("13", birth="2020", mother_birth_year=2007),
    ],
    "GH-1202": [
        holds("a man's number", father_personal_number=MAN_1990),
        breaks("a woman's number", father_personal_number=WOMAN_1992),
    ],
    "GH-2202": [
        holds("a woman's number", mother_personal_number=WOMAN_1992),
        breaks("a man's number", mother_personal_number=MAN_1990),
    ],
    "GH-3201": [
        holds("18 this year", guardian_birth_year=2008),
        breaks("17 this year", guardian_birth_year=2009),
    ],
    "GH-4001": [
        holds("two numbers", father_personal_number=MAN_1990, mother_personal_number=WOMAN_1992),
        holds("only one is known", father_personal_number=MAN_1990),
        breaks("one number", father_personal_number=MAN_1990, mother_personal_number=MAN_1990),
    ],
    "GH-4002": [
        holds("two names", father_full_name="Nguyễn Văn Bình", mother_full_name="Trần Thị Lan"),
        breaks("one name", father_full_name="Trần Thị Lan", mother_full_name="Trần thị Lan"),
    ],
    "GH-4003": [
        holds("father named"),
        holds("only a guardian", father_full_name=None, guardian_full_name="Phạm Thị Tư"),
        holds("18 this year", birth="2008-12-31", father_full_name=None),
        breaks("no one", father_full_name=None),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), lines_of(PERSONS), ids=name_of)
def test_rules_of_persons(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}


@pytest.mark.parametrize(("rule", "line"), lines_of(FAMILIES), ids=name_of)
def test_rules_of_families(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
