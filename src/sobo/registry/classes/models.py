"""Classes and groups of a school year, from nursery group to upper secondary class."""

from django.db import models

from sobo.specification.fields import (
    GENERAL,
    SECONDARY,
    Code,
    Level,
    Reference,
    Text,
    When,
    Whole,
    YesNo,
)
from sobo.specification.records import Dataset, Record

PRESCHOOL = [Level.PRESCHOOL]
PRIMARY = [Level.PRIMARY]


class SchoolClass(Record):
    """Nhóm, lớp of one institution in one school year.

    A merged class belongs to its lowest grade, so that it is one class in a count of classes; its
    learners count in their own grades.
    """

    dataset = Dataset(
        code="LO",
        name="Lớp",
        name_en="Classes",
        clause="TT 42/2021 Đ5.2, Đ6.2",
        wire_tables=("lopmamnon", "thongtinlophoctieuhoc", "thongtinlophocthcsthpt"),
    )
    immutable = ("institution_id", "school_year", "code")

    institution = Reference(
        "Cơ sở giáo dục",
        "Institution",
        "institutions.Institution",
        essential=True,
        managed=True,
        wire="matruong",
    )
    school_year = Whole(
        "Năm học",
        "School year",
        essential=True,
        managed=True,
        low=2000,
        high=2100,
        help="Năm bắt đầu: 2026 nghĩa là 2026-2027.",
    )
    code = Text("Mã lớp", "Class code", 20, essential=True, wire="malop")
    name = Text("Tên lớp", "Class name", essential=True, wire="tenlop", aliases=["Lớp", "Nhóm/lớp"])
    sort_key = models.BinaryField(null=True)
    grade = Code(
        "Khối",
        "Grade",
        "GRADE",
        essential=True,
        wire=["makhoi", "manhomcaphoc"],
        aliases=["Khối lớp", "Khối học"],
    )
    age_group = Code(
        "Nhóm tuổi mầm non",
        "Preschool age group",
        "PRESCHOOL_AGE_GROUP",
        levels=PRESCHOOL,
        required=True,
        wire="manhomtuoimamnon",
    )
    campus = Reference(
        "Điểm trường",
        "Campus",
        "institutions.Campus",
        wire="madiemtruong",
        null=True,
        help="Để trống nghĩa là điểm trường chính.",
    )
    form_teacher_code = Text(
        "Mã giáo viên chủ nhiệm",
        "Form teacher's code",
        20,
        wire=["magiaoviencn", "giaoviencn"],
        aliases=["GVCN", "Mã GVCN"],
        help="Mã nhân sự của giáo viên trong trường.",
    )
    two_sessions = YesNo(
        "Dạy 2 buổi/ngày",
        "Two sessions a day",
        required=True,
        wire=["coday2buoingay", "comaday2buoingay"],
    )
    sessions_per_week = Code(
        "Số buổi học trên tuần",
        "Sessions a week",
        "SESSIONS_PER_WEEK",
        levels=GENERAL,
        wire=[
            "masobuoihoctrentuan",
            "cohoc5buoituan",
            "cohoc6den8buoituan",
            "cohoc9den10buoituan",
            "comahoc5buoituan",
        ],
    )
    periods_per_week = Code(
        "Số tiết trên tuần",
        "Periods a week",
        "PERIODS_PER_WEEK",
        levels=PRIMARY,
        wire="danhmuctiethoc",
    )
    language_1 = Code(
        "Ngoại ngữ 1",
        "Foreign language 1",
        "FOREIGN_LANGUAGE",
        levels=GENERAL,
        wire="madanhmucngoaingu1",
    )
    language_2 = Code(
        "Ngoại ngữ 2",
        "Foreign language 2",
        "FOREIGN_LANGUAGE",
        levels=GENERAL,
        wire="madanhmucngoaingu2",
    )
    language_periods = Code(
        "Số tiết ngoại ngữ",
        "Foreign language periods",
        "FOREIGN_LANGUAGE_PERIODS",
        levels=PRIMARY,
        wire="masotietngoaingu",
    )
    is_merged = YesNo(
        "Là lớp ghép",
        "Merged class",
        required=True,
        wire=[
            "lopghep",
            "colopghep",
            "comalopghep",
            "capnhatlopghep",
            "cocapnhatlopghep",
            "comacapnhatlopghep",
        ],
    )
    merged_with = Text(
        "Mã lớp ghép",
        "Merged with",
        20,
        wire="malopghep",
        required_when=When(field="is_merged", values=(True,)),
    )
    merged_ages = Whole(
        "Số độ tuổi ghép",
        "Merged ages",
        levels=PRESCHOOL,
        low=2,
        high=4,
        wire=["ghep2tuoi", "ghep3tuoi", "ghep4tuoi"],
        required_when=When(field="is_merged", values=(True,)),
    )
    day_boarding = YesNo(
        "Lớp bán trú",
        "Day boarding",
        levels=(Level.PRESCHOOL, Level.PRIMARY, Level.LOWER_SECONDARY),
        required=True,
        wire=["lopbantru", "colopbantru", "comalopbantru"],
    )
    boarding_kind = Code(
        "Hình thức bán trú",
        "Kind of boarding",
        "BOARDING_KIND",
        wire="mahocbantru",
        levels=(Level.PRESCHOOL, Level.PRIMARY, Level.LOWER_SECONDARY),
    )
    is_special = YesNo(
        "Là lớp chuyên biệt",
        "Special class",
        levels=GENERAL,
        wire="colopchuyenbiet",
        help="Lớp dành riêng cho người khuyết tật.",
    )
    has_disabled_learners = YesNo(
        "Lớp có trẻ khuyết tật",
        "Has learners with disabilities",
        wire=["cotrekhuyettat", "comahskhuyettat"],
    )
    new_programme = YesNo(
        "Thực hiện chương trình GDMN mới",
        "New preschool programme",
        levels=PRESCHOOL,
        wire="coctgdmnmoi",
    )
    care_programme = YesNo(
        "Thực hiện chương trình chăm sóc giáo dục",
        "Care and education programme",
        levels=PRESCHOOL,
        wire="coctcsgd",
    )
    learns_trades = YesNo(
        "Có học sinh học nghề",
        "Learns trades",
        levels=GENERAL,
        wire=["cocohocsinhhocnghe", "comahocsinhhocnghe"],
    )
    has_vietnamese_equipment = YesNo(
        "Đủ thiết bị dạy học Tiếng Việt",
        "Equipped for Vietnamese",
        levels=PRIMARY,
        wire="coduthietbihoctv",
    )
    has_maths_equipment = YesNo(
        "Đủ thiết bị dạy học Toán",
        "Equipped for mathematics",
        levels=PRIMARY,
        wire="coduthietbihoctoan",
    )
    has_class_parents = YesNo(
        "Có đại diện cha mẹ học sinh lớp",
        "Has class parent representatives",
        levels=GENERAL,
        wire=["codaidienchamehslop", "comadaidienchamehslop"],
    )
    has_school_parents = YesNo(
        "Có đại diện cha mẹ học sinh trường",
        "In the school's parent body",
        levels=GENERAL,
        wire=["codaidienchamehstruong", "comadaidienchamehstruong"],
    )
    stream = Code("Phân ban", "Stream", "STREAM", levels=[Level.UPPER_SECONDARY], wire="maphanban")
    is_gifted = YesNo(
        "Là lớp chuyên", "Gifted class", levels=[Level.UPPER_SECONDARY], wire="colopchuyen"
    )
    gifted_programme = Code(
        "Hệ chuyên",
        "Gifted programme",
        "GIFTED_PROGRAMME",
        levels=[Level.UPPER_SECONDARY],
        wire="mahechuyen",
        required_when=When(field="is_gifted", values=(True,)),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "school_year", "code"], name="class_code"
            )
        ]


class TaughtSubject(Record):
    """Which subject a class learns in a semester, and from whom."""

    dataset = Dataset(
        code="MH",
        name="Môn học của lớp",
        name_en="Subjects of a class",
        clause="TT 42/2021 Đ6.2",
        wire_tables=("thongtinlophocthcsthpt_monhoc",),
    )
    immutable = ("institution_id", "school_class_id")

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    school_class = Reference("Lớp", "Class", SchoolClass, essential=True, managed=True)
    subject = Code(
        "Môn học", "Subject", "SUBJECT", essential=True, levels=SECONDARY, wire="mamonhoc"
    )
    semester = Whole("Học kỳ", "Semester", essential=True, low=1, high=2, wire="hocky")
    teacher_code = Text("Mã giáo viên", "Teacher's code", 20, wire="magiaovien")
