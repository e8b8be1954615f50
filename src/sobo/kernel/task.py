"""Something a person should do next: what "Việc cần làm" lists."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do, in words, with where to do it."""

    title: str
    """The situation, with its figure: `3 báo cáo chờ ký`."""
    why: str
    url: str
    action: str
    """The label of its button: what will happen."""
    count: int = 1
    due_on: date | None = None
    is_late: bool = False
