"""Taking a batch back: a compensating batch, since nothing is deleted."""

from django.db import connection, models

from sobo.kernel.actor import Actor
from sobo.registry.sheets import SHEETS
from sobo.specification.guards import history_table
from sobo.specification.records import ENVELOPE, Record


class WrittenOver(Exception):
    """Records this batch wrote were changed again since: taking it back would lose that."""

    def __init__(self, dataset: str, count: int) -> None:
        super().__init__(dataset, count)
        self.dataset, self.count = dataset, count


def datasets() -> list[type[Record]]:
    """Every dataset a batch can write, in reverse order of writing."""
    seen: dict[type[Record], None] = {}
    for sheet in SHEETS:
        for part in sheet.parts:
            if issubclass(part.model, Record):
                seen.setdefault(part.model)
    return list(reversed(seen))


def take_back(*, batch_id: int, compensating_id: int, by: Actor) -> dict[str, int]:
    """Restore what `batch_id` changed and cancel what it added; counts by dataset.

    Raises `WrittenOver` where a later change stands on one of its rows.
    """
    counts = {}
    for model in datasets():
        _refuse_if_written_over(model, batch_id)
        counts[model._meta.label_lower] = _take_back(model, batch_id, compensating_id, by)
    return {dataset: count for dataset, count in counts.items() if count}


def _refuse_if_written_over(model: type[models.Model], batch_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {history_table(model)} WHERE batch = %s", [batch_id])
        count = cursor.fetchone()[0]
    if count:
        raise WrittenOver(str(model._meta.verbose_name), count)


def _take_back(model: type[models.Model], batch_id: int, compensating_id: int, by: Actor) -> int:
    table, history = model._meta.db_table, history_table(model)
    columns = [
        f.column
        for f in model._meta.concrete_fields
        if f.column not in ENVELOPE and f.column not in getattr(model, "immutable", ())
    ]
    restored = ", ".join(
        f'"{c}" = CASE WHEN h.id IS NULL THEN t."{c}" ELSE h."{c}" END' for c in columns
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {restored}, version = t.version + 1, "
            "event = CASE WHEN h.id IS NULL OR h.event = 'CANCEL' THEN 'CANCEL' ELSE 'UPDATE' END, "
            "recorded_at = now(), recorded_by = %s, batch = %s "
            f"FROM {table} o LEFT JOIN {history} h ON h.id = o.id AND h.version = o.version - 1 "
            "WHERE o.id = t.id AND t.batch = %s",
            [by.account_id, compensating_id, batch_id],
        )
        return int(cursor.rowcount)
