"""The national exchange workbook: its tables and fields, to count how much of it we hold."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def workbook() -> Mapping[str, tuple[str, ...]]:
    """Field names of each table of the workbook, without envelope and technical keys."""
    text = (resources.files(__name__) / "workbook.json").read_text(encoding="utf-8")
    return {table: tuple(fields) for table, fields in json.loads(text)["tables"].items()}
