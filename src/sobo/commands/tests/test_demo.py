"""The demo's first start: all of it or nothing; its filing goes on where it was cut off."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, is_password_usable
from django.db import connection
from django.utils import timezone

from sobo.accounts import sessions
from sobo.accounts.models import Account
from sobo.commands import demo_
from sobo.demo import filing, samples
from sobo.demo.calendar import DEMO_ON
from sobo.demo.deadlines import ROUND
from sobo.demo.nation import Batch, batches
from sobo.demo.plans import written_plans
from sobo.demo.territory import Territory, territory_of
from sobo.institutions.models import Institution, Unit
from sobo.kernel.actor import Actor
from sobo.reporting import headlines, operations
from sobo.reporting.models import Return, Step
from sobo.reporting.queries import rounds
from sobo.reporting.transitions import ACCEPTED
from sobo.statistics import queries
from sobo.statistics.queries import Place

NATION = "sobo_test_demo"
CAST = {"th-chieng-sinh", "mn-co-ma", "th-ban-co", "th-thcs-can-gio"}
FILED = {
    "mg-binh-minh", "mn-to-hieu",  # accepted, one in each province
    "chuyen-biet",  # approved, managed by the Sở
    "mn-vuon-xanh",  # reviewed
    "nhom-anh-duong",  # returned
    "nhom-be-ngoan",  # completed
    "noi-tru-van-ho",  # signed, with two levels
}  # fmt: skip
"""Small schools, of every state there is."""
STEPS = {
    "complete": 8, "sign": 7, "review": 3, "return_to_school": 1, "approve": 2,
    "approve_direct": 1, "accept": 2,
}  # fmt: skip
CHEAP = 64
"""Memory, in KiB, that hashing a password of these tests takes; no less is allowed."""
BY = {
    "complete": ("clerk", ""), "sign": ("head", ""), "review": ("reviewer", "xa"),
    "return_to_school": ("reviewer", "xa"), "approve": ("approver", "so"),
    "approve_direct": ("approver", "so"), "accept": ("ministry", "bo"),
}  # fmt: skip
"""The role and the tier of whoever takes a step."""


class Killed(Exception):
    """Stands for the sudden end of the process."""


def _killed(*_: object, **__: object) -> None:
    raise Killed


def _put(databases: Any, drawn: tuple[Territory, list[Batch]], data: Path) -> None:
    """Load the schools as the owner, in one transaction."""
    territory, drawn_batches = drawn
    with databases.as_owner(NATION) as owner:
        demo_.put(owner, territory, iter(drawn_batches), data=data)


def _file() -> None:
    schools = [school for school in filing.filed() if school.plan.key in FILED]
    filing.file_returns(schools, round_code=ROUND, before=DEMO_ON)


@pytest.fixture(scope="module")
def drawn() -> tuple[Territory, list[Batch]]:
    plans = [plan for plan in written_plans() if plan.key in CAST | FILED]
    territory = territory_of(plans)
    return territory, list(batches(territory, plans))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def left_by_a_cut(
    databases: Any, bare: str, drawn: tuple[Territory, list[Batch]], data: Path
) -> dict[str, int]:
    """How many rows a load leaves in which the process ends just before the end."""
    databases.copy(bare, NATION)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(samples, "write_samples", _killed)
        patch.setattr(Argon2PasswordHasher, "memory_cost", CHEAP)
        _put(databases, drawn, data)
    tables = [model._meta.db_table for model in (Unit, Institution, Account)]
    with databases.as_owner(NATION) as owner:
        return {
            table: owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        }


@pytest.fixture(scope="module")
def loaded(
    databases: Any, left_by_a_cut: dict[str, int], drawn: tuple[Territory, list[Batch]], data: Path
) -> None:
    """The nation of these schools; the samples have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(samples, "write_samples", lambda *_: [])
        patch.setattr(Argon2PasswordHasher, "memory_cost", CHEAP)
        _put(databases, drawn, data)


