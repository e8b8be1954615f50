"""The way of a return through the tiers, as one table; buttons, checks and tests come from it.

TT 42/2021 Đ11 (each tier answers for its part), Đ15.3 (vetting before it goes on).
"""

from dataclasses import dataclass

from sobo.accounts.roles import (
    ACCEPT_RETURN,
    APPROVE_RETURN,
    COMPLETE_RETURN,
    REVIEW_RETURN,
    SIGN_RETURN,
    may,
)
from sobo.kernel.actor import Actor

DRAFT, COMPLETED, SIGNED, REVIEWED, APPROVED, ACCEPTED, RETURNED, REPLACED = STATES = (
    "draft",
    "completed",
    "signed",
    "reviewed",
    "approved",
    "accepted",
    "returned",
    "replaced",
)
PASSED_ON = (REVIEWED, APPROVED, ACCEPTED)
RESTS_ON_SIGNATURE = (SIGNED, *PASSED_ON)

STATE_NAMES = {
    DRAFT: ("Đang lập", "Being drawn up"),
    COMPLETED: ("Trường đã hoàn thành", "Completed by the school"),
    SIGNED: ("Hiệu trưởng đã ký", "Signed by the head"),
    REVIEWED: ("Xã/phòng đã thẩm định", "Reviewed"),
    APPROVED: ("Sở đã duyệt", "Approved by the department"),
    ACCEPTED: ("Bộ đã nhận", "Accepted by the Ministry"),
    RETURNED: ("Bị trả lại", "Returned"),
    REPLACED: ("Đã thay bằng bản ký sau", "Replaced by a later one"),
}

DUE_STATES = (SIGNED, REVIEWED, APPROVED)
"""The states with a day by which they must be reached, in the order of the road."""
DUE_NAMES = {
    SIGNED: ("Trường ký", "School signs"),
    REVIEWED: ("Xã, phường thẩm định", "Commune reviews"),
    APPROVED: ("Sở duyệt", "Department approves"),
}


def state_name(state: str, language: str | None) -> str:
    """What a state is called in a language."""
    vi, en = STATE_NAMES[state]
    return en if language == "en" else vi


def due_name(state: str, language: str | None) -> str:
    """What must be done by the day of a state, in a language."""
    vi, en = DUE_NAMES[state]
    return en if language == "en" else vi


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One step: who may take it from which state to which.

    A step that asks for a signature or for figures has an operation of its own.
    """

    action: str
    name: str
    name_en: str
    sources: tuple[str, ...]
    target: str
    permission: str
    asks_reason: bool = False
    asks_signature: bool = False
    asks_figures: bool = False
    direct_only: bool = False
    """Only for institutions that the Sở manages directly."""
    through_commune_only: bool = False

    def label(self, language: str | None) -> str:
        """What its button says."""
        return self.name_en if language == "en" else self.name


TRANSITIONS = (
    Transition(
        action="complete",
        name="Hoàn thành",
        name_en="Complete",
        sources=(DRAFT, RETURNED, ACCEPTED),
        target=COMPLETED,
        permission=COMPLETE_RETURN,
        asks_figures=True,
    ),
    Transition(
        action="reopen",
        name="Mở lại để sửa",
        name_en="Reopen",
        sources=(COMPLETED,),
        target=DRAFT,
        permission=COMPLETE_RETURN,
    ),
    Transition(
        action="hand_back",
        name="Trả lại văn thư",
        name_en="Hand back",
        sources=(COMPLETED,),
        target=DRAFT,
        permission=SIGN_RETURN,
        asks_reason=True,
    ),
    Transition(
        action="sign",
        name="Ký báo cáo",
        name_en="Sign",
        sources=(COMPLETED,),
        target=SIGNED,
        permission=SIGN_RETURN,
        asks_signature=True,
    ),
    Transition(
        action="review",
        name="Nhận, chuyển Sở",
        name_en="Review and pass on",
        sources=(SIGNED,),
        target=REVIEWED,
        permission=REVIEW_RETURN,
        through_commune_only=True,
    ),
    Transition(
        action="return_to_school",
        name="Trả lại trường",
        name_en="Return to the school",
        sources=(SIGNED,),
        target=RETURNED,
        permission=REVIEW_RETURN,
        asks_reason=True,
        through_commune_only=True,
    ),
    Transition(
        action="approve",
        name="Duyệt, trình Bộ",
        name_en="Approve",
        sources=(REVIEWED,),
        target=APPROVED,
        permission=APPROVE_RETURN,
    ),
    Transition(
        action="approve_direct",
        name="Duyệt, trình Bộ",
        name_en="Approve",
        sources=(SIGNED,),
        target=APPROVED,
        permission=APPROVE_RETURN,
        direct_only=True,
    ),
    Transition(
        action="return_by_department",
        name="Trả lại trường",
        name_en="Return to the school",
        sources=(REVIEWED, SIGNED),
        target=RETURNED,
        permission=APPROVE_RETURN,
        asks_reason=True,
    ),
    Transition(
        action="accept",
        name="Nhận vào số liệu quốc gia",
        name_en="Accept",
        sources=(APPROVED,),
        target=ACCEPTED,
        permission=ACCEPT_RETURN,
    ),
    Transition(
        action="return_by_ministry",
        name="Trả lại",
        name_en="Return",
        sources=(APPROVED,),
        target=RETURNED,
        permission=ACCEPT_RETURN,
        asks_reason=True,
    ),
)

BY_ACTION = {transition.action: transition for transition in TRANSITIONS}


def open_to(actor: Actor, *, state: str, managed_by_department: bool) -> tuple[Transition, ...]:
    """The steps this actor may take from a state; scope is checked by the database."""
    return tuple(
        t
        for t in TRANSITIONS
        if state in t.sources
        and may(actor, t.permission)
        and not (t.direct_only and not managed_by_department)
        and not (t.through_commune_only and managed_by_department)
    )


def forward_step(actor: Actor, *, state: str, managed_by_department: bool) -> Transition | None:
    """The step by which an authority above the school passes a return on, where there is one."""
    steps = open_to(actor, state=state, managed_by_department=managed_by_department)
    return next((step for step in steps if step.target in PASSED_ON), None)
