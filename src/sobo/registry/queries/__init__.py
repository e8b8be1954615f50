"""Every question others may ask of the register; the session's row-level security answers.

Rows come as light named tuples straight from SQL: a class list is opened hundreds of times a second
on the day reports are due (docs/performance.md).
"""

from sobo.registry.queries.waiting import tasks

__all__ = ["tasks"]
