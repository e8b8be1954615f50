"""The people of the demo: each role once or more, each at a place that exists."""

import random

from sobo.accounts.roles import ROLES
from sobo.demo.cast import cast, new_password
from sobo.demo.nation import Batch
from sobo.demo.territory import Territory


def test_every_role_of_the_road_is_played(batch: Batch) -> None:
    played = {member.role for member in cast(batch.institutions)}
    assert played == {"clerk", "head", "reviewer", "approver", "ministry", "outsider"}
    assert played <= set(ROLES)


def test_places_of_the_cast_exist(batch: Batch, territory: Territory) -> None:
    members = cast(batch.institutions)
    schools = {member.institution_code for member in members} - {None}
    units = {member.unit_code for member in members} - {None}
    assert schools <= set(batch.institutions["code"])
    assert units <= set(territory.units["code"])
    assert len({member.username for member in members}) == len(members)


def test_nobody_answers_for_two_places_and_the_outsider_for_none(batch: Batch) -> None:
    for member in cast(batch.institutions):
        places = [place for place in (member.institution_code, member.unit_code) if place]
        assert len(places) == (0 if member.role == "outsider" else 1)


def test_passwords_come_from_the_chance_they_are_given() -> None:
    first, again = (new_password(random.Random(7).choice) for _ in range(2))
    other = new_password(random.Random(8).choice)
    assert first == again != other
    assert len(first) >= 15
