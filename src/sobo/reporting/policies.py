"""Whether a step may be taken now; each refusal is named and says the way out."""

from datetime import date

from sobo.kernel.refusal import Refusal
from sobo.kernel.vietnamese import format_day
from sobo.reporting.forms.values import Difference
from sobo.reporting.transitions import DUE_NAMES, STATE_NAMES


class NotFromHere(Refusal):
    """The return moved on meanwhile, or the step is not this role's."""

    vi = (
        "Báo cáo đang ở bước “{state_vi}”, không làm được việc này. "
        "Tải lại trang để xem bước hiện nay."
    )
    en = "The return stands at “{state_en}”; this cannot be done. Reload to see where it is now."

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state_vi, self.state_en = STATE_NAMES[state]


class ReasonMissing(Refusal):
    """The step asks for a reason that whoever gets it can act on."""

    vi = "Hãy ghi lý do (ít nhất 10 ký tự) để nơi nhận biết cần sửa gì."
    en = "Give a reason of at least 10 characters, so that it is clear what to mend."


class FiguresChanged(Refusal):
    """The register changed after the return was completed: the head would sign other figures."""

    vi = "Sổ đã thay đổi sau khi hoàn thành: {count} ô khác. Hãy hoàn thành lại rồi ký."
    en = (
        "The register changed since completion: {count} cells differ. Complete it again, then sign."
    )

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__(len(differences))
        self.differences = differences
        self.count = len(differences)


class ChecksBroken(Refusal):
    """Sums of the form do not hold."""

    vi = "{count} phép đối chiếu chưa đúng; xem bên dưới, sửa trong sổ rồi hoàn thành."
    en = "{count} checks do not hold; see below, mend the register, then complete."

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class ExplanationMissing(Refusal):
    """Something odd has no explanation yet."""

    vi = "Còn {count} điểm chưa giải trình: ghi lý do (ít nhất 10 ký tự) cho từng điểm."
    en = "{count} points still need an explanation of at least 10 characters each."

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class RestsOnSignedReturn(Refusal):
    """A signed return counts these records."""

    vi = (
        "Báo cáo {form} đã ký dựa trên dữ liệu này nên không hoàn tác được. Cách làm: đề nghị nơi "
        "nhận trả lại báo cáo, hoặc sửa trong sổ rồi lập báo cáo mới thay bản đã ký."
    )
    en = (
        "The signed return {form} rests on these data, so they cannot be taken back. Ask for the "
        "return to be sent back, or mend the register and file a new return in its place."
    )

    def __init__(self, form: str) -> None:
        super().__init__(form)
        self.form = form


class NotYetOpen(Refusal):
    """The round has not opened, or the school has no such level."""

    vi = "Kỳ báo cáo chưa mở hoặc trường không có cấp học của biểu này."
    en = "The round is not open, or the school does not have this form's level."


class NotOfThisDepartment(Refusal):
    """Days of a province are set by whoever approves for its Sở, and by nobody else."""

    vi = "Hạn của một tỉnh do lãnh đạo Sở duyệt của tỉnh ấy đặt. Hãy đề nghị Sở đặt."
    en = "A province's days are set by the approver of its department. Ask the department."


class NoDayGiven(Refusal):
    """Nothing was said to set."""

    vi = "Chưa ghi ngày nào: ghi ngày cho ít nhất một bước mà văn bản của Sở định."
    en = "No day was given: give one for at least one step that your document sets."


class BasisMissing(Refusal):
    """A day binds schools only by a document they can ask for."""

    about = "basis"
    vi = (
        "Thiếu căn cứ: ghi số và ngày văn bản của Sở, ví dụ "
        "Công văn 1234/SGDĐT-KHTC ngày 20/9/2026."
    )
    en = (
        "The basis is missing: give number and day of the department's document, such as "
        "Công văn 1234/SGDĐT-KHTC of 20/9/2026."
    )


class DayRefused(Refusal):
    """A day that cannot be set; `about` is the state it was meant for."""

    def __init__(self, state: str, day: date, bound: date) -> None:
        super().__init__(state)
        self.about = state
        self.what_vi, self.what_en = DUE_NAMES[state]
        self.day, self.bound = format_day(day), format_day(bound)


class DayBeforeOpening(DayRefused):
    """Nothing can be due before the round opens."""

    vi = (
        "Ngày {day} cho bước “{what_vi}” là trước ngày kỳ mở ({bound}). Ghi từ ngày {bound} trở đi."
    )
    en = "{day} for “{what_en}” is before the round opens ({bound}). Give {bound} or a later day."


class DayAfterTheMinistrys(DayRefused):
    """A Sở may ask for things earlier than the Ministry does, never later."""

    vi = "Ngày {day} cho bước “{what_vi}” là sau hạn của Bộ ({bound}). Ghi ngày {bound} hoặc sớm hơn."
    en = (
        "{day} for “{what_en}” is after the Ministry's day ({bound}). Give {bound} or an earlier "
        "day."
    )


class DaysOutOfOrder(DayRefused):
    """A tier would have to be done before the one it waits for."""

    vi = (
        "Ngày {day} cho bước “{what_vi}” là trước hạn của bước đi trước ({bound}). Trường ký, rồi "
        "xã, phường thẩm định, rồi Sở duyệt: ghi lại một trong hai ngày."
    )
    en = (
        "{day} for “{what_en}” is before the day of the step it follows ({bound}). Schools sign, "
        "then communes review, then the department approves: change one of the two days."
    )
