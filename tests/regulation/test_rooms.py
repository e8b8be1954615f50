"""Rooms (PH)."""

import pytest

from .tables import Line, Table, breaks, holds, kept_on, lines_of, name_of

PRESCHOOL = {"levels": ["01"], "preschool_kind": "01"}

TABLE: Table = {
    "PH-0101": [
        holds("a campus of the school", campus="D1"),
        holds("the main site"),
        breaks("no such campus", campus="D9"),
    ],
    "PH-0102": [
        holds("the school's level", level="02"),
        holds("shared"),
        breaks("another level", level="04"),
    ],
    "PH-0103": [
        holds("nursery", section="NT", school=PRESCHOOL),
        holds("the kitchen serves both", kind="BEP", school=PRESCHOOL),
        holds("no preschool"),
        breaks("which of the two?", school=PRESCHOOL),
    ],
    "PH-0104": [
        holds("another room", name="P.101", beside={"rooms": [{"name": "P.102"}]}),
        holds("the same name on a campus", name="P.101",
              beside={"rooms": [{"name": "P.101", "campus": "D1"}]}),
        holds("rows without names", beside={"rooms": [{}]}),
        breaks("own and borrowed at once", name="P.101",
               beside={"rooms": [{"name": "P.101", "is_borrowed": True}]}),
    ],
    "PH-0105": [
        holds("one room", name="P.101", quantity=1),
        holds("twelve without a name", quantity=12),
        breaks("one name, twelve rooms", name="P.101", quantity=12),
        breaks("a block of rooms", name="Dãy A", quantity=6),
    ],
    "PH-0106": [
        holds("48 m²", area_m2=48.0),
        holds("a hall is no classroom", kind="TC", area_m2=600.0),
        breaks("12 rooms together", area_m2=576.0),
        breaks("a cupboard", area_m2=4.0),
    ],
    "PH-0107": [
        holds("borrowed and used", is_borrowed=True, in_use=True),
        holds("own and unused", is_borrowed=False, in_use=False),
        breaks("borrowed and unused", is_borrowed=True, in_use=False),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), lines_of(TABLE), ids=name_of)
def test_rules_of_rooms(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