@pytest.fixture(scope="module")
def round_filed(loaded: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What they filed, cut off in the middle and taken up again."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = NATION
    with django_db_blocker.unblock():
        with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
            patch.setattr(operations, "pass_on", _killed)
            _file()
        _file()
        yield
        connection.close()
    connection.settings_dict["NAME"] = usual


def _as(username: str) -> AbstractContextManager[Actor]:
    account = sessions.account_named(username)
    assert account is not None
    return sessions.acting_as(account, channel="test", purpose="thử nghiệm", at=timezone.now())


def test_a_load_that_is_cut_off_leaves_nothing(left_by_a_cut: dict[str, int]) -> None:
    assert set(left_by_a_cut.values()) == {0}


def test_only_the_cast_signs_in(databases: Any, loaded: None, data: Path) -> None:
    with databases.as_owner(NATION) as owner:
        accounts = dict(owner.execute("SELECT username, password FROM accounts_account").fetchall())
    members = {each.username: each.password for each in demo_.sign_ins(data)}
    assert members.keys() == {name for name, kept in accounts.items() if is_password_usable(kept)}
    assert check_password(members["bo"], accounts["bo"])
    assert {f"vanthu.{key}" for key in FILED} <= accounts.keys() - members.keys()


@pytest.mark.usefixtures("round_filed")
def test_every_step_was_taken_once_though_the_filing_was_cut_off() -> None:
    with _as("bo"):
        assert Counter(Step.objects.values_list("action", flat=True)) == STEPS


@pytest.mark.usefixtures("round_filed")
def test_every_school_stands_where_it_should_with_every_form_it_files() -> None:
    with _as("bo"):
        found = set(Return.objects.values_list("institution_id", "level", "state"))
    assert found == {
        (school.plan.id, str(level), school.state)
        for school in filing.filed()
        if school.plan.key in FILED
        for level in school.plan.levels
    }


@pytest.mark.usefixtures("round_filed")
def test_each_step_was_taken_by_its_role_at_the_place_it_belongs_to(databases: Any) -> None:
    with databases.as_owner(NATION) as owner:
        taken = owner.execute(
            "SELECT DISTINCT s.action, s.made_by_role, a.role, coalesce(u.tier, ''), "
            "coalesce(a.institution_id, s.institution_id) = s.institution_id "
            "FROM reporting_step s JOIN accounts_account a ON a.id = s.made_by "
            "LEFT JOIN institutions_unit u ON u.id = a.unit_id"
        ).fetchall()
    assert {action: rest for action, *rest in taken} == {
        action: [role, role, tier, True] for action, (role, tier) in BY.items()
    }


@pytest.mark.usefixtures("round_filed")
def test_the_nation_is_the_sum_of_the_accepted_returns() -> None:
    with _as("bo"):
        round_ = rounds.round_by_code(ROUND)
        (form,) = (form for form in rounds.forms_of(round_) if form.code == "01-MN-ĐN")
        cells = list(Return.objects.filter(state=ACCEPTED).values_list("cells", flat=True))
        nation = queries.whole_form(round_, form, ACCEPTED, of=Place())
        (learners,) = (
            each[headlines.LEARNERS].values[ACCEPTED]
            for code, each in queries.headline_sums(round_, of=Place()).items()
            if code == form.code
        )
    assert nation is not None
    assert len(cells) == 2
    assert nation.figures == _sums(cells)
    assert learners == sum(headlines.value(form, each, headlines.LEARNERS) for each in cells) > 0


def _sums(forms: Iterable[Sequence[int | None]]) -> tuple[int | None, ...]:
    columns = zip(*forms, strict=True)
    return tuple(None if None in column else sum(map(int, column)) for column in columns)


@pytest.mark.usefixtures("round_filed")
def test_what_people_do_afterwards_is_left_alone() -> None:
    with _as("bo"):
        before = Step.objects.count()
        (completed,) = Return.objects.filter(state="completed")
    with _as("hieutruong.nhom-be-ngoan") as head:
        operations.take_step(
            filing_id=completed.public_id, action="hand_back", by=head,
            at=timezone.now(), reason="Xem lại số trẻ của nhóm.",
        )  # fmt: skip
    _file()
    with _as("bo"):
        assert Step.objects.count() == before + 1
