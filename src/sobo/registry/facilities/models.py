"""Rooms, by kind and grade of building."""

from sobo.specification.fields import Code, Level, Number, Reference, Text, Whole, YesNo
from sobo.specification.records import Dataset, Record


class Room(Record):
    """Rooms of one kind, grade and section: a room each, or several alike in one row."""

    dataset = Dataset(
        code="PH",
        name="Phòng",
        name_en="Rooms",
        clause="TT 42/2021 Đ5.5, Đ6.5; TT 13/2020/TT-BGDĐT",
    )
    immutable = ("institution_id",)

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    campus = Reference("Điểm trường", "Campus", "institutions.Campus", null=True)
    kind = Code("Loại phòng", "Kind of room", "ROOM_KIND", essential=True)
    level = Code(
        "Cấp học sử dụng",
        "Level served",
        "LEVEL",
        help="Để trống: phòng dùng chung, tính vào cấp học chính của trường.",
    )
    section = Code(
        "Nhà trẻ/mẫu giáo", "Nursery or kindergarten", "PRESCHOOL_SECTION", levels=[Level.PRESCHOOL]
    )
    build_grade = Code("Mức kiên cố", "Build grade", "ROOM_GRADE", essential=True)
    quantity = Whole("Số phòng", "Number of rooms", essential=True, low=1, high=500)
    is_borrowed = YesNo("Phòng nhờ, mượn", "Borrowed", required=True)
    area_m2 = Number("Diện tích mỗi phòng (m²)", "Area of each (m²)", places=1, low=1, high=5000)
    name = Text("Tên phòng", "Name", 100)
    in_use = YesNo("Đang sử dụng", "In use", required=True)
