"""Every way a batch changes: received, read, mapped, mended, explained, committed, taken back."""

from sobo.intake.operations.committing import BEFORE_UNDO, commit, undo
from sobo.intake.operations.mending import decide, explain, mend, repair, undo_act
from sobo.intake.operations.reading import choose_columns, read, receive, recheck

__all__ = [
    "BEFORE_UNDO",
    "choose_columns",
    "commit",
    "decide",
    "explain",
    "mend",
    "read",
    "receive",
    "recheck",
    "repair",
    "undo",
    "undo_act",
]
