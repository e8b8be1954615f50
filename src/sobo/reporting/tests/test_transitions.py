"""Who may take a return where: every role in every state, written out beside the product's table."""

import pytest

from sobo.kernel.actor import Actor
from sobo.reporting.transitions import STATES, TRANSITIONS, forward_step, open_to

CLERK, HEAD, REVIEWER, APPROVER, MINISTRY = "clerk", "head", "reviewer", "approver", "ministry"

THROUGH_COMMUNE = {
    (CLERK, "draft"): {"complete"},
    (CLERK, "completed"): {"reopen"},
    (CLERK, "returned"): {"complete"},
    (CLERK, "accepted"): {"complete"},
    (HEAD, "completed"): {"sign", "hand_back"},
    (REVIEWER, "signed"): {"review", "return_to_school"},
    (APPROVER, "signed"): {"return_by_department"},
    (APPROVER, "reviewed"): {"approve", "return_by_department"},
    (MINISTRY, "approved"): {"accept", "return_by_ministry"},
}
"""Schools that a commune manages; what is not listed is nothing."""

MANAGED_BY_DEPARTMENT = {
    **{key: steps for key, steps in THROUGH_COMMUNE.items() if key[0] != REVIEWER},
    (APPROVER, "signed"): {"approve_direct", "return_by_department"},
}
"""Schools that the Sở manages itself: no commune stands between."""

ROLES = (CLERK, HEAD, REVIEWER, APPROVER, MINISTRY, "loader", "outsider")


def _actor(role: str) -> Actor:
    return Actor(account_id=1, name="Thử", role=role, reach="narrow")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("direct", [False, True])
def test_every_role_in_every_state(role: str, state: str, direct: bool) -> None:
    expected = MANAGED_BY_DEPARTMENT if direct else THROUGH_COMMUNE
    steps = open_to(_actor(role), state=state, managed_by_department=direct)
    assert {step.action for step in steps} == expected.get((role, state), set())


@pytest.mark.parametrize(
    ("role", "state", "direct", "action"),
    [
        (REVIEWER, "signed", False, "review"),
        (REVIEWER, "signed", True, None),
        (APPROVER, "reviewed", False, "approve"),
        (APPROVER, "signed", True, "approve_direct"),
        (APPROVER, "signed", False, None),
        (MINISTRY, "approved", False, "accept"),
        (HEAD, "completed", False, None),
        (CLERK, "draft", False, None),
    ],
)
def test_what_many_returns_can_be_passed_on_with(
    role: str, state: str, direct: bool, action: str | None
) -> None:
    """Signing and completing are never done for many at once."""
    step = forward_step(_actor(role), state=state, managed_by_department=direct)
    assert (step.action if step else None) == action


def test_who_sends_back_always_says_why() -> None:
    back = [step for step in TRANSITIONS if step.target in ("returned", "draft")]
    assert {step.action for step in back if not step.asks_reason} == {"reopen"}
