"""Who acts: the value that operations take as `by`."""

from dataclasses import dataclass
from typing import Literal

Reach = Literal["none", "narrow", "wide", "national"]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An account at work in one session, with what the session reaches."""

    account_id: int
    name: str
    role: str
    reach: Reach
    institution_id: int | None = None
    unit_id: int | None = None
    place: str = ""
    """Name of the unit or institution the account answers to."""
    tier: str = ""
    """`bo`, `so`, `phong`, `xa`, or `truong` for an institution's own accounts."""
    province_code: str | None = None


ANYONE = Actor(account_id=0, name="", role="", reach="none")
"""Nobody signed in."""
