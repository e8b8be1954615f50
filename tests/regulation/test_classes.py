"""Classes (LO): sizes are those of the dated norms, merged classes bear their lowest grade."""

from datetime import date

import pytest

from .tables import TEACHER, Line, Row, Table, breaks, holds, kept_on, lines_of, name_of

PRESCHOOL = {"levels": ["01"], "preschool_kind": "01"}
UPPER_SECONDARY = {"levels": ["04"], "kind": "07"}


def learners(count: int, **row: object) -> dict[str, list[Row]]:
    """So many learners in the line's class."""
    return {
        "learners": [{"full_name": f"Em {n}", "school_class": "1A", **row} for n in range(count)]
    }


def staff(*lines: Row) -> dict[str, list[Row]]:
    """The staff beside the line's class."""
    return {"staff": [TEACHER | line for line in lines]}


TABLE: Table = {
    "LO-0101": [
        holds("a code of its own", beside={"classes": [{"code": "1B"}]}),
        breaks("another class's code", beside={"classes": [{"code": "1A"}]}),
    ],
    "LO-0102": [
        holds("a name of its own", beside={"classes": [{"code": "1B", "name": "1B"}]}),
        breaks("another class's name", beside={"classes": [{"code": "1B", "name": "1A"}]}),
    ],
    "LO-0103": [
        holds("3A in grade 3", name="3A", grade="3"),
        holds("“Lớp 10 Anh” in grade 10", name="Lớp 10 Anh", grade="10"),
        holds("a name without a number", name="Hoa Hồng", grade="1"),
        holds("a kindergarten may be named 5 tuổi A", name="5 tuổi A", grade="18",
              school=PRESCHOOL),
        breaks("3A in grade 4", name="3A", grade="4"),
        breaks("10A in grade 1", name="10A", grade="1"),
    ],
    "LO-0104": [
        holds("grade 5 in a primary school", grade="5"),
        holds("grade 6 where lower secondary is taught too", grade="6",
              school={"levels": ["02", "03"]}),
        holds("grade 10 in a continuing-education centre", grade="10", school={"levels": ["05"]}),
        breaks("grade 6 in a primary school", grade="6"),
        breaks("kindergarten in a primary school", grade="18"),
    ],
    "LO-0105": [
        holds("5–6 years", grade="18", age_group="06", school=PRESCHOOL),
        holds("3–12 months", grade="13", age_group="01", school=PRESCHOOL),
        breaks("3–4 years in the grade 5–6", grade="18", age_group="04", school=PRESCHOOL),
    ],
    "LO-0106": [
        holds("a campus of the school", campus="D1"),
        holds("the main site", campus=None),
        breaks("no such campus", campus="D9"),
    ],
    "LO-0201": [
        holds("there is such a class", merged_with="2A",
              beside={"classes": [{"code": "2A", "grade": "2"}]}),
        holds("not merged"),
        breaks("there is none", merged_with="2A"),
    ],
    "LO-0202": [
        holds("with another class", merged_with="2A"),
        breaks("with itself", code="1A", merged_with="1A"),
    ],
    "LO-0203": [
        holds("same campus", merged_with="2A", campus="D1",
              beside={"classes": [{"code": "2A", "campus": "D1"}]}),
        holds("both on the main site", merged_with="2A", campus=None,
              beside={"classes": [{"code": "2A", "campus": None}]}),
        breaks("campus and main site", merged_with="2A", campus="D1",
               beside={"classes": [{"code": "2A", "campus": None}]}),
    ],
    "LO-0204": [
        holds("grades 1 and 2", merged_with="2A",
              beside={"classes": [{"code": "2A", "grade": "2"}]}),
        breaks("grades 5 and 6", grade="5", merged_with="6A", school={"levels": ["02", "03"]},
               beside={"classes": [{"code": "6A", "grade": "6"}]}),
    ],
    "LO-0205": [
        holds("merged, with its partner", is_merged=True, merged_with="2A"),
        holds("neither"),
        breaks("a partner, but not merged", is_merged=False, merged_with="2A"),
        breaks("merged ages, but not merged", is_merged=False, merged_ages=2),
    ],
    "LO-0206": [
        holds("each names the other", code="1A", merged_with="2A",
              beside={"classes": [{"code": "2A", "merged_with": "1A"}]}),
        holds("the other names none", code="1A", merged_with="2A",
              beside={"classes": [{"code": "2A"}]}),
        breaks("the other names a third", code="1A", merged_with="2A",
               beside={"classes": [{"code": "2A", "merged_with": "3A"}]}),
    ],
    "LO-0207": [
        holds("two ages, two merged", merged_ages=2, grade="16", school=PRESCHOOL,
              beside={"learners": [{"grade": "16"}, {"grade": "17"}]}),
        holds("no child yet", merged_ages=3, beside={"learners": []}),
        breaks("two ages, three merged", merged_ages=3, grade="16", school=PRESCHOOL,
               beside={"learners": [{"grade": "16"}, {"grade": "17"}]}),
    ],
    "LO-0208": [
        holds("a merged class of two grades", is_merged=True,
              beside={"learners": [{"grade": "1"}, {"grade": "2"}]}),
        holds("one grade", beside={"learners": [{"grade": "1"}]}),
        breaks("two grades, not merged", is_merged=False,
               beside={"learners": [{"grade": "1"}, {"grade": "2"}]}),
    ],
    "LO-0301": [
        holds("35 in grade 1", beside=learners(35)),
        holds("36 of whom one has moved away", beside={
            "learners": [*learners(35)["learners"], {"full_name": "Em đi", "status": "04"}]}),
        holds("45 in grade 6", grade="6", school={"levels": ["03"]}, beside=learners(45)),
        holds("15 of 3–12 months", grade="13", school=PRESCHOOL, beside=learners(15)),
        holds("7 in an independent group", grade="15", beside=learners(7),
              school={"levels": ["01"], "preschool_kind": "04"}),
        holds("before any norm at hand", on=date(2019, 10, 12), beside=learners(50)),
        breaks("36 in grade 1", beside=learners(36)),
        breaks("36 in grade 1, under the charter before", on=date(2025, 10, 12),
               beside=learners(36)),
        breaks("46 in grade 6", grade="6", school={"levels": ["03"]}, beside=learners(46)),
        breaks("16 of 3–12 months", grade="13", school=PRESCHOOL, beside=learners(16)),
        breaks("8 in an independent group", grade="15", beside=learners(8),
               school={"levels": ["01"], "preschool_kind": "04"}),
    ],
    "LO-0302": [
        holds("one learner"),
        breaks("none", beside={"learners": []}),
        breaks("only one who has left", beside={"learners": [{"status": "05"}]}),
    ],
    "LO-0303": [
        holds("two in inclusion", beside=learners(2, disability="01", is_inclusive=True)),
        breaks("three in inclusion", beside=learners(3, disability="01", is_inclusive=True)),
        breaks("three in a kindergarten", grade="17", school=PRESCHOOL,
               beside=learners(3, disability="01", is_inclusive=True)),
    ],
    "LO-0304": [
        holds("declared", has_disabled_learners=True, beside=learners(1, disability="02")),
        holds("none", has_disabled_learners=False),
        breaks("denied", has_disabled_learners=False, beside=learners(1, disability="02")),
    ],
    "LO-0305": [
        holds("all disabled", is_special=True, beside=learners(4, disability="05")),
        breaks("one not disabled", is_special=True, beside={
            "learners": [*learners(3, disability="05")["learners"], {"full_name": "Em 9"}]}),
    ],
    "LO-0401": [
        holds("a teacher of the school", form_teacher_code="7900000002"),
        holds("none yet", form_teacher_code=None),
        breaks("a code nobody has", form_teacher_code="7999999999"),
        breaks("a name in place of the code", form_teacher_code="Lê Văn Tâm"),
        breaks("a name two colleagues share", form_teacher_code="Lê Văn Tâm",
               beside=staff({}, {"code": "7900000009"})),
    ],
    "LO-0402": [
        holds("working"),
        holds("waiting for retirement", beside=staff({"status": "5"})),
        breaks("moved away", beside=staff({"status": "3"})),
    ],
    "LO-0403": [
        holds("a teacher"),
        holds("a manager", beside=staff({"group": "1"})),
        breaks("an employee", beside=staff({"group": "3"})),
    ],
    "LO-0404": [
        holds("one class", beside={"classes": [{"code": "1B", "form_teacher_code": None}]}),
        holds("two merged classes", is_merged=True, beside={"classes": [{"code": "2A"}]}),
        breaks("two classes", beside={"classes": [{"code": "1B"}]}),
    ],
    "LO-0405": [
        holds("has one"),
        holds("nursery groups have none", grade="14", form_teacher_code=None, school=PRESCHOOL),
        breaks("has none", form_teacher_code=None),
    ],
    "LO-0501": [
        holds("9 sessions, two a day", sessions_per_week="05", two_sessions=True),
        holds("5 sessions, one a day", sessions_per_week="01", two_sessions=False),
        holds("8 sessions may be either", sessions_per_week="04", two_sessions=False),
        breaks("5 sessions, two a day", sessions_per_week="01", two_sessions=True),
        breaks("10 sessions, one a day", sessions_per_week="06", two_sessions=False),
    ],
    "LO-0502": [
        holds("day boarding, by choice", day_boarding=True, boarding_kind="02"),
        breaks("no day boarding", day_boarding=False, boarding_kind="02"),
    ],
    "LO-0503": [
        holds("two sessions", day_boarding=True, two_sessions=True),
        breaks("one session", day_boarding=True, two_sessions=False),
    ],
    "LO-0504": [
        holds("day boarding", day_boarding=True),
        holds("none boards", day_boarding=False, beside=learners(1, day_boarder=False)),
        breaks("a learner boards", day_boarding=False),
    ],
    "LO-0505": [
        holds("English and French", language_1="1", language_2="7"),
        breaks("English twice", language_1="1", language_2="1"),
    ],
    "LO-0506": [
        holds("English alone", language_1="1"),
        breaks("a second without a first", language_2="7"),
    ],
    "LO-0507": [
        holds("gifted school", is_gifted=True, school={"levels": ["04"], "kind": "09"}),
        holds("ordinary class", is_gifted=False, school=UPPER_SECONDARY),
        breaks("ordinary school", is_gifted=True, school=UPPER_SECONDARY),
    ],
    "LO-0508": [
        holds("gifted, in mathematics", is_gifted=True, gifted_programme="09"),
        breaks("not gifted, in mathematics", is_gifted=False, gifted_programme="09"),
        breaks("not said to be gifted", gifted_programme="09"),
    ],
    "LO-0509": [
        holds("4 periods of English", language_1="1", language_periods="03"),
        breaks("4 periods of nothing", language_periods="03"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), lines_of(TABLE), ids=name_of)
def test_rules_of_classes(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
