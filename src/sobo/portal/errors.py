"""Error reports that carry no value of any request or variable: only where the error was."""

from collections.abc import ItemsView
from typing import Any

from django.views.debug import SafeExceptionReporterFilter


class NothingPersonal(SafeExceptionReporterFilter):
    """Replaces every posted value and local variable."""

    def is_active(self, request: Any) -> bool:
        """Always: a register has no debugging mode in which persons may be shown."""
        return True

    def get_post_parameters(self, request: Any) -> dict[str, Any]:
        """No parameter at all."""
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        """No local variable at all."""
        return dict[str, Any]().items()
