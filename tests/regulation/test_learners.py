"""Learners (HS): age, class, status, schooling, likeness.

Age is the year the school year starts in less the year of birth (Luật Giáo dục 2019 Đ28): in
2026-2027 a child of grade 1 is born in 2020, and may be up to three years late.
"""

from datetime import date

import pytest

from .tables import Line, Table, breaks, holds, kept_on, lines_of, name_of

PRESCHOOL = {"levels": ["01"], "preschool_kind": "01"}
BOTH_SECONDARY = {"levels": ["03", "04"], "main_level": "03"}
IN_FEBRUARY = date(2027, 2, 10)

AGE: Table = {
    "HS-0201": [
        holds("6 by the calendar", grade="18", birth="2020-01-01", school=PRESCHOOL),
        holds("7, but in grade 1", grade="1", birth="2019-12-31"),
        breaks("7 by the calendar", grade="18", birth="2019-12-31", school=PRESCHOOL),
    ],
    "HS-0202": [
        holds("3 months on 30 September", grade="13", birth="2026-06-30", school=PRESCHOOL),
        breaks("3 months a day later", grade="13", birth="2026-07-01", school=PRESCHOOL),
    ],
    "HS-0203": [
        holds("25", grade="5", birth="2001"),
        breaks("26", grade="5", birth="2000"),
        breaks("a century out", birth="1920-05-02"),
    ],
    "HS-0204": [
        holds("6 in grade 1, born on 31 December", grade="1", birth="2020-12-31"),
        holds("15 in grade 10", grade="10", birth="2011-12-31", school=BOTH_SECONDARY),
        holds("29 February", grade="1", birth="2020-02-29"),
        holds("only the year is known", grade="1", birth="2020"),
        holds("no birth given", grade="1", birth=None),
        breaks("5 in grade 1, born on 1 January", grade="1", birth="2021-01-01"),
        breaks("10 in grade 6", grade="6", birth="2016-06-01", school=BOTH_SECONDARY),
    ],
    "HS-0205": [
        holds("9 in grade 1: three years late", grade="1", birth="2017-01-01"),
        holds("10 in grade 1, with a decision", grade="1", birth="2016-12-31",
              age_decision="12/QĐ-UBND"),
        breaks("10 in grade 1: four years late", grade="1", birth="2016-12-31"),
        breaks("19 in grade 10", grade="10", birth="2007", school=BOTH_SECONDARY),
    ],
    "HS-0206": [
        holds("3 months and 0 days in 3–12", grade="13", birth="2026-06-30", school=PRESCHOOL),
        holds("12 months and 29 days still in 3–12", grade="13", birth="2025-09-01",
              school=PRESCHOOL),
        holds("36 months in 25–36", grade="15", birth="2023-09-30", school=PRESCHOOL),
        holds("kindergarten goes by years", grade="16", birth="2023-10-02", school=PRESCHOOL),
        breaks("13 months in 3–12", grade="13", birth="2025-08-30", school=PRESCHOOL),
        breaks("12 months in 13–24", grade="14", birth="2025-09-01", school=PRESCHOOL),
        breaks("37 months in 25–36", grade="15", birth="2023-08-30", school=PRESCHOOL),
    ],
    "HS-0207": [
        holds("5 in the class 5–6", grade="18", birth="2021-12-31", school=PRESCHOOL),
        holds("3 in the class 3–4", grade="16", birth="2023-01-01", school=PRESCHOOL),
        holds("nursery goes by months", grade="15", birth="2024-01-01", school=PRESCHOOL),
        breaks("4 in the class 5–6", grade="18", birth="2022-01-01", school=PRESCHOOL),
        breaks("6 in the class 5–6", grade="18", birth="2020-12-31", school=PRESCHOOL),
    ],
    "HS-0208": [
        holds("nursery, full date", grade="14", birth="2025-03-03", school=PRESCHOOL),
        holds("kindergarten, only the year", grade="17", birth="2022", school=PRESCHOOL),
        holds("no birth at all is another finding", grade="14", birth=None, school=PRESCHOOL),
        breaks("nursery, only the month", grade="14", birth="2025-03", school=PRESCHOOL),
    ],
    "HS-0209": [
        holds("entered today", entered_on="2026-10-12"),
        breaks("entered tomorrow", entered_on="2026-10-13"),
        breaks("entered before birth", birth="2020", entered_on="2019-12-31"),
    ],
    "HS-0210": [
        holds("9", grade="4", birth="2017", is_pioneer=True),
        holds("8 by the calendar may turn 9 this school year", birth="2018", is_pioneer=True),
        holds("no pioneer", birth="2020", is_pioneer=False),
        breaks("7", grade="2", birth="2019", is_pioneer=True),
        breaks("17", grade="12", birth="2009", is_pioneer=True),
    ],
    "HS-0211": [
        holds("16", grade="11", birth="2010", is_union_member=True),
        holds("15 by the calendar may turn 16 this school year", birth="2011",
              is_union_member=True),
        breaks("14", grade="9", birth="2012", is_union_member=True),
    ],
    "HS-0212": [
        holds("one of the two", is_pioneer=True, is_union_member=False),
        breaks("both", is_pioneer=True, is_union_member=True),
    ],
}  # fmt: skip

