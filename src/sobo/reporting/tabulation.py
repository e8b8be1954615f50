"""The figures of a form as plain rows and as a document: for files and for the command line."""

from collections.abc import Iterator
from typing import Any

from sobo.reporting.forms.values import Blank, FormValues, digest

HEAD = ("sheet", "row", "code", "label", "column", "column_label", "value")


def cells_as_rows(values: FormValues) -> Iterator[tuple[str | int, ...]]:
    """A heading, then one row a cell that holds a figure."""
    yield HEAD
    for key, cell in values.cells.items():
        if not isinstance(cell, Blank):
            sheet = values.definition.sheet_by_key[key.sheet]
            row = sheet.by_key[key.row]
            column = sheet.by_number[key.column]
            yield key.sheet, key.row, row.code, row.label, column.number, column.label, cell


def document_of(values: FormValues, *, state: str) -> dict[str, Any]:
    """A form with what it is, whose it is, and its digest."""
    head, *rows = cells_as_rows(values)
    return {
        "form": values.definition.code,
        "edition": values.definition.edition,
        "status": values.definition.status,
        "of": values.of,
        "reference_day": values.on.isoformat(),
        "state": state,
        "digest": digest(values),
        "cells": [dict(zip(head, row, strict=True)) for row in rows],
    }
