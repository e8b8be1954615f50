"""What reading a value can come to, and the words for it; never with the value in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Wording:
    """One problem or repair in both languages."""

    vi: str
    en: str


PROBLEMS: dict[str, Wording] = {
    "TA-0201": Wording(
        "Không đọc được ngày. Hãy ghi dạng ngày/tháng/năm, ví dụ 02/09/2015.",
        "Not a date. Write day/month/year, such as 02/09/2015.",
    ),
    "TA-0202": Wording("Không có ngày này trong lịch.", "There is no such day."),
    "TA-0203": Wording(
        "Năm chỉ có hai chữ số. Hãy ghi đủ bốn chữ số.",
        "The year has two digits only. Write all four.",
    ),
    "TA-0204": Wording(
        "Có vẻ tháng đứng trước ngày. Hãy ghi ngày trước, tháng sau.",
        "The month seems to stand before the day. Write the day first.",
    ),
    "TA-0205": Wording(
        "Thiếu ngày hoặc tháng; ở đây cần đủ ngày, tháng, năm.",
        "The day or the month is missing; all three are needed here.",
    ),
    "TA-0211": Wording("Không phải là số.", "Not a number."),
    "TA-0212": Wording(
        "Dấu chấm trước ba chữ số có thể là phần nghìn hoặc phần thập phân. "
        "Hãy dùng dấu phẩy cho phần thập phân.",
        "A dot before three digits may mean thousands or decimals. Use a comma for decimals.",
    ),
    "TA-0213": Wording("Ở đây cần số nguyên.", "A whole number is needed here."),
    "TA-0214": Wording(
        "Excel đã rút gọn số (dạng 7,92E+10) nên mất chữ số. Hãy nhập lại số, ô định dạng Văn bản.",
        "Excel shortened the number (like 7.92E+10) and digits were lost. "
        "Type it again in a cell formatted as Text.",
    ),
    "TA-0221": Wording(
        "Không rõ là có hay không. Hãy ghi x hoặc để trống.",
        "Neither yes nor no. Write x or leave it empty.",
    ),
    "TA-0231": Wording("Không có trong danh mục.", "Not in the code list."),
    "TA-0232": Wording(
        "Khớp với nhiều mục trong danh mục. Hãy ghi mã.",
        "Matches several items of the code list. Write the code.",
    ),
    "TA-0241": Wording(
        "Số định danh cá nhân phải có 12 chữ số.", "A personal number has 12 digits."
    ),
    "TA-0242": Wording(
        "Số định danh có lẽ bị mất số 0 ở đầu, nhưng không khớp năm sinh và giới tính "
        "nên không tự bổ sung.",
        "The personal number may have lost its leading zeros, but does not agree with year of "
        "birth and sex, so they were not restored.",
    ),
    "TA-0243": Wording(
        "Đây là số CMND 9 chữ số, không phải số định danh cá nhân.",
        "This is an old 9-digit identity card number, not a personal number.",
    ),
    "TA-0251": Wording("Số điện thoại không hợp lệ.", "Not a telephone number."),
    "TA-0252": Wording(
        "Có nhiều số điện thoại trong một ô. Hãy chỉ giữ một số.",
        "Several telephone numbers in one cell. Keep one.",
    ),
    "TA-0261": Wording(
        "Họ tên có chữ số hoặc ký hiệu lạ.", "The name holds digits or strange signs."
    ),
}

REPAIRS: dict[str, Wording] = {
    "TA-0301": Wording(
        "Đã bổ sung số 0 bị mất ở đầu; số khớp với năm sinh và giới tính.",
        "Lost leading zeros were restored; the number agrees with year of birth and sex.",
    ),
    "TA-0302": Wording(
        "Đã bổ sung số 0 bị mất ở đầu số điện thoại.",
        "The lost leading zero of the telephone number was restored.",
    ),
    "TA-0303": Wording(
        "Họ tên viết hoa toàn bộ; giữ nguyên như đã ghi.",
        "The name is all in capitals; it was kept as typed.",
    ),
    "TA-0304": Wording(
        "Ngày ở dạng số của Excel đã được đổi thành ngày.",
        "A date kept as an Excel number was turned into a date.",
    ),
    "TA-0305": Wording(
        "Đã bổ sung số 0 bị mất ở đầu mã.", "The lost leading zero of the code was restored."
    ),
}

NOTHING = pl.lit(None, dtype=pl.String)


@dataclass(frozen=True)
class Parsed:
    """Three expressions of equal length; `problem` and `repair` hold codes or null."""

    value: pl.Expr
    problem: pl.Expr
    repair: pl.Expr = NOTHING


def first_of(cases: Mapping[str, pl.Expr]) -> pl.Expr:
    """The first code whose condition holds, else null; a null condition does not hold."""
    answer = NOTHING
    for code, condition in reversed(list(cases.items())):
        answer = pl.when(condition).then(pl.lit(code)).otherwise(answer)
    return answer


def trimmed(column: pl.Expr) -> pl.Expr:
    """The text without blanks around it, no-break ones included; null where nothing is left."""
    text = column.str.replace_all(r"[\u00A0\u200B\uFEFF\u202F]", " ").str.strip_chars()
    return pl.when(text != "").then(text)