PLACEMENT: Table = {
    "HS-0301": [
        holds("a class of this year", school_class="1A"),
        breaks("no such class", school_class="1Z"),
    ],
    "HS-0302": [
        holds("the class's grade", grade="1"),
        holds("another grade in a merged class", grade="2",
              beside={"classes": [{"is_merged": True}]}),
        holds("an unknown class is another finding", grade="2", school_class="1Z"),
        breaks("another grade", grade="2"),
    ],
    "HS-0303": [
        holds("grade 5 in a primary school", grade="5"),
        breaks("grade 6 in a primary school", grade="6"),
        breaks("kindergarten in a primary school", grade="18"),
    ],
    "HS-0304": [
        holds("the lowest grade", grade="1", beside={"classes": [{"is_merged": True}]}),
        holds("a higher one", grade="2", beside={"classes": [{"is_merged": True}]}),
        holds("grade 10 is above grade 9", grade="10", school={"levels": ["05"]},
              beside={"classes": [{"grade": "9", "is_merged": True}]}),
        breaks("a lower one", grade="1",
               beside={"classes": [{"grade": "2", "is_merged": True}]}),
        breaks("another level", grade="18", school={"levels": ["01", "02"]},
               beside={"classes": [{"grade": "1", "is_merged": True}]}),
    ],
    "HS-0305": [
        holds("as the class", two_sessions=True),
        breaks("not as the class", two_sessions=False),
    ],
    "HS-0306": [
        holds("day boarding class", day_boarder=True),
        holds("no boarder", day_boarder=False, beside={"classes": [{"day_boarding": False}]}),
        breaks("no day boarding", day_boarder=True, beside={"classes": [{"day_boarding": False}]}),
    ],
    "HS-0307": [
        holds("two sessions", day_boarder=True, two_sessions=True),
        breaks("one session", day_boarder=True, two_sessions=False),
    ],
    "HS-0308": [
        holds("day boarder", day_boarder=True, boarding_kind="02"),
        holds("ethnic day boarder", day_boarder=False, ethnic_day_boarder=True,
              boarding_kind="01"),
        breaks("no boarder", day_boarder=False, boarding_kind="02"),
    ],
}  # fmt: skip

STATUS: Table = {
    "HS-0401": [
        holds("left, with the reason", status="05", leaving_reason="01"),
        holds("studying", status="01"),
        breaks("studying, with a reason", status="01", leaving_reason="01"),
        breaks("moved away, with a reason", status="04", leaving_reason="03"),
    ],
    "HS-0402": [
        holds("moved away within the province", status="04", moved_to="01"),
        breaks("studying, with a destination", status="01", moved_to="01"),
        breaks("left school, with a destination", status="12", moved_to="02"),
    ],
    "HS-0403": [
        holds("moved in in semester 1", status="02"),
        holds("in February, semester 2 runs", status="06", on=IN_FEBRUARY),
        breaks("in October, semester 2 has not begun", status="06"),
        breaks("left in semester 2, in October", status="09"),
    ],
    "HS-0404": [
        holds("moved away in September", status="04", status_on="2026-09-20"),
        holds("left in the summer", status="12", status_on="2026-07-01"),
        holds("came in February", status="06", status_on="2027-02-01", on=IN_FEBRUARY),
        holds("studying since ever", status="01", status_on="2024-09-05"),
        breaks("semester 1, in May", status="04", status_on="2026-05-20"),
        breaks("semester 2, in October", status="08", status_on="2026-10-01"),
        breaks("summer, in October", status="11", status_on="2026-10-01"),
    ],
    "HS-0405": [
        holds("studying needs no day", status="01"),
        holds("moved in, with the day", status="02", status_on="2026-10-01"),
        breaks("moved in, no day", status="02"),
    ],
    "HS-0406": [
        holds("today", status_on="2026-10-12"),
        breaks("tomorrow", status_on="2026-10-13"),
    ],
    "HS-0407": [
        holds("moved in", status="02", admission="3"),
        holds("newly recruited", status="01", admission="1"),
        breaks("moved in and newly recruited", status="10", admission="1"),
    ],
    "HS-0408": [
        holds("for a trade after grade 9", grade="9", status="05", leaving_reason="08",
              school=BOTH_SECONDARY),
        holds("for poverty in grade 1", status="05", leaving_reason="01"),
        breaks("for a trade in grade 1", status="05", leaving_reason="08"),
    ],
}  # fmt: skip

