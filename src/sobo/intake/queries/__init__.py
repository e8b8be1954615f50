"""Every question about batches: rows with edits, findings by cause, differences, what to do next."""

from sobo.intake.queries.waiting import tasks

__all__ = ["tasks"]
