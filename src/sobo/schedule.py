"""What happens by the clock, and what one area must ask another that it cannot import.

The only place, beside settings and urls, that sees every area.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import AppConfig

AT: Mapping[str, str] = {
    "0 23 * * *": "sobo.reporting.tasks.remind"  # 6:00 in Việt Nam; cron of the queue is UTC
}
"""Tasks by the moment they run at."""

BEFORE: Mapping[str, tuple[str, ...]] = {
    "sobo.intake.operations.BEFORE_UNDO": ("sobo.reporting.operations.require_no_signed_return",)
}
"""Who is asked before an act: each raises a refusal where the act would break something of its own."""


class Schedule(AppConfig):
    """Connects the areas once they are all loaded."""

    name = "sobo.schedule"
    label = "schedule"
    path = __file__

    def ready(self) -> None:
        """Hand each act those who are asked before it, and the queue its clock."""
        from django.utils.module_loading import import_string
        from procrastinate.contrib.django import app

        for act, asked in BEFORE.items():
            listed: list[Callable[..., Any]] = import_string(act)
            listed.extend(map(import_string, asked))
        for cron, task in AT.items():
            app.periodic(cron=cron)(import_string(task))
