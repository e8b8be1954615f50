"""Why a file is turned away at the door, in words its sender can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason to turn a file away; the texts name the limit in `{…}` where one applies."""

    vi: str
    en: str


REFUSALS: dict[str, Refusal] = {
    "TA-0001": Refusal(
        "Đây không phải là tệp bảng tính. Hãy gửi tệp .xlsx, .xls, .ods hoặc .csv.",
        "This is not a spreadsheet. Send an .xlsx, .xls, .ods or .csv file.",
    ),
    "TA-0002": Refusal("Tệp trống, không có dữ liệu nào.", "The file is empty."),
    "TA-0003": Refusal(
        "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
        "The file has a password. Remove it and send it again.",
    ),
    "TA-0004": Refusal(
        "Tệp có chứa macro. Hãy lưu lại dưới dạng .xlsx (Sổ làm việc Excel) rồi gửi lại.",
        "The file contains macros. Save it as .xlsx (Excel Workbook) and send it again.",
    ),
    "TA-0005": Refusal(
        "Tệp nén bất thường: khi mở ra lớn quá mức cho phép ({limit}). Tệp không được mở.",
        "The file is compressed abnormally: it unpacks beyond what is allowed ({limit}). "
        "It was not opened.",
    ),
    "TA-0006": Refusal(
        "Tệp lớn hơn mức cho phép ({limit}). Hãy tách tệp hoặc gửi dưới dạng .csv.",
        "The file is larger than allowed ({limit}). Split it or send it as .csv.",
    ),
    "TA-0007": Refusal(
        "Tệp bị hỏng hoặc tải lên chưa trọn vẹn. Hãy mở tệp bằng Excel, lưu lại rồi gửi lại.",
        "The file is damaged or was not uploaded whole. "
        "Open it in Excel, save it and send it again.",
    ),
    "TA-0008": Refusal(
        "Trang “{sheet}” có ô nằm rất xa bảng (đến ô {cell}). "
        "Hãy xoá các dòng, cột thừa rồi gửi lại, hoặc gửi dưới dạng .csv.",
        "Sheet “{sheet}” has cells far away from its table (as far as {cell}). "
        "Delete the stray rows and columns and send it again, or send it as .csv.",
    ),
    "TA-0009": Refusal(
        "Không nhận ra bảng mã chữ của tệp văn bản. Hãy lưu lại dưới dạng CSV UTF-8.",
        "The character encoding of the text file was not recognised. Save it as CSV UTF-8.",
    ),
    "TA-0010": Refusal(
        "Định dạng {format} chưa được hỗ trợ. Hãy lưu lại dưới dạng .xlsx rồi gửi lại.",
        "The format {format} is not supported. Save it as .xlsx and send it again.",
    ),
    "TA-0012": Refusal(
        "Không trang nào của tệp có tiêu đề cột quen thuộc. Hãy dùng tệp mẫu hoặc tự chọn cột.",
        "No sheet of the file has headings we know. Use the template or choose the columns.",
    ),
    "TA-0401": Refusal(
        "Tệp này làm từ tệp mẫu của trường có mã {made_for}, không phải của trường này ({school}). "
        "Hãy gửi tệp của đúng trường, hoặc tải tệp mẫu của trường này.",
        "This file was made from the template of school {made_for}, not of this one ({school}). "
        "Send this school's file, or download this school's template.",
    ),
    "TA-0403": Refusal(
        "{count} mã trong tệp không có trong sổ của trường này: đây là tệp của trường khác. "
        "Hãy chọn đúng tệp; nếu các em chuyển đến, để trống cột mã rồi gửi lại.",
        "{count} codes in the file are not in this school's register: it is another school's "
        "file. Choose the right one; for learners who moved in, leave the codes empty.",
    ),
}


class FileRefused(Exception):
    """A file that is not read at all; carries the code and both texts, never any of its data."""

    def __init__(self, code: str, /, **details: object) -> None:
        refusal = REFUSALS[code]
        self.code = code
        self.vi = refusal.vi.format(**details)
        self.en = refusal.en.format(**details)
        super().__init__(f"{code}: {self.vi}")
