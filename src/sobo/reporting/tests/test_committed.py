"""What only committed transactions show: two officers at once, and the register as it stood."""

import threading
import time
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from sobo.kernel.refusal import Refusal
from sobo.reporting import figures, operations
from sobo.reporting.forms.definition import CellKey
from sobo.reporting.models import Reminder, Step
from sobo.reporting.policies import NotFromHere
from sobo.reporting.queries import filings
from sobo.reporting.tests.conftest import OWN_DATABASE, Acting
from sobo.reporting.tests.filing import AT, completed, school_of

LONG_ENOUGH_TO_WAIT = 0.4


def _signed(acting: Acting) -> UUID:
    with acting("clerk_a") as clerk:
        filing = completed(clerk)
    with acting("head_a") as head:
        operations.sign(filing_id=filing.public_id, seen_digest=filing.digest, by=head, at=AT)
    return filing.public_id


def test_of_two_officers_at_once_one_passes_the_return_on(acting: Acting) -> None:
    filing_id = _signed(acting)
    first_has_it = threading.Event()
    refused: list[Refusal] = []

    def second() -> None:
        first_has_it.wait(10)
        try:
            with acting("reviewer_a") as officer:
                operations.pass_on(filing_ids=[filing_id], by=officer, at=AT)
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    other.start()
    with acting("reviewer_a") as officer:
        operations.pass_on(filing_ids=[filing_id], by=officer, at=AT)
        first_has_it.set()
        time.sleep(LONG_ENOUGH_TO_WAIT)
    other.join(30)
    assert [type(each) for each in refused] == [NotFromHere]
    with acting("reviewer_a"):
        assert Step.objects.filter(action="review").count() == 1


def test_figures_open_to_the_records_as_they_stood(acting: Acting) -> None:
    with acting("clerk_a") as clerk:
        filing_id = completed(clerk).public_id
    with acting("clerk_a") as clerk, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE learners_enrolment SET grade = '2', version = version + 1, "
            "recorded_at = now(), recorded_by = %s WHERE institution_id = %s",
            [clerk.account_id, clerk.institution_id],
        )
    grade_one = CellKey("III", "40", 1)
    with acting("clerk_a") as clerk:
        filing = filings.filing(filing_id)
        now = figures.computed(school_of(clerk), filing.round, filing.form)
        then = figures.as_completed(filing)
    assert then is not None
    assert (now.values.cells[grade_one], then.values.cells[grade_one]) == (0, 3)
    assert set(then.records_under(grade_one)["version"]) == {1}


REMINDED = {
    date(2026, 10, 6): 0,
    date(2026, 10, 7): 1,
    date(2026, 10, 11): 1,
    date(2026, 10, 12): 2,
    date(2026, 10, 28): 5,
    date(2026, 12, 9): 5,
    date(2026, 12, 10): 4,
    date(2026, 12, 14): 4,
    date(2026, 12, 15): 3,
    date(2026, 12, 30): 3,
    date(2026, 12, 31): 0,
}
"""Forms reminded of on a day. In the cast's round the day is 15/10, in province 04 (school C) 10/10,
and school A has signed; in the published round nobody has, and 31/10 binds all."""


def test_schools_are_reminded_of_what_is_unsigned(acting: Acting, databases: Any) -> None:
    """From three days before the deadline until well after it, once a day."""
    with databases.as_owner(OWN_DATABASE) as owner:
        owner.execute(
            "INSERT INTO reporting_deadline "
            "(round_id, province_code, state, due_on, clause, is_verified) "
            "SELECT r.id, d.province, 'signed', d.due_on, 'thử nghiệm', false "
            "FROM reporting_round r, (VALUES (NULL, DATE '2026-10-15'), ('04', '2026-09-30'), "
            "('04', '2026-10-10')) AS d (province, due_on) WHERE r.code = 'DAU-NAM-THU'"
        )
    _signed(acting)
    for on, reminded in REMINDED.items():
        assert (on, operations.remind_of_unsigned(on=on)) == (on, reminded)
        assert operations.remind_of_unsigned(on=on) == 0
    with acting("reviewer_b"):
        assert Reminder.objects.filter(round__code="DAU-NAM-THU").count() == 5
    with acting("reviewer_a"):
        assert not Reminder.objects.filter(round__code="DAU-NAM-THU").exists()
