"""What the reader saw and did with a file: coded remarks, shown beside the rows it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sobo.kernel.vietnamese import format_number


class Level(Enum):
    """How much a remark asks of the sender."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Remark:
    """The wording of one kind of note; `{…}` are filled from the note's details."""

    level: Level
    vi: str
    en: str


REMARKS: dict[str, Remark] = {
    "TA-0101": Remark(
        Level.INFO, "Tệp có {count} trang ẩn.", "The file has {count} hidden sheets."
    ),
    "TA-0102": Remark(
        Level.WARNING,
        "Tệp có liên kết tới tệp khác; chỉ giá trị đã lưu được đọc, tệp kia không được mở.",
        "The file links to another file; only saved values were read, the other was not opened.",
    ),
    "TA-0103": Remark(
        Level.INFO, "Nhận ra tiêu đề ở dòng {row}.", "The heading was found in row {row}."
    ),
    "TA-0104": Remark(
        Level.ERROR, "Thiếu cột bắt buộc: {labels}.", "Required columns are missing: {labels}."
    ),
    "TA-0105": Remark(
        Level.WARNING,
        "{count} cột chưa nhận ra: {letters}.",
        "{count} columns were not recognised: {letters}.",
    ),
    "TA-0106": Remark(
        Level.WARNING,
        "Tiêu đề “{label}” lặp ở các cột {letters}; đã dùng cột {letter}.",
        "The heading “{label}” is repeated in columns {letters}; column {letter} was used.",
    ),
    "TA-0107": Remark(
        Level.INFO,
        "{count} cột ẩn ({letters}) vẫn được đọc.",
        "{count} hidden columns ({letters}) were read all the same.",
    ),
    "TA-0108": Remark(
        Level.INFO, "{count} dòng ẩn vẫn được đọc.", "{count} hidden rows were read all the same."
    ),
    "TA-0109": Remark(
        Level.INFO,
        "{count} ngày ở dạng số của Excel đã được đổi thành ngày (cột {letters}).",
        "{count} dates kept as Excel numbers were turned into dates (columns {letters}).",
    ),
    "TA-0110": Remark(
        Level.ERROR,
        "Giá trị có vẻ lệch sang phải {count} cột so với tiêu đề, từ cột {letter}.",
        "Values seem to stand {count} columns right of their headings, from column {letter} on.",
    ),
    "TA-0125": Remark(
        Level.ERROR,
        "Giá trị có vẻ lệch sang trái {count} cột so với tiêu đề, từ cột {letter}.",
        "Values seem to stand {count} columns left of their headings, from column {letter} on.",
    ),
    "TA-0111": Remark(
        Level.INFO,
        "Bỏ qua {count} dòng tiêu đề lặp lại.",
        "{count} repeated heading rows were skipped.",
    ),
    "TA-0112": Remark(
        Level.INFO, "Bỏ qua {count} dòng tổng cộng.", "{count} rows of totals were skipped."
    ),
    "TA-0113": Remark(
        Level.INFO,
        "Bỏ qua {count} dòng cuối bảng (ghi chú, ngày ký, chữ ký).",
        "{count} rows below the table (notes, date, signatures) were skipped.",
    ),
    "TA-0114": Remark(
        Level.INFO,
        "Bỏ qua {count} dòng tên bảng xen giữa dữ liệu.",
        "{count} title rows between the data were skipped.",
    ),
    "TA-0115": Remark(
        Level.INFO,
        "Bỏ qua {count} dòng chỉ có số thứ tự.",
        "{count} rows that hold only an ordinal number were skipped.",
    ),
    "TA-0116": Remark(
        Level.INFO,
        "{count} ô gộp trong dữ liệu: giá trị được hiểu là của mọi ô bị gộp.",
        "{count} merged cells in the data: their value was taken for every cell they cover.",
    ),
    "TA-0117": Remark(
        Level.WARNING,
        "{count} ô là công thức; giá trị lưu lần cuối được dùng.",
        "{count} cells are formulas; the value last saved was used.",
    ),
    "TA-0118": Remark(
        Level.ERROR,
        "{count} ô công thức chưa được tính (ví dụ {cells}). Hãy mở tệp bằng Excel rồi lưu lại.",
        "{count} formula cells were never computed (such as {cells}). Open in Excel and save.",
    ),
    "TA-0119": Remark(
        Level.ERROR,
        "{count} ô báo lỗi như #N/A, #REF! (ví dụ {cells}); các ô này được coi là trống.",
        "{count} cells show an error such as #N/A or #REF! (such as {cells}); taken as empty.",
    ),
    "TA-0120": Remark(
        Level.WARNING,
        "Không nhận ra tiêu đề nào; tạm coi dòng {row} là tiêu đề.",
        "No heading was recognised; row {row} is taken for the heading for now.",
    ),
    "TA-0121": Remark(
        Level.INFO,
        "{count} ô chữ bắt đầu bằng =, +, - hoặc @ được giữ nguyên là chữ.",
        "{count} texts that begin with =, +, - or @ were kept as text.",
    ),
    "TA-0122": Remark(
        Level.INFO,
        "{count} giá trị nằm chung dưới một tiêu đề gộp nhiều cột đã được nối lại (cột {letters}).",
        "{count} values under one heading merged over several columns were joined ({letters}).",
    ),
    "TA-0123": Remark(Level.WARNING, "Trang này không có dữ liệu.", "This sheet holds no data."),
    "TA-0124": Remark(
        Level.ERROR,
        "{count} dòng có nhiều giá trị hơn số cột của tiêu đề; phần thừa không được đọc.",
        "{count} rows hold more values than the heading has columns; the rest was not read.",
    ),
}


@dataclass(frozen=True)
class Note:
    """One remark; `rows` are sheet rows and `cells` addresses, as the user sees them."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)
    rows: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        return REMARKS[self.code].level

    @property
    def count(self) -> int:
        """How many rows, columns or cells are meant; 1 where the remark counts nothing."""
        count = self.details.get("count", 1)
        return count if isinstance(count, int) else 1

    @property
    def vi(self) -> str:
        return REMARKS[self.code].vi.format(**_vietnamese_figures(self.details))

    @property
    def en(self) -> str:
        return REMARKS[self.code].en.format(**self.details)


def _vietnamese_figures(details: Mapping[str, object]) -> dict[str, object]:
    return {
        name: format_number(value) if name == "count" and isinstance(value, int) else value
        for name, value in details.items()
    }
