"""School profile (TR) and campuses (DI)."""

import pytest

from .tables import TEACHER, Line, Table, breaks, holds, kept_on, lines_of, name_of

TABLE: Table = {
    "TR-0101": [
        holds("main level among the levels", levels=["02", "03"], main_level="03"),
        breaks("main level of another school", levels=["02", "03"], main_level="04"),
    ],
    "TR-0102": [
        holds("one level needs no main one", levels=["02"]),
        holds("two levels, main one named", levels=["02", "03"], main_level="02"),
        breaks("two levels, no main one", levels=["02", "03"]),
    ],
    "TR-0103": [
        holds("a community-run preschool", levels=["01"], ownership="2"),
        holds("a private primary school", levels=["02"], ownership="3"),
        breaks("a community-run primary school", levels=["02"], ownership="2"),
        breaks("community-run beyond preschool", levels=["01", "02"], ownership="2"),
    ],
    "TR-0104": [
        holds("gifted upper secondary school", levels=["03", "04"], kind="09"),
        holds("no kind given", kind=None),
        breaks("gifted primary school", levels=["02"], kind="09"),
        breaks("district ethnic boarding school at primary", levels=["02"], kind="03"),
    ],
    "TR-0105": [
        holds("Bến Nghé's successor in Hồ Chí Minh", commune_code="26740", province_code="79"),
        breaks("a commune of Hồ Chí Minh in Hà Nội", commune_code="26740", province_code="01"),
    ],
    "TR-0106": [
        holds("province, commune, number", school={"code": "79267401"}),
        breaks("the former code of 8 digits with a letter", school={"code": "7976041A"}),
        breaks("no number after the commune", school={"code": "7926740"}),
    ],
    "TR-0107": [
        holds("city in KV3", region="03", area="4"),
        breaks("city in KV1", region="03", area="1"),
        breaks("island in KV3", region="05", area="4"),
    ],
    "TR-0108": [
        holds("especially difficult, named", is_especially_difficult=True, difficult_area="01"),
        holds("not especially difficult", is_especially_difficult=False),
        breaks("especially difficult, not named", is_especially_difficult=True),
    ],
    "TR-0109": [
        holds("latitude and longitude", map_position="10.7769, 106.7009"),
        holds("Trường Sa lies in Việt Nam", map_position="8.645,111.92"),
        holds("not given"),
        breaks("longitude first", map_position="106.7009, 10.7769"),
        breaks("an address", map_position="12 Lê Lợi"),
    ],
    "TR-0110": [
        holds("only the year is known, and it is this one", founded="2026"),
        holds("founded today", founded="2026-10-12"),
        breaks("founded tomorrow", founded="2026-10-13"),
        breaks("founded next year", founded="2027"),
    ],
    "TR-0111": [
        holds("standard 1 on accreditation 2", national_standard="1", accreditation="2"),
        holds("no standard, no accreditation", national_standard="0"),
        breaks("standard 2 on accreditation 2", national_standard="2", accreditation="2"),
        breaks("standard 1 without accreditation", national_standard="1"),
    ],
    "TR-0201": [
        holds("says yes", teaches_two_sessions=True),
        holds("says no, and no class does", teaches_two_sessions=False,
              beside={"classes": [{"two_sessions": False}]}),
        breaks("says no, a class does", teaches_two_sessions=False),
    ],
    "TR-0202": [
        holds("says yes", has_day_boarders=True),
        holds("says no, the boarder has left", has_day_boarders=False,
              beside={"learners": [{"status": "05"}]}),
        breaks("says no, a learner boards", has_day_boarders=False),
    ],
    "TR-0203": [
        holds("says no, none is", has_disabled_learners=False),
        breaks("says no, a learner is", has_disabled_learners=False,
               beside={"learners": [{"disability": "03"}]}),
    ],
    "TR-0301": [
        holds("one head"),
        holds("staff not entered yet", beside={"staff": []}),
        holds("the former head has retired",
              beside={"staff": [{}, {"full_name": "Phạm Hải", "status": "6"}]}),
        breaks("no head", beside={"staff": [TEACHER]}),
        breaks("two heads", beside={"staff": [{}, {"full_name": "Phạm Hải"}]}),
    ],
    "TR-0302": [
        holds("same name in other case", head_name="TRẦN THỊ MAI"),
        breaks("another name", head_name="Phạm Thị Hải"),
    ],
    "TR-0303": [
        holds("two shifts in one room",
              beside={"classes": [{"code": "1A"}, {"code": "1B"}], "rooms": [{"quantity": 1}]}),
        holds("rooms not entered yet", beside={"rooms": []}),
        breaks("three classes in one room",
               beside={"classes": [{"code": "1A"}, {"code": "1B"}, {"code": "1C"}],
                       "rooms": [{"quantity": 1}]}),
        breaks("a room out of use does not help",
               beside={"classes": [{"code": "1A"}, {"code": "1B"}, {"code": "1C"}],
                       "rooms": [{"quantity": 1}, {"quantity": 5, "in_use": False}]}),
    ],
    "DI-0101": [
        holds("a code of its own", beside={"campuses": [{"code": "D2"}]}),
        breaks("another row's code", beside={"campuses": [{"code": "D1"}]}),
    ],
    "DI-0102": [
        holds("a name of its own", beside={"campuses": [{"code": "D2", "name": "Điểm Thủ Thiêm"}]}),
        breaks("another row's name", beside={"campuses": [{"code": "D2"}]}),
    ],
    "DI-0103": [
        holds("commune and province agree", commune_code="26740", province_code="79"),
        holds("province left out", commune_code="26740", province_code=None),
        breaks("another province", commune_code="26740", province_code="01"),
    ],
    "DI-0104": [
        holds("in the school's province", commune_code="26740"),
        breaks("in another province", commune_code="00004"),
    ],
    "DI-0105": [
        holds("in the school's commune", commune_code="26740"),
        breaks("in another commune", commune_code="26743"),
    ],
    "DI-0106": [
        holds("half a kilometre away", distance_km=0.5),
        breaks("no distance at all", distance_km=0.0),
    ],
    "DI-0107": [
        holds("a satellite's name", name="Điểm trường Bến Nghé"),
        breaks("the school's own name", name="Trường tiểu học Lê Lợi"),
    ],
    "DI-0108": [
        holds("a class is taught there"),
        holds("closed and empty", is_open=False, beside={"classes": []}),
        breaks("open and empty", beside={"classes": [{"campus": None}]}),
    ],
    "DI-0109": [
        holds("open with a class"),
        breaks("closed with a class", is_open=False),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), lines_of(TABLE), ids=name_of)
def test_rules_of_the_school(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
