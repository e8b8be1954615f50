"""The national figure: every part sums to its whole, for every cell, whatever steps were taken."""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sobo.conftest import Browse
from sobo.reporting import headlines, operations
from sobo.reporting.forms.definition import CellKey, Definition
from sobo.reporting.models import Return, Round
from sobo.reporting.queries import rounds
from sobo.reporting.tests.filing import (
    AT,
    FORM,
    ROUND,
    WHY,
    SignedIn,
    accepted,
    completed,
    enrol,
    signed,
)
from sobo.statistics import queries, unit_forms
from sobo.statistics.queries import STAGES, Place

CITY = Place(province="79")
WARD_A, WARD_B = (Place(province="79", commune=code) for code in ("25747", "25750"))


def _form() -> tuple[Round, Definition]:
    round_ = rounds.round_by_code(ROUND)
    return round_, rounds.definition(FORM, round_)


@pytest.fixture
def filed(signed_in: SignedIn) -> None:
    """School A is accepted with four learners, school B signed with three."""
    enrol(signed_in("clerk_a"), learners=1)
    accepted(signed_in, "a")
    signed(signed_in, "b")


LEARNERS = CellKey("III", "37", 1)


def _learners(place: Place) -> queries.Sums:
    round_, form = _form()
    return queries.total(round_, form, [queries.place_of(form, LEARNERS)], of=place)


def test_stages_include_what_went_further(signed_in: SignedIn, filed: None) -> None:
    signed_in("ministry")
    sums = _learners(Place())
    assert sums.values == {"accepted": 4, "approved": 4, "signed": 7}
    assert sums.returns == {"accepted": 1, "approved": 1, "signed": 2}


@pytest.mark.parametrize("stage", STAGES)
def test_nation_province_communes_and_schools_agree_in_every_cell(
    signed_in: SignedIn, filed: None, stage: str
) -> None:
    signed_in("ministry")
    round_, form = _form()
    nation, city, *wards = (
        queries.whole_form(round_, form, stage, of=place)
        for place in (Place(), CITY, WARD_A, WARD_B)
    )
    filed_cells = Return.objects.filter(state__in=STAGES[stage]).values_list("cells", flat=True)
    assert nation is not None
    assert city is not None
    assert nation.figures == city.figures
    assert nation.figures == _summed([ward.figures for ward in wards if ward])
    assert nation.figures == _summed(filed_cells)


def _summed(forms: Iterable[Sequence[int | None]]) -> tuple[int | None, ...]:
    """Cell by cell; blank where every form is blank."""
    return tuple(
        None if all(cell is None for cell in cells) else sum(cell or 0 for cell in cells)
        for cells in zip(*forms, strict=True)
    )


def test_the_parts_on_the_page_sum_to_the_figure(signed_in: SignedIn, filed: None) -> None:
    signed_in("ministry")
    round_, form = _form()
    for name in headlines.HEADLINES:
        places = headlines.places(form, name)
        whole = queries.total(round_, form, places, of=CITY)
        parts = queries.parts(round_, form, places, of=CITY)
        for stage in STAGES:
            assert sum(part.sums.values[stage] for part in parts) == whole.values[stage]
        assert queries.recount(round_, form, places, of=CITY) == whole


def test_a_new_filing_takes_the_place_of_the_old(signed_in: SignedIn, filed: None) -> None:
    clerk = signed_in("clerk_a")
    enrol(clerk, learners=2)
    again = completed(clerk, reason=WHY)
    signed_in("ministry")
    assert _learners(CITY).values["accepted"] == 4
    head = signed_in("head_a")
    operations.sign(filing_id=again.public_id, seen_digest=again.digest, by=head, at=AT)
    signed_in("ministry")
    assert _learners(CITY).values == {"accepted": 0, "approved": 0, "signed": 9}


def test_what_is_sent_back_counts_no_more(signed_in: SignedIn, filed: None) -> None:
    reviewer = signed_in("reviewer_b")
    waiting = queries.schools(*_form(), [1], of=WARD_B)
    operations.send_back(
        filing_ids=[each.filing for each in waiting], by=reviewer, at=AT, reason=WHY
    )
    signed_in("ministry")
    assert _learners(WARD_B).returns["signed"] == 0
    assert _learners(CITY).values["signed"] == 4


def test_the_digest_of_a_total_is_that_of_its_returns(signed_in: SignedIn, filed: None) -> None:
    signed_in("ministry")
    round_, form = _form()
    returns = [
        school.digest
        for ward in (WARD_A, WARD_B)
        for school in queries.schools(round_, form, [1], of=ward)
    ]
    expected = hashlib.sha256("\n".join(sorted(returns)).encode()).hexdigest()
    assert queries.digest_of(round_, form, "signed", of=CITY) == expected


