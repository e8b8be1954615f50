"""Every way a batch changes: received, read, mapped, mended, explained, committed, taken back."""

from sobo.intake.operations.committing import BEFORE_UNDO, commit, keep_refusal, undo
from sobo.intake.operations.mending import SHORTEST_REASON, decide, explain, mend, repair, undo_act
from sobo.intake.operations.reading import (
    choose_columns,
    forget_columns,
    give_up,
    read,
    receive,
    recheck,
    reopen,
)

__all__ = [
    "BEFORE_UNDO",
    "SHORTEST_REASON",
    "choose_columns",
    "commit",
    "decide",
    "explain",
    "forget_columns",
    "give_up",
    "keep_refusal",
    "mend",
    "read",
    "receive",
    "recheck",
    "reopen",
    "repair",
    "undo",
    "undo_act",
]
