"""Staff (NS)."""

import pytest

from .tables import Line, Row, Table, breaks, holds, kept_on, lines_of, name_of

AS_TEACHER: Row = {"group": "2", "position": "GV"}
AS_EMPLOYEE: Row = {"group": "3", "position": "11"}
PRESCHOOL = {"levels": ["01"], "preschool_kind": "01"}
LOWER_SECONDARY = {"levels": ["03"]}
PRIVATE = {"ownership": "3"}

TABLE: Table = {
    "NS-0101": [
        holds("another name", beside={"staff": [{"full_name": "Phạm Hải", "code": None}]}),
        holds("namesakes told apart by their codes", beside={"staff": [{"code": "7900000009"}]}),
        breaks("the same row again", code=None, beside={"staff": [{"code": None}]}),
    ],
    "NS-0102": [
        holds("18 this year", birth="2008-12-31"),
        breaks("17 this year", birth="2009-01-01"),
    ],
    "NS-0103": [
        holds("70 this year", birth="1956-01-01"),
        breaks("71 this year", birth="1955"),
    ],
    "NS-0104": [
        holds("on the eighteenth birthday", birth="1980-06-15", recruited_on="1998-06-15"),
        holds("born on 29 February", birth="1980-02-29", recruited_on="1998-02-28"),
        holds("only the year is known", birth="1980", recruited_on="1998-01-01"),
        breaks("the day before", birth="1980-06-15", recruited_on="1998-06-14"),
        breaks("the year before", birth="1980", recruited_on="1997-12-31"),
    ],
    "NS-0105": [
        holds("today", recruited_on="2026-10-12"),
        breaks("tomorrow", recruited_on="2026-10-13"),
    ],
    "NS-0106": [
        holds("today", status_on="2026-10-12"),
        breaks("tomorrow", status_on="2026-10-13"),
    ],
    "NS-0107": [
        holds("10 digits", insurance_number="7912345678"),
        breaks("9 digits", insurance_number="791234567"),
        breaks("the personal number", insurance_number="079175123456"),
    ],
    "NS-0201": [
        holds("a head is a manager", group="1", position="01"),
        holds("a cook is an employee", group="3", position="31"),
        breaks("a teacher called employee", group="3", position="GV"),
    ],
    "NS-0202": [
        holds("a post of a school", position="02"),
        breaks("head of a division", position="07"),
    ],
    "NS-0203": [
        holds("one head", beside={"staff": [AS_TEACHER | {"code": "7900000009"}]}),
        holds("the former one has retired", beside={"staff": [{"status": "6"}]}),
        holds("a deputy beside two heads", position="02",
              beside={"staff": [{"code": "7900000008"}, {"code": "7900000009"}]}),
        breaks("two heads", beside={"staff": [{"code": "7900000009"}]}),
    ],
    "NS-0204": [
        holds("a visiting teacher", contract="5", **AS_TEACHER),
        breaks("a visiting head", contract="5"),
    ],
    "NS-0205": [
        holds("public employee at a public school", contract="1"),
        holds("labour contract at a private school", contract="3", school=PRIVATE),
        breaks("public employee at a private school", contract="1", school=PRIVATE),
    ],
    "NS-0206": [
        holds("at a public school", is_civil_servant=True),
        breaks("at a private school", is_civil_servant=True, school=PRIVATE),
    ],
    "NS-0207": [
        holds("the school's level", level="02"),
        holds("shared: counted at the main level", level=None,
              school={"levels": ["02", "03"], "main_level": "03"}),
        breaks("another level", level="04"),
    ],
    "NS-0208": [
        holds("kindergarten teacher", section="MG", school=PRESCHOOL, **AS_TEACHER),
        holds("the head needs none", school=PRESCHOOL),
        breaks("which of the two?", school=PRESCHOOL, **AS_TEACHER),
    ],
    "NS-0209": [
        holds("an employee", has_several_duties=True, **AS_EMPLOYEE),
        breaks("a teacher", has_several_duties=True, **AS_TEACHER),
    ],
    "NS-0210": [
        holds("working"),
        holds("retired, with the day", status="6", status_on="2026-09-01"),
        breaks("retired, no day", status="6"),
    ],
    "NS-0301": [
        holds("college of pedagogy", qualification="17", school=PRESCHOOL, **AS_TEACHER),
        holds("an employee needs none", qualification="05", school=PRESCHOOL, **AS_EMPLOYEE),
        breaks("secondary school of pedagogy", qualification="18", school=PRESCHOOL, **AS_TEACHER),
    ],
    "NS-0302": [
        holds("degree in pedagogy", qualification="16", **AS_TEACHER),
        holds("degree with the certificate", qualification="13", **AS_TEACHER),
        breaks("degree alone", qualification="03", **AS_TEACHER),
        breaks("college of pedagogy", qualification="17", **AS_TEACHER),
    ],
    "NS-0303": [
        holds("mathematics", subjects=["TOC"], school=LOWER_SECONDARY, **AS_TEACHER),
        holds("primary teachers teach them all", **AS_TEACHER),
        breaks("none", school=LOWER_SECONDARY, **AS_TEACHER),
        breaks("an empty list", subjects=[], school=LOWER_SECONDARY, **AS_TEACHER),
    ],
    "NS-0304": [
        holds("none", **AS_EMPLOYEE),
        breaks("mathematics", subjects=["TOC"], **AS_EMPLOYEE),
    ],
    "NS-0305": [
        holds("two sessions", teaches_one_session=False, teaches_two_sessions=True),
        breaks("both", teaches_one_session=True, teaches_two_sessions=True),
    ],
    "NS-0306": [
        holds("a teacher", good_teacher="02", **AS_TEACHER),
        breaks("an employee", good_teacher="02", **AS_EMPLOYEE),
    ],
    "NS-0307": [
        holds("a teacher", is_pioneer_leader=True, group="2", position="TPT"),
        breaks("an employee", is_pioneer_leader=True, **AS_EMPLOYEE),
    ],
    "NS-0308": [
        holds("a head", professional_standard="1"),
        breaks("an employee", professional_standard="1", **AS_EMPLOYEE),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), lines_of(TABLE), ids=name_of)
def test_rules_of_staff(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
