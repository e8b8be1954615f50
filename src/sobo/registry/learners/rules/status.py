"""Status through the year: who is there, who came, who left, when and why (HS-04xx)."""

import polars as pl

from sobo.registry.learners.models import LEFT, MOVED_AWAY, MOVED_IN
from sobo.specification.fields import Level
from sobo.specification.rules import Repair, Severity, rule

_CLAUSE = "TT 42/2021 Đ10.5"
_STUDYING = "01"
_FIRST_SEMESTER = ("02", "03", "04", "05")
_SECOND_SEMESTER = ("06", "07", "08", "09")
_SUMMER = ("10", "11", "12")
_NEW, _MOVED = "1", "3"
"""Kinds of admission (ADMISSION_KIND)."""
_TO_VOCATIONAL = "08"
"""Reason for leaving: to learn a trade (LEAVING_REASON)."""
_STATUS, _SINCE = pl.col("status"), pl.col("status_on")


def _in_school_year(month: int, day: int, *, after_new_year: bool) -> pl.Expr:
    return pl.date(pl.col("school_year") + int(after_new_year), month, day)


@rule(
    "HS-0401",
    on="learners",
    field="leaving_reason",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Đã ghi lý do thôi học nhưng trạng thái không phải là thôi học.",
    en="A reason for leaving is given, but the status does not say the learner left.",
    repair=Repair(
        vi="Xoá lý do thôi học",
        en="Clear the reason for leaving",
        values={"leaving_reason": pl.lit(None, dtype=pl.String)},
    ),
)
def only_leavers_have_a_reason() -> pl.Expr:
    return pl.col("leaving_reason").is_null() | _STATUS.is_in(LEFT)


@rule(
    "HS-0402",
    on="learners",
    field="moved_to",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Đã ghi nơi chuyển đi nhưng trạng thái không phải là chuyển đi.",
    en="A place is given that the learner moved to, but the status does not say so.",
    repair=Repair(
        vi="Xoá nơi chuyển đi",
        en="Clear the place",
        values={"moved_to": pl.lit(None, dtype=pl.String)},
    ),
)
def only_those_moved_away_have_a_destination() -> pl.Expr:
    return pl.col("moved_to").is_null() | _STATUS.is_in(MOVED_AWAY)


@rule(
    "HS-0403",
    on="learners",
    field="status",
    severity=Severity.ERROR,
    clause="Khung kế hoạch thời gian năm học; TT 42/2021 Đ10.5",
    vi="Trạng thái của học kỳ 2, nhưng học kỳ 2 chưa bắt đầu.",
    en="A status of the second semester, which has not begun yet.",
    needs=["school_year", "on"],
    verified=False,
)
def status_is_of_a_semester_begun() -> pl.Expr:
    begun = pl.col("on") >= _in_school_year(1, 1, after_new_year=True)
    return ~_STATUS.is_in(_SECOND_SEMESTER) | begun


@rule(
    "HS-0404",
    on="learners",
    field="status_on",
    severity=Severity.QUERY,
    clause="Khung kế hoạch thời gian năm học; TT 42/2021 Đ10.5",
    vi="Ngày có trạng thái không nằm trong kỳ mà trạng thái nói tới.",
    en="The day of the status is not in the semester that the status speaks of.",
    needs=["school_year"],
    verified=False,
)
def status_day_lies_in_its_semester() -> pl.Expr:
    # Semesters meet in January and end in late May; the frames leave room for local calendars.
    first = _SINCE.is_between(
        _in_school_year(8, 1, after_new_year=False), _in_school_year(1, 31, after_new_year=True)
    )
    second = _SINCE.is_between(
        _in_school_year(1, 1, after_new_year=True), _in_school_year(6, 30, after_new_year=True)
    )
    summer = _SINCE.is_between(
        _in_school_year(5, 25, after_new_year=False), _in_school_year(9, 5, after_new_year=False)
    )
    return (
        pl.when(_STATUS.is_in(_FIRST_SEMESTER))
        .then(first)
        .when(_STATUS.is_in(_SECOND_SEMESTER))
        .then(second)
        .when(_STATUS.is_in(_SUMMER))
        .then(summer)
    )


@rule(
    "HS-0405",
    on="learners",
    field="status_on",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Chưa ghi ngày có trạng thái: không biết em có mặt ngày 30/9 hay không.",
    en="The day of the status is missing: was the learner there on 30 September?",
)
def change_of_status_has_a_day() -> pl.Expr:
    return (_STATUS == _STUDYING) | _SINCE.is_not_null()


@rule(
    "HS-0406",
    on="learners",
    field="status_on",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Ngày có trạng thái nằm trong tương lai.",
    en="The day of the status lies in the future.",
    needs=["on"],
)
def status_day_is_not_in_the_future() -> pl.Expr:
    return pl.col("on") >= _SINCE


@rule(
    "HS-0407",
    on="learners",
    field="admission",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Em chuyển đến nhưng loại nhập học ghi “Tuyển mới”.",
    en="The learner moved in, but the admission says newly recruited.",
    repair=Repair(
        vi="Ghi loại nhập học là “Chuyển đến”",
        en="Make the admission “moved in”",
        values={"admission": pl.lit(_MOVED)},
    ),
)
def one_who_moved_in_is_not_newly_recruited() -> pl.Expr:
    return ~_STATUS.is_in(MOVED_IN) | (pl.col("admission") != _NEW)


@rule(
    "HS-0408",
    on="learners",
    field="leaving_reason",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ9, Đ28",
    vi="Lý do “Chuyển học nghề” không có ở mầm non và tiểu học.",
    en="Leaving to learn a trade does not happen in preschool and primary.",
    levels=[Level.PRESCHOOL, Level.PRIMARY],
    verified=False,
)
def only_secondary_learners_leave_for_a_trade() -> pl.Expr:
    is_young = pl.col("row_level").is_in([Level.PRESCHOOL.value, Level.PRIMARY.value])
    return ~is_young | (pl.col("leaving_reason") != _TO_VOCATIONAL)