@pytest.mark.parametrize(
    ("username", "nation", "communes"),
    [
        ("ministry", 7, {"25747", "25750"}),
        ("approver_79", 7, {"25747", "25750"}),
        ("reviewer_a", 7, {"25747"}),
        ("head_a", 7, set()),
        ("approver_04", 7, set()),
        ("outsider", 0, set()),
    ],
)
def test_who_sees_which_totals(
    signed_in: SignedIn, filed: None, username: str, nation: int, communes: set[str]
) -> None:
    """Everyone at work sees provinces; communes only those who answer for them."""
    signed_in(username)
    round_, form = _form()
    assert _learners(Place()).values["signed"] == nation
    seen = queries.parts(round_, form, [1], of=CITY)
    assert {part.code for part in seen} == communes


@pytest.mark.parametrize("statement", [
    "UPDATE statistics_total SET cells = NULL",
    "INSERT INTO statistics_total SELECT * FROM statistics_total",
    "SELECT totals_move(ARRAY[1]::bigint[], ARRAY['signed'], ARRAY['accepted'])",
])  # fmt: skip
def test_no_session_writes_totals(signed_in: SignedIn, filed: None, statement: str) -> None:
    signed_in("ministry")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_totals_follow_any_sequence_of_states(stage: Any) -> None:
    """Rows put in and moved by the owner, in every order: totals equal a recount of every cell."""
    owner = stage.owner()
    owner.execute(
        "INSERT INTO reporting_return (institution_id, province_code, commune_code, round_id, form, "
        "edition, level, serial, state, cells, digest, computed_at) "
        "SELECT i.id, i.province_code, i.commune_code, r.id, 'X', 'E', '02', 1, 'signed', "
        "ARRAY[i.id::int, NULL, i.id::int * 10], '', now() "
        "FROM institutions_institution i, reporting_round r WHERE r.code = 'DAU-NAM-THU'"
    )
    ids = [row[0] for row in owner.execute("SELECT id FROM reporting_return WHERE form = 'X'")]
    states = ("reviewed", "approved", "accepted", "returned", "signed", "replaced")
    for filing, state in itertools.product(ids, states):
        owner.execute("UPDATE reporting_return SET state = %s WHERE id = %s", [state, filing])
        assert _kept(owner) == _recounted(owner)


KEPT = """
SELECT province_code, commune_code, state, returns, cells[1], cells[2], cells[3]
FROM statistics_total WHERE form = 'X' AND returns <> 0
"""
RECOUNTED = """
SELECT province_code, place, state, count(*), sum(cells[1]), sum(cells[2]), sum(cells[3])
FROM reporting_return, LATERAL (VALUES (''), (commune_code)) AS p (place)
WHERE form = 'X' AND state IN ('signed', 'reviewed', 'approved', 'accepted')
GROUP BY 1, 2, 3
"""


def _kept(owner: Any) -> set[tuple[Any, ...]]:
    return set(owner.execute(KEPT).fetchall())


def _recounted(owner: Any) -> set[tuple[Any, ...]]:
    return set(owner.execute(RECOUNTED).fetchall())


def test_the_command_line_gives_what_the_page_gives(signed_in: SignedIn, filed: None) -> None:
    signed_in("ministry")
    round_, form = _form()
    whole = unit_forms.filed(round_, form, unit="SO-79", stage="signed")
    live = unit_forms.live(round_, form, unit="SO-79")
    assert whole.figures == live.figures
    school = unit_forms.filed(round_, form, unit="7925747001", stage="accepted")
    assert school.figure(*LEARNERS) == 4
    with pytest.raises(LookupError):
        unit_forms.filed(round_, form, unit="nowhere", stage="signed")


def test_from_the_nation_down_to_the_learner(browse: Browse, filed: None) -> None:
    """The walk of an officer of the department, by the links of the pages alone."""
    officer = browse("approver_79")
    follow = _walker(officer.get)
    nation = follow("/so-lieu/02-th-dn/III/37/1", says="Toàn quốc: 4")
    city = follow(_link(nation, "tinh=79"), says="4 trong 1 báo cáo đã nhận")
    ward = follow(_link(city, "xa=25747"), says="Các phần cộng đúng bằng tổng")
    rows = follow(_link(ward, "/o/III/37/1"), says="4 trong ô 37")
    assert "Nguyễn Văn An A" in rows


def _walker(get: Callable[[str], Any]) -> Callable[..., str]:
    def follow(address: str, *, says: str) -> str:
        page: str = get(address).content.decode()
        assert says in " ".join(page.split())
        return page

    return follow


def _link(page: str, holds: str) -> str:
    links: list[str] = re.findall(r'href="([^"]+)"', page)
    found = next(link for link in links if holds in link)
    return found.replace("&amp;", "&")
