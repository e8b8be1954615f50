"""The people of the demonstration: one account for each role on the road, and one outsider."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from sobo.demo import seats
from sobo.demo.plans import plan_of
from sobo.demo.territory import MINISTRY, commune_unit_code

STORY_SCHOOL = "th-chieng-sinh"
"""The primary school whose workbook the samples are: in the province that lets it go back."""
CITY_SCHOOL = "th-ban-co"
"""The primary school in Hồ Chí Minh City, where no file leaves."""

_SYLLABLES = (
    "ban bien bong cay chim chuong dao den diep dong gao gio giang hoa hoang huong khoai lan lua "
    "mai mam may mua muong nang ngan ngo nguon nhan nui ong phuong que quyt rung sach sao sen song "
    "sung suoi tam thac thang thoc thuyen tranh trau tre trong trung tuyet ve vuon xoai xuan xuong"
).split()
_SYLLABLES_A_PASSWORD = 5


@dataclass(frozen=True, kw_only=True)
class Member:
    """One account to be made."""

    username: str
    name: str
    role: str
    """A code of `accounts.roles`."""
    institution_code: str | None = None
    unit_code: str | None = None


def cast(institutions: pl.DataFrame) -> list[Member]:
    """The members, for the drawn institutions: heads bear the names of their profiles."""
    members = [*_at_school(STORY_SCHOOL, "Lường Thị Thoan", institutions)]
    members += _at_school("mn-co-ma", "Giàng Thị Dợ", institutions)
    members += _at_school(CITY_SCHOOL, "Trần Ngọc Hạnh", institutions)
    members += _at_school("th-thcs-can-gio", "Võ Minh Tâm", institutions)
    return [*members, *_above_schools()]


def new_password(choose: Callable[[Sequence[str]], str]) -> str:
    """A password to be read aloud, from a source of chance such as `secrets.choice`."""
    syllables = [choose(_SYLLABLES) for _ in range(_SYLLABLES_A_PASSWORD)]
    return "-".join([*syllables, choose("23456789")])


def _at_school(key: str, clerk: str, institutions: pl.DataFrame) -> list[Member]:
    plan = plan_of(key)
    code, head = institutions.filter(pl.col("id") == plan.id).select("code", "head_name").row(0)
    return [
        Member(username=seats.clerk(plan), name=clerk, role="clerk", institution_code=code),
        Member(username=seats.head(plan), name=head, role="head", institution_code=code),
    ]


def _above_schools() -> list[Member]:
    story, city, mountain = (plan_of(key) for key in (STORY_SCHOOL, CITY_SCHOOL, "mn-co-ma"))
    reviewers = (("Cầm Văn Hặc", story), ("Vừ A Tủa", mountain), ("Lê Thu Hiền", city))
    approvers = (("Hoàng Thị Lan", story), ("Phan Quốc Huy", city))
    return [
        *(
            Member(
                username=seats.reviewer(plan),
                name=name,
                role="reviewer",
                unit_code=commune_unit_code(plan.province, plan.commune),
            )
            for name, plan in reviewers
        ),
        *(
            Member(
                username=seats.approver(plan), name=name, role="approver", unit_code=plan.province
            )
            for name, plan in approvers
        ),
        Member(
            username=seats.MINISTRY_OFFICER, name="Đặng Thu Hà", role="ministry", unit_code=MINISTRY
        ),
        Member(username="nguoingoai", name="Đinh Văn Khách", role="outsider"),
    ]
