"""Sheets: what a school fills in together, and which datasets each of its columns goes to.

One sheet is one kind of row to a clerk (a learner with parents, health and support) and several
records to the register. Templates, readers, rules, forms and commits all start here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from sobo.institutions.models import Campus, Institution
from sobo.registry.classes.models import SchoolClass
from sobo.registry.facilities.models import Room
from sobo.registry.learners.models import Enrolment, HealthCheck, PolicySupport
from sobo.registry.people.models import Guardian, IdentityPaper, Person
from sobo.registry.staff.models import Post
from sobo.specification.fields import Declaration, Level
from sobo.specification.records import declarations

FATHER, MOTHER, GUARDIAN = "CHA", "ME", "GH"
"""Relations (RELATION)."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The columns of a sheet that make one record."""

    model: type[models.Model]
    prefix: str = ""
    title: str = ""
    """Words put before each label, as `Cha:`; empty where labels speak for themselves."""
    leave_out: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Columns that this part always writes with one value."""
    needed_by: str = ""
    """The column without which there is no such record; empty: always one."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet."""

    key: str
    part: Part
    name: str
    """The column of the part's table, as `school_class_id`."""
    declaration: Declaration

    def label(self, language: str = "vi") -> str:
        """What the column is called on paper and screen."""
        label = self.declaration.label_in(language)
        return f"{self.part.title} {label[0].lower()}{label[1:]}" if self.part.title else label


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of the workbook."""

    key: str
    name: str
    name_en: str
    parts: tuple[Part, ...]
    anchor: type[models.Model]
    """The dataset of which every row has exactly one record."""

    @property
    def is_about_persons(self) -> bool:
        """Whether its rows are identifiable persons."""
        return any(part.model is Person for part in self.parts)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Columns by key, in the order of the template."""
        found = [column for part in self.parts for column in _columns(part)]
        return {column.key: column for column in found}

    def columns_for(self, levels: Iterable[Level]) -> dict[str, Column]:
        """The columns a school of these levels is asked for."""
        asked = set(levels)
        return {
            key: column
            for key, column in self.columns.items()
            if not column.declaration.levels or asked & set(column.declaration.levels)
        }


def _columns(part: Part) -> Iterable[Column]:
    for name, declaration in declarations(part.model).items():
        if not declaration.managed and name not in part.leave_out:
            key = part.prefix + name.removesuffix("_id")
            yield Column(key=key, part=part, name=name, declaration=declaration)


PROFILE = Sheet(
    key="profile",
    name="Trường",
    name_en="School",
    parts=(Part(model=Institution),),
    anchor=Institution,
)
CAMPUSES = Sheet(
    key="campuses",
    name="Điểm trường",
    name_en="Campuses",
    parts=(Part(model=Campus),),
    anchor=Campus,
)
CLASSES = Sheet(
    key="classes",
    name="Lớp",
    name_en="Classes",
    parts=(Part(model=SchoolClass),),
    anchor=SchoolClass,
)
LEARNERS = Sheet(
    key="learners",
    name="Học sinh",
    name_en="Learners",
    anchor=Enrolment,
    parts=(
        Part(model=Person, leave_out=("phone", "email", "origin_country", "birth_country")),
        Part(model=Enrolment),
        Part(model=IdentityPaper, prefix="paper_", title="Giấy tờ:", needed_by="paper_number"),
        Part(
            model=Guardian,
            prefix="father_",
            title="Cha:",
            fixed={"relation": FATHER},
            needed_by="father_full_name",
        ),
        Part(
            model=Guardian,
            prefix="mother_",
            title="Mẹ:",
            fixed={"relation": MOTHER},
            needed_by="mother_full_name",
        ),
        Part(
            model=Guardian,
            prefix="guardian_",
            title="Người giám hộ:",
            fixed={"relation": GUARDIAN},
            needed_by="guardian_full_name",
        ),
        Part(model=HealthCheck, fixed={"round": 1}, needed_by="*"),
        Part(model=PolicySupport, needed_by="*"),
    ),
)
STAFF = Sheet(
    key="staff",
    name="Đội ngũ",
    name_en="Staff",
    anchor=Post,
    parts=(
        Part(
            model=Person,
            leave_out=(
                "phone",
                "email",
                "birth_place",
                "birth_commune",
                "birth_province",
                "birth_country",
            ),
        ),
        Part(model=Post),
    ),
)
ROOMS = Sheet(key="rooms", name="Phòng", name_en="Rooms", parts=(Part(model=Room),), anchor=Room)

SHEETS: tuple[Sheet, ...] = (PROFILE, CAMPUSES, CLASSES, STAFF, LEARNERS, ROOMS)
"""In the order they are written: what a row refers to comes before it."""


_BY_KEY = {sheet.key: sheet for sheet in SHEETS}


def sheet_by_key(key: str) -> Sheet:
    """One sheet. Raises `KeyError`."""
    return _BY_KEY[key]
