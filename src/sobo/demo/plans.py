"""What a school is before chance decides the rest, and the sixty that are written by hand."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from sobo.demo.localities import Locality, localities, read_data
from sobo.specification.fields import Level

PUBLIC, COMMUNITY, PRIVATE = "1", "2", "3"
"""OWNERSHIP."""
SEMI_BOARDING, PROVINCE_BOARDING, DISTRICT_BOARDING = "01", "02", "03"
ORDINARY, GIFTED, PRESCHOOL, FOR_DISABLED = "07", "09", "13", "18"
"""SCHOOL_KIND."""
INDEPENDENT_GROUPS = ("04", "05", "19")
"""PRESCHOOL_KIND of groups that are no school."""

LEVEL_OF_GRADE: dict[int, Level] = {
    **dict.fromkeys(range(1, 6), Level.PRIMARY),
    **dict.fromkeys(range(6, 10), Level.LOWER_SECONDARY),
    **dict.fromkeys(range(10, 13), Level.UPPER_SECONDARY),
    **dict.fromkeys(range(13, 19), Level.PRESCHOOL),
}
NURSERY_GRADES = (13, 14, 15)


@dataclass(frozen=True, kw_only=True)
class GradePlan:
    """How many classes of a grade, of about what size."""

    grade: int
    classes: int
    size: int


@dataclass(frozen=True, kw_only=True)
class SchoolPlan:
    """One institution, as far as it is decided before chance decides the rest."""

    id: int
    key: str
    """A name to speak of it by in the demo; empty for invented ones."""
    name: str
    province: str
    commune: str
    locality: str
    levels: tuple[Level, ...]
    preschool_kind: str | None
    ownership: str
    kind: str
    grades: tuple[GradePlan, ...]
    satellites: int
    merged: int
    """Pairs of classes of neighbouring grades that learn together at a satellite."""
    two_sessions: bool
    day_boarding: bool
    standard: str
    founded: int

    @property
    def place(self) -> Locality:
        """The kind of place it stands in."""
        return localities()[self.locality]

    @property
    def main_level(self) -> Level:
        """The level that shared staff and rooms count for: the one with the most learners."""
        learners = dict.fromkeys(self.levels, 0)
        for planned in self.grades:
            learners[LEVEL_OF_GRADE[planned.grade]] += planned.classes * planned.size
        return max(self.levels, key=lambda level: learners[level])

    @property
    def is_under_department(self) -> bool:
        """Whether the Sở manages it directly: upper secondary, and schools for the disabled."""
        return Level.UPPER_SECONDARY in self.levels or self.kind == FOR_DISABLED

    @property
    def is_independent_group(self) -> bool:
        """Whether it is a group or class and no school."""
        return self.preschool_kind in INDEPENDENT_GROUPS

    @property
    def boards(self) -> bool:
        """Whether learners live at the school."""
        return self.kind in (PROVINCE_BOARDING, DISTRICT_BOARDING)

    @property
    def learners(self) -> int:
        """About how many learners it has."""
        return sum(planned.classes * planned.size for planned in self.grades)


def written_plans() -> list[SchoolPlan]:
    """The institutions of `data/schools.csv`, in its order."""
    rows = csv.DictReader(io.StringIO(read_data("schools.csv")))
    return [_plan(number, row) for number, row in enumerate(rows, start=1)]


def plan_of(key: str) -> SchoolPlan:
    """One written institution. Raises `StopIteration` for an unknown key."""
    return next(plan for plan in written_plans() if plan.key == key)


def _plan(number: int, row: dict[str, str]) -> SchoolPlan:
    return SchoolPlan(
        id=number,
        key=row["key"],
        name=row["name"],
        province=row["province"],
        commune=row["commune"],
        locality=row["locality"],
        levels=tuple(map(Level, row["levels"].split())),
        preschool_kind=row["preschool_kind"] or None,
        ownership=row["ownership"],
        kind=row["kind"],
        grades=read_grades(row["classes"]),
        satellites=int(row["satellites"]),
        merged=int(row["merged"]),
        two_sessions=row["two_sessions"] == "1",
        day_boarding=row["day_boarding"] == "1",
        standard=row["standard"],
        founded=int(row["founded"]),
    )


def read_grades(text: str) -> tuple[GradePlan, ...]:
    """Read `1-5:4x33 6:2x40`: four classes of about 33 in grades 1 to 5, two of 40 in grade 6."""
    return tuple(planned for stretch in text.split() for planned in _stretch(stretch))


def _stretch(text: str) -> Iterator[GradePlan]:
    grades, _, rest = text.partition(":")
    first, _, last = grades.partition("-")
    classes, _, size = rest.partition("x")
    for grade in range(int(first), int(last or first) + 1):
        yield GradePlan(grade=grade, classes=int(classes), size=int(size))
