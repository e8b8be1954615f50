"""Numbers and days as Vietnamese readers expect them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_VIETNAMESE_MARKS = str.maketrans(",.", ".,")


def format_number(value: float | Decimal, places: int = 0) -> str:
    """Write a number with dots between thousands and a decimal comma: `1.105`, `7,5`."""
    return f"{value:,.{places}f}".translate(_VIETNAMESE_MARKS)


def format_percent(share: float | Decimal, places: int = 1) -> str:
    """Write a share of one as a percentage: 0.395 is `39,5 %`, with a blank that does not break."""
    return f"{format_number(share * 100, places)}\N{NO-BREAK SPACE}%"


def format_day(day: date) -> str:
    """Write a day as `18/10/2026`."""
    return f"{day:%d/%m/%Y}"


def format_moment(moment: datetime) -> str:
    """Write a moment as `18/10/2026, 21:07`, in Vietnamese time where it has a zone."""
    local = moment.astimezone(VIETNAM) if moment.tzinfo else moment
    return f"{local:%d/%m/%Y, %H:%M}"