SCHOOLING: Table = {
    "HS-0501": [
        holds("repeats", repeats=True, is_new_in_level=False),
        breaks("repeats and new", repeats=True, is_new_in_level=True),
    ],
    "HS-0502": [
        holds("grade 1", grade="1", is_new_in_level=True),
        holds("grade 3, moved in", grade="3", status="02", is_new_in_level=True),
        holds("grade 3, came back", grade="3", status="03", is_new_in_level=True),
        breaks("grade 3", grade="3", is_new_in_level=True),
    ],
    "HS-0503": [
        holds("new in grade 1", is_new_in_level=True),
        holds("repeats grade 1", is_new_in_level=False, repeats=True),
        holds("grade 2 needs neither", grade="2", is_new_in_level=False),
        breaks("neither", is_new_in_level=False, repeats=False),
    ],
    "HS-0504": [
        holds("repeats, admitted so", admission="2", repeats=True),
        holds("moved up", admission="6", repeats=False),
        holds("admission not given", repeats=True),
        breaks("admitted as repeating, but does not", admission="2", repeats=False),
        breaks("repeats, admitted as new", admission="1", repeats=True),
    ],
    "HS-0511": [
        holds("with the kind", is_inclusive=True, disability="02"),
        breaks("without", is_inclusive=True),
    ],
    "HS-0512": [
        holds("ordinary class", is_inclusive=True, disability="02",
              beside={"classes": [{"is_special": False}]}),
        breaks("special class", is_inclusive=True, disability="02",
               beside={"classes": [{"is_special": True}]}),
    ],
    "HS-0513": [
        holds("disabled", disability="05", beside={"classes": [{"is_special": True}]}),
        breaks("not disabled", beside={"classes": [{"is_special": True}]}),
    ],
    "HS-0514": [
        holds("in inclusion", disability="01", is_inclusive=True),
        holds("in a special class", disability="01", beside={"classes": [{"is_special": True}]}),
        breaks("in neither", disability="01"),
    ],
    "HS-0515": [
        holds("disabled", is_not_assessed=True, disability="05"),
        breaks("not disabled", is_not_assessed=True),
    ],
    "HS-0521": [
        holds("Tày", ethnic_day_boarder=True, ethnic_group="02"),
        breaks("Kinh", ethnic_day_boarder=True, ethnic_group="01"),
        breaks("foreigner", ethnic_day_boarder=True, ethnic_group="55"),
    ],
    "HS-0522": [
        holds("at a PTDT bán trú", ethnic_day_boarder=True, school={"kind": "01"}),
        holds("in an especially difficult area", ethnic_day_boarder=True,
              school={"is_especially_difficult": True}),
        breaks("at a school of the city", ethnic_day_boarder=True),
    ],
    "HS-0523": [
        holds("Hmông", has_teaching_assistant=True, ethnic_group="08"),
        breaks("Kinh", has_teaching_assistant=True, ethnic_group="01"),
    ],
    "HS-0524": [
        holds("the mother's", ethnic_group="08", father_is_minority=False,
              mother_is_minority=True),
        holds("the father is not said", ethnic_group="08", mother_is_minority=False),
        breaks("neither parent's", ethnic_group="08", father_is_minority=False,
               mother_is_minority=False),
    ],
}  # fmt: skip

LIKENESS: Table = {
    "HS-0601": [
        holds("another name", beside={"learners": [{"full_name": "Nguyễn Minh Ân"}]}),
        holds("another birth", beside={"learners": [{"birth": "2020-05-03"}]}),
        holds("told apart by numbers", personal_number="079220123456",
              beside={"learners": [{"personal_number": "079220999999"}]}),
        breaks("the same row again", beside={"learners": [{}]}),
        breaks("the same in capitals", full_name="NGUYỄN MINH AN", beside={"learners": [{}]}),
    ],
    "HS-0602": [
        holds("another birth", beside={"learners": [{"full_name": "Nguyen Minh An",
                                                     "birth": "2020-05-03"}]}),
        holds("only the year is known", birth="2020",
              beside={"learners": [{"full_name": "Nguyễn Minh Ân", "birth": "2020"}]}),
        breaks("the same without marks", beside={"learners": [{"full_name": "Nguyen Minh An"}]}),
        breaks("the same in another class", beside={"learners": [{"school_class": "1B"}]}),
    ],
    "HS-0603": [
        holds("here alone", enrolled_elsewhere=False),
        holds("moved away from here", status="04", enrolled_elsewhere=True),
        breaks("here and there", enrolled_elsewhere=True),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), lines_of(AGE), ids=name_of)
def test_rules_of_age(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}


@pytest.mark.parametrize(("rule", "line"), lines_of(PLACEMENT), ids=name_of)
def test_rules_of_placement(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}


@pytest.mark.parametrize(("rule", "line"), lines_of(STATUS), ids=name_of)
def test_rules_of_status(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}


@pytest.mark.parametrize(("rule", "line"), lines_of(SCHOOLING), ids=name_of)
def test_rules_of_schooling(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}


@pytest.mark.parametrize(("rule", "line"), lines_of(LIKENESS), ids=name_of)
def test_rules_of_likeness(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
