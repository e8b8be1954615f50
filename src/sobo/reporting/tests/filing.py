"""The cast's schools filing their form: what tests of returns begin with."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection

from sobo.institutions.models import Institution
from sobo.kernel.actor import Actor
from sobo.kernel.vietnamese import VIETNAM
from sobo.reporting import operations
from sobo.reporting.models import Return
from sobo.reporting.queries import rounds

FORM, ROUND = "02-TH-ĐN", "DAU-NAM-THU"
AT = datetime(2026, 10, 12, 9, 30, tzinfo=VIETNAM)
WHY = "Thiếu phòng học, đã báo cáo ủy ban nhân dân phường."
SignedIn = Callable[[str], Actor]


def school_of(actor: Actor) -> Institution:
    """The institution of a school's own account."""
    assert actor.institution_id is not None
    return Institution.objects.get(pk=actor.institution_id)


def completed(by: Actor, *, reason: str = "", explained: dict[str, str] | None = None) -> Return:
    """The clerk's school completes its form."""
    _say_where_it_lies(by)
    return operations.complete(
        institution=school_of(by),
        round_=rounds.round_by_code(ROUND),
        form=FORM,
        by=by,
        at=AT,
        reason=reason,
        explained=explained,
    )


def _say_where_it_lies(by: Actor) -> None:
    """Fill in what the cast leaves open and no form adds up without: the school's region."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE institutions_institution SET region = '01', version = version + 1, "
            "recorded_by = %s WHERE id = %s AND region IS NULL",
            [by.account_id, by.institution_id],
        )


def signed(signed_in: SignedIn, letter: str) -> Return:
    """School A or B completes and signs."""
    filing = completed(signed_in(f"clerk_{letter}"))
    head = signed_in(f"head_{letter}")
    return operations.sign(filing_id=filing.public_id, seen_digest=filing.digest, by=head, at=AT)


def accepted(signed_in: SignedIn, letter: str) -> Return:
    """School A or B files, and every tier passes its return on."""
    filing = signed(signed_in, letter)
    for username in (f"reviewer_{letter}", "approver_79", "ministry"):
        operations.pass_on(filing_ids=[filing.public_id], by=signed_in(username), at=AT)
    filing.refresh_from_db()
    return filing


def enrol(by: Actor, *, learners: int) -> None:
    """Put more learners into class 1A of the clerk's school, in the clerk's own session."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH person AS (
                INSERT INTO people_person
                    (institution_id, full_name, search_key, sex, birth, recorded_by)
                SELECT %(school)s, 'Người học ' || n, 'nguoi hoc ' || n, '2', '2020-05-05', %(by)s
                FROM generate_series(1, %(learners)s) n RETURNING id
            )
            INSERT INTO learners_enrolment (institution_id, person_id, school_year,
                school_class_id, grade, status, entered_on, recorded_by)
            SELECT %(school)s, person.id, 2026, k.id, '1', '01', DATE '2026-09-05', %(by)s
            FROM person, classes_schoolclass k
            WHERE k.institution_id = %(school)s AND k.code = '1A'
            """,
            {"school": by.institution_id, "learners": learners, "by": by.account_id},
        )
