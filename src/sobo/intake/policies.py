"""Whether something may happen to a batch now; each refusal is named and says the way out."""


class Refusal(Exception):
    """What may not be done, and what to do instead."""

    vi = ""
    en = ""

    def text(self, language: str) -> str:
        """The refusal in `vi` or `en`."""
        return (self.en if language == "en" else self.vi).format(**vars(self))


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
