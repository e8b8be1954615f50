"""Whether something may happen to a batch now; each refusal is named and says the way out."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from sobo.institutions.models import TerritoryPolicy
from sobo.institutions.reference import MARKED_WORKBOOK_MAY_LEAVE, YES
from sobo.intake.checking import CheckedSheet
from sobo.intake.reading.refusals import FileRefused
from sobo.kernel.refusal import Refusal
from sobo.registry.matching import CODE_KNOWN

FEWEST_CODES = 5
"""Fewer codes of persons than this say nothing about whose file it is."""
MOST_STRANGERS = 0.5
"""The share of unknown codes from which on a file is taken for another school's."""


class NotNow(Refusal):
    """The batch is not in a state that allows it."""

    vi = "Tệp này đang ở trạng thái “{state}” nên không làm được việc này. Tải lại trang để xem."
    en = "This file is “{state}”, so this cannot be done. Reload the page to see where it stands."

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class EditedMeanwhile(Refusal):
    """Somebody edited the batch after this page was shown."""

    vi = "Có người vừa sửa tệp này. Xem lại phần khác nhau rồi ghi."
    en = "Somebody has just edited this file. Review the differences again, then commit."


class RegisterMoved(Refusal):
    """The register changed after the batch was compared with it."""

    vi = "Sổ vừa thay đổi sau khi đối chiếu. Hệ thống đã đối chiếu lại; hãy xem rồi ghi."
    en = "The register changed after the comparison. It has been compared again; review and commit."


class NothingToWrite(Refusal):
    """No row of the batch may be written."""

    vi = "Không có dòng nào để ghi: các dòng đều còn lỗi hoặc giống hệt trong sổ."
    en = "There is nothing to write: every row has errors or equals the register."


class ReasonTooShort(Refusal):
    """An explanation that says nothing."""

    vi = "Hãy ghi lý do (ít nhất 10 ký tự); người duyệt sẽ đọc."
    en = "Give a reason of at least 10 characters; the reviewer will read it."


class ChangedSince(Refusal):
    """Rows of the batch were changed again, so taking it back would lose those changes."""

    vi = "{count} bản ghi của đợt này đã được sửa tiếp sau đó; hoàn tác sẽ làm mất phần sửa ấy."
    en = "{count} records of this batch were changed again since; undoing would lose that."

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class FileOfAnotherSchool(FileRefused):
    """Most persons of the file are known by codes that this school's register does not have."""

    def __init__(self, count: int) -> None:
        super().__init__("TA-0403", count=count)


def refuse_file_of_another_school(found: Mapping[str, CheckedSheet]) -> None:
    """Stop before anything of another school is shown as new. Raises `FileOfAnotherSchool`."""
    for each in found.values():
        if CODE_KNOWN not in each.rows.columns:
            continue
        known = each.rows[CODE_KNOWN].drop_nulls()
        strangers = int((~known).sum())
        if len(known) >= FEWEST_CODES and strangers > MOST_STRANGERS * len(known):
            raise FileOfAnotherSchool(strangers)


def files_may_leave(province_code: str, on: date) -> bool:
    """Whether a territory lets files with personal data go back to their schools, on a day.

    What the province says stands before what holds everywhere; silence forbids.
    """
    said = TerritoryPolicy.objects.filter(
        Q(province_code=province_code) | Q(province_code__isnull=True),
        Q(until__isnull=True) | Q(until__gt=on),
        topic=MARKED_WORKBOOK_MAY_LEAVE,
        since__lte=on,
    )
    latest = sorted(said, key=lambda policy: (policy.province_code is not None, policy.since))
    return bool(latest) and latest[-1].value == YES
