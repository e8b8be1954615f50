"""The round as the demo finds it: returns already filed, each somewhere on its way to the nation.

Nothing is written past the register's own gate: every step is an operation of reporting, in the
session of the account whose step it is. `data/filed.csv` says how far each school has come.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone

from sobo.accounts import sessions
from sobo.demo import draws, seats
from sobo.demo.localities import read_data
from sobo.demo.plans import SchoolPlan, written_plans
from sobo.institutions.models import Institution
from sobo.kernel.actor import Actor
from sobo.kernel.vietnamese import VIETNAM
from sobo.reporting import operations
from sobo.reporting.explanations import CLASS_SIZE, OUTSIDE
from sobo.reporting.models import Return
from sobo.reporting.queries import filings, rounds
from sobo.reporting.transitions import ACCEPTED, APPROVED, COMPLETED, RETURNED, REVIEWED, SIGNED

EXPLAINED = {
    CLASS_SIZE: "Thiếu phòng học ở điểm chính; trường đã báo cáo và đề nghị tách lớp.",
    OUTSIDE: "Đã đối chiếu với hồ sơ; số ngoài các dòng của biểu đúng với thực tế.",
}
"""What a school writes beside what it is asked about, by rule."""
RETURNED_BECAUSE = "Số phòng học chưa khớp biên bản kiểm kê; trường xem lại rồi gửi lại."

MORNING, AFTERNOON = time(8), time(13, 30)
HALF_A_DAY = timedelta(hours=3)
FRIDAY = 5
"""ISO number of the week's last working day."""


@dataclass(frozen=True, kw_only=True)
class Filed:
    """How far a school's returns have come by the day the demo stands on."""

    plan: SchoolPlan
    state: str
    on: date
    """The day the school completed and signed; each tier above answers on the next working day."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One step of a school's returns: to which state, by which account, when."""

    plan: SchoolPlan
    target: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where the step to a state is taken: by whom, and in which half of the day."""

    of: Callable[[SchoolPlan], str]
    opens: time


DESKS: Mapping[str, Desk] = {
    COMPLETED: Desk(of=seats.clerk, opens=MORNING),
    SIGNED: Desk(of=seats.head, opens=AFTERNOON),
    REVIEWED: Desk(of=seats.reviewer, opens=MORNING),
    RETURNED: Desk(of=seats.reviewer, opens=AFTERNOON),
    APPROVED: Desk(of=seats.approver, opens=MORNING),
    ACCEPTED: Desk(of=seats.ministry, opens=AFTERNOON),
}
"""By the state that the step leads to."""


def filed() -> list[Filed]:
    """The rows of `data/filed.csv`, in its order."""
    plans = {plan.key: plan for plan in written_plans()}
    return [
        Filed(plan=plans[row["key"]], state=row["state"], on=date.fromisoformat(row["filed_on"]))
        for row in csv.DictReader(io.StringIO(read_data("filed.csv")))
    ]


def acts(school: Filed) -> list[Act]:
    """The steps that led a school's returns to where they are, in their order."""
    return [
        Act(
            plan=school.plan,
            target=target,
            by=DESKS[target].of(school.plan),
            at=_moment(school, target, tiers=max(0, number - 1)),
        )
        for number, target in enumerate(_way(school))
    ]


def _way(school: Filed) -> tuple[str, ...]:
    """The states that the returns came through; schools of the Sở have no commune on their way."""
    if school.state == RETURNED:
        return COMPLETED, SIGNED, RETURNED
    commune = () if school.plan.is_under_department else (REVIEWED,)
    way = (COMPLETED, SIGNED, *commune, APPROVED, ACCEPTED)
    return way[: way.index(school.state) + 1]


def _moment(school: Filed, target: str, *, tiers: int) -> datetime:
    """When a step was taken: so many working days after the school filed, in office hours."""
    day = school.on
    for _tier in range(tiers):
        day += timedelta(days=1 if day.isoweekday() < FRIDAY else 8 - day.isoweekday())
    waited = HALF_A_DAY * draws.share(f"hour {target}", school.plan.id)
    return datetime.combine(day, DESKS[target].opens, VIETNAM) + waited


def file_returns(schools: Iterable[Filed], *, round_code: str, before: date) -> None:
    """Take every step of these schools that was taken before a day, the earliest first.

    Steps already taken are left alone, so that it goes on where an earlier call was cut off. Runs
    as the program, not as the owner.
    """
    past = [act for school in schools for act in acts(school) if act.at.date() < before]
    for (_day, _half, username), sitting in groupby(sorted(past, key=_sitting), _sitting):
        with _at_work(username) as by:
            for act in sitting:
                _take(act, round_code, by)


def _sitting(act: Act) -> tuple[date, time, str]:
    """The half day at somebody's desk that a step belongs to."""
    return act.at.date(), DESKS[act.target].opens, act.by


@contextmanager
def _at_work(username: str) -> Iterator[Actor]:
    """A session of the account; its hours are counted by the real clock, which the database asks."""
    account = sessions.account_named(username)
    if account is None:
        raise LookupError(f"no account {username}")
    with sessions.acting_as(
        account, channel="demo", purpose="nộp báo cáo", at=timezone.now()
    ) as by:
        yield by


def _take(act: Act, round_code: str, by: Actor) -> None:
    """Take the step with each form of the school that has not taken it yet."""
    round_ = rounds.round_by_code(round_code)
    institution = Institution.objects.get(pk=act.plan.id)
    for form in rounds.forms_for(institution, round_):
        filing = filings.latest(institution.pk, round_, form.code)
        if filing is None:
            operations.complete(
                institution=institution, round_=round_, form=form.code, by=by, at=act.at,
                explained=EXPLAINED,
            )  # fmt: skip
        elif not filing.steps.filter(to_state=act.target).exists():
            _move(filing, act, by)


def _move(filing: Return, act: Act, by: Actor) -> None:
    """Sign, send back, or pass on."""
    ids = [filing.public_id]
    if act.target == SIGNED:
        operations.sign(filing_id=filing.public_id, seen_digest=filing.digest, by=by, at=act.at)
    elif act.target == RETURNED:
        operations.send_back(filing_ids=ids, by=by, at=act.at, reason=RETURNED_BECAUSE)
    else:
        operations.pass_on(filing_ids=ids, by=by, at=act.at)
