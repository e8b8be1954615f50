"""Vietnamese text: one spelling, one order, one way to search, one way to write figures."""

from sobo.kernel.vietnamese.figures import (
    VIETNAM,
    format_day,
    format_moment,
    format_number,
    format_percent,
)
from sobo.kernel.vietnamese.order import place_sort_key, sort_key, sort_keys
from sobo.kernel.vietnamese.spelling import nfc, search_key, search_keys, tidy_name, tidy_names

__all__ = [
    "VIETNAM",
    "format_day",
    "format_moment",
    "format_number",
    "format_percent",
    "nfc",
    "place_sort_key",
    "search_key",
    "search_keys",
    "sort_key",
    "sort_keys",
    "tidy_name",
    "tidy_names",
]
