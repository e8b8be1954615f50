"""Every question others may ask of reporting; the session's row-level security answers."""

from sobo.reporting.queries.waiting import tasks

__all__ = ["tasks"]
