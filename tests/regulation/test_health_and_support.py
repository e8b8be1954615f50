"""Health checks (SK) and policy support (CS).

The child of these tables is a boy of 36 completed months at the check. WHO gives him 14.3 kg and
96.1 cm in the middle, 11.3 kg and 88.7 cm at −2 SD; at 96 cm, 12.0 kg and 17.3 kg at −2 and +2 SD.
"""

from typing import Any

import pytest

from .tables import Line, Table, breaks, holds, kept_on, lines_of, name_of

PRESCHOOL = {"levels": ["01"], "preschool_kind": "01"}


def boy(height: float | None, weight: float | None, **row: Any) -> dict[str, Any]:
    """A boy of 36 months with these measures."""
    return {
        "sex": "1", "birth": "2023-09-30", "checked_on": "2026-10-01", "grade": "16",
        "school": PRESCHOOL, "height_cm": height, "weight_kg": weight, **row,
    }  # fmt: skip


HEALTH: Table = {
    "SK-0101": [
        holds("96 cm", **boy(96.0, 14.3)),
        holds("the day is not known", **boy(20.0, 14.3, checked_on=None)),
        breaks("69 cm: a digit slipped", **boy(69.0, 14.3)),
        breaks("169 cm", **boy(169.0, 14.3)),
    ],
    "SK-0102": [
        holds("14.3 kg", **boy(96.0, 14.3)),
        breaks("4.3 kg", **boy(96.0, 4.3)),
        breaks("43 kg", **boy(96.0, 43.0)),
    ],
    "SK-0103": [
        holds("96 cm and 14.3 kg", **boy(96.0, 14.3)),
        holds("a boy of 12", sex="1", birth="2014-09-30", checked_on="2026-10-01",
              height_cm=149.0, weight_kg=40.0),
        breaks("96 cm and 40 kg", **boy(96.0, 40.0)),
        breaks("a boy of 12 with 149 cm and 14 kg", sex="1", birth="2014-09-30",
               checked_on="2026-10-01", height_cm=149.0, weight_kg=14.0),
    ],
    "SK-0104": [
        holds("96 cm and 14.3 kg", **boy(96.0, 14.3)),
        breaks("14.3 cm and 96 kg", **boy(14.3, 96.0)),
    ],
    "SK-0201": [
        holds("11.4 kg is not underweight", **boy(96.0, 11.4, is_underweight=False)),
        holds("11.2 kg is", **boy(96.0, 11.2, is_underweight=True)),
        holds("not said", **boy(96.0, 11.2)),
        breaks("11.2 kg, called not underweight", **boy(96.0, 11.2, is_underweight=False)),
        breaks("14.3 kg, called underweight", **boy(96.0, 14.3, is_underweight=True)),
    ],
    "SK-0202": [
        holds("88.8 cm is not stunted", **boy(88.8, 12.5, is_stunted=False)),
        holds("88.5 cm is", **boy(88.5, 12.5, is_stunted=True)),
        breaks("88.5 cm, called not stunted", **boy(88.5, 12.5, is_stunted=False)),
    ],
    "SK-0203": [
        holds("14 kg at 96 cm is not wasted", **boy(96.0, 14.0, is_wasted=False)),
        breaks("11 kg at 96 cm, called not wasted", **boy(96.0, 11.0, is_wasted=False)),
        breaks("14 kg at 96 cm, called wasted", **boy(96.0, 14.0, is_wasted=True)),
    ],
    "SK-0204": [
        holds("18 kg at 96 cm is overweight", **boy(96.0, 18.0, is_overweight=True)),
        holds("16 kg at 96 cm is not", **boy(96.0, 16.0, is_overweight=False)),
        breaks("18 kg at 96 cm, called not overweight", **boy(96.0, 18.0, is_overweight=False)),
    ],
    "SK-0205": [
        holds("underweight and stunted are two facts", is_underweight=True, is_stunted=True),
        breaks("underweight and overweight", is_underweight=True, is_overweight=True),
    ],
    "SK-0206": [
        holds("stunted and overweight can be", is_stunted=True, is_overweight=True),
        breaks("wasted and overweight", is_wasted=True, is_overweight=True),
    ],
    "SK-0301": [
        holds("first day of the school year", checked_on="2026-08-01"),
        breaks("the day before", checked_on="2026-07-31"),
    ],
    "SK-0302": [
        holds("today", checked_on="2026-10-12"),
        breaks("tomorrow", checked_on="2026-10-13"),
        breaks("before birth", birth="2020", checked_on="2019-10-12"),
    ],
    "SK-0303": [
        holds("measures with a day", height_cm=110.0, checked_on="2026-09-20"),
        holds("neither"),
        breaks("measures without a day", height_cm=110.0),
        breaks("weight alone without a day", weight_kg=18.0),
    ],
}  # fmt: skip

SUPPORT: Table = {
    "CS-0101": [
        holds("kindergarten 3–4", grade="16", lunch_support=True),
        holds("kindergarten 5–6", grade="18", lunch_support=True),
        breaks("nursery 25–36 months", grade="15", lunch_support=True),
        breaks("grade 1", grade="1", lunch_support=True),
    ],
    "CS-0102": [
        holds("waived", fee_exempt=True, fee_reduced=False),
        breaks("waived and reduced", fee_exempt=True, fee_reduced=True),
    ],
    "CS-0103": [
        holds("Ơ-đu, one of the sixteen", ethnic_group="53", very_small_group_support=True),
        breaks("Tày", ethnic_group="02", very_small_group_support=True),
    ],
    "CS-0104": [
        holds("poor household, said so", group="08", is_poor=True),
        breaks("poor household, not said", group="08"),
    ],
    "CS-0105": [
        holds("disabled", group="06", disability="01"),
        breaks("no disability recorded", group="06"),
    ],
    "CS-0106": [
        holds("Dao", group="11", ethnic_group="09"),
        breaks("Kinh", group="11", ethnic_group="01"),
    ],
    "CS-0107": [
        holds("rice for an ethnic day boarder", rice_support=True, ethnic_day_boarder=True),
        holds("no support", day_boarder=False),
        breaks("rice for one who goes home", rice_support=True, day_boarder=False),
        breaks("housing for one who goes home", housing_support=True, day_boarder=False),
    ],
    "CS-0108": [
        holds("an orphan with a guardian", group="05", guardian_full_name="Phạm Thị Tư"),
        breaks("an orphan without", group="05"),
    ],
    "CS-0109": [
        holds("for poverty", study_cost_support=True, is_poor=True),
        holds("for a disability", study_cost_support=True, disability="03"),
        breaks("for nothing", study_cost_support=True),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), lines_of(HEALTH), ids=name_of)
def test_rules_of_health(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}


@pytest.mark.parametrize(("rule", "line"), lines_of(SUPPORT), ids=name_of)
def test_rules_of_support(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
