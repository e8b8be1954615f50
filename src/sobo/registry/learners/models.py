"""A learner's year at a school: enrolment, health, policy support, commendations."""

from django.db import models

from sobo.registry.classes.models import SchoolClass
from sobo.registry.people.models import Person
from sobo.specification.fields import (
    GENERAL,
    Code,
    Day,
    Level,
    Number,
    Phone,
    Privacy,
    Reference,
    Text,
    When,
    Whole,
    YesNo,
)
from sobo.specification.records import Dataset, Record

BASIC, SENSITIVE = Privacy.BASIC, Privacy.SENSITIVE
PRESCHOOL = [Level.PRESCHOOL]
LEFT = ("05", "09", "12")
"""Statuses of one who left school (LEARNER_STATUS)."""
MOVED_AWAY = ("04", "08", "11")
MOVED_IN = ("02", "06", "10")
PRESENT = ("01", "02", "03", "06", "07", "10")
"""Statuses of one who is at school."""


class Enrolment(Record):
    """A learner in a class of a school, in one school year."""

    dataset = Dataset(
        code="HS",
        name="Người học",
        name_en="Learners",
        clause="TT 42/2021 Đ5.4, Đ6.4, Đ10.5",
        wire_tables=("thongtinhocsinhcapmnththcsthpttx",),
    )
    immutable = ("institution_id", "person_id", "school_year")

    institution = Reference(
        "Cơ sở giáo dục",
        "Institution",
        "institutions.Institution",
        essential=True,
        managed=True,
        wire=["matruong", "manhomcaphoc"],
    )
    person = Reference(
        "Người học", "Learner", Person, essential=True, managed=True, wire="mahocsinh"
    )
    school_year = Whole("Năm học", "School year", essential=True, managed=True, low=2000, high=2100)
    school_class = Reference(
        "Lớp", "Class", SchoolClass, essential=True, wire="malop", aliases=["Tên lớp", "Mã lớp"]
    )
    grade = Code(
        "Khối", "Grade", "GRADE", essential=True, wire="makhoi", aliases=["Khối lớp", "Khối học"]
    )
    status = Code(
        "Trạng thái",
        "Status",
        "LEARNER_STATUS",
        essential=True,
        wire="matrangthaihientai",
        clause="TT 42/2021 Đ10.5",
        aliases=["Trạng thái học sinh", "Tình trạng"],
    )
    status_on = Day("Ngày có trạng thái", "Status since")
    leaving_reason = Code(
        "Lý do thôi học",
        "Reason for leaving",
        "LEAVING_REASON",
        privacy=SENSITIVE,
        wire="malydothoihoc",
        required_when=When(field="status", values=LEFT),
    )
    admission = Code("Loại nhập học", "Admission", "ADMISSION_KIND")
    entered_on = Day("Ngày vào trường", "Entered on")
    moved_from_province = Text("Chuyển đến từ tỉnh", "Moved from province", 2, managed=True)
    moved_to = Code(
        "Nơi chuyển đi",
        "Moved to",
        "TRANSFER_PLACE",
        required_when=When(field="status", values=MOVED_AWAY),
    )
    area = Code("Khu vực", "Area", "AREA", wire="makhuvuc")
    disability = Code(
        "Loại khuyết tật",
        "Disability",
        "DISABILITY_KIND",
        privacy=SENSITIVE,
        wire="maloaikhuyettat",
        aliases=["Khuyết tật"],
    )
    is_not_assessed = YesNo(
        "Khuyết tật không đánh giá",
        "Disabled, not assessed",
        privacy=SENSITIVE,
        wire="cokhuyettatkhongdanhgia",
    )
    is_inclusive = YesNo("Khuyết tật học hoà nhập", "In inclusive education", privacy=SENSITIVE)
    two_sessions = YesNo(
        "Học 2 buổi/ngày",
        "Two sessions a day",
        required=True,
        wire="cohoc2buoi",
        aliases=["Học 2 buổi"],
    )
    day_boarder = YesNo(
        "Bán trú",
        "Day boarder",
        required=True,
        wire="cohocsinhbantru",
        aliases=["Là học sinh bán trú", "Ăn trưa tại trường"],
    )
    boarding_kind = Code(
        "Hình thức bán trú", "Kind of boarding", "BOARDING_KIND", wire="mahocbantru"
    )
    ethnic_day_boarder = YesNo(
        "Học sinh dân tộc bán trú",
        "Ethnic day boarder",
        levels=GENERAL,
        privacy=SENSITIVE,
        wire="cohocsinhptdantocbantru",
    )
    is_new_in_preschool = YesNo(
        "Tuyển mới mầm non", "New in preschool", levels=PRESCHOOL, wire="tuyenmoimamnon"
    )
    is_new_in_level = YesNo("Tuyển mới đầu cấp", "New in this level", levels=GENERAL)
    repeats = YesNo(
        "Lưu ban năm trước", "Repeats the grade", levels=GENERAL, wire="coluubannamtruoc"
    )
    learns_informatics = YesNo("Học tin học", "Learns informatics", levels=GENERAL)
    learns_ethnic_language = YesNo(
        "Học tiếng dân tộc",
        "Learns an ethnic language",
        levels=GENERAL,
        wire="cohocsinhtiengdantoc",
    )
    needs_language_support = YesNo(
        "Nhu cầu hỗ trợ ngôn ngữ",
        "Needs language support",
        levels=GENERAL,
        wire="conhucauhotrongoaingu",
    )
    extra_vietnamese = YesNo(
        "Tăng cường tiếng Việt", "Extra Vietnamese", levels=GENERAL, wire="cotangcuongtiengviet"
    )
    has_teaching_assistant = YesNo(
        "Học sinh dân tộc có trợ giảng",
        "Has an ethnic teaching assistant",
        levels=GENERAL,
        wire="cohocsinhdantoctrogiang",
    )
    life_skills_programme = YesNo(
        "Học chương trình giáo dục của Bộ",
        "Learns the Ministry's programme",
        levels=GENERAL,
        wire="cohocctgdcuabo",
    )
    vocational_class = Code(
        "Lớp hướng nghiệp",
        "Vocational class",
        "VOCATIONAL_CLASS",
        levels=GENERAL,
        wire="malophuongnghiep",
    )
    can_swim = YesNo("Biết bơi", "Can swim", wire="bietboi")
    is_pioneer = YesNo("Đội viên", "Pioneer", levels=GENERAL, privacy=SENSITIVE, wire="codoivien")
    is_union_member = YesNo(
        "Đoàn viên", "Youth Union member", levels=GENERAL, privacy=SENSITIVE, wire="codoanvien"
    )
    phone = Phone(
        "Số điện thoại liên hệ",
        "Contact telephone",
        privacy=BASIC,
        wire="sodienthoai",
        aliases=["SĐT liên hệ", "Điện thoại liên hệ", "SĐT", "Số điện thoại"],
    )
    father_is_minority = YesNo(
        "Cha là người dân tộc thiểu số",
        "Father of an ethnic minority",
        privacy=SENSITIVE,
        wire="chadantoc",
    )
    mother_is_minority = YesNo(
        "Mẹ là người dân tộc thiểu số",
        "Mother of an ethnic minority",
        privacy=SENSITIVE,
        wire="medantoc",
    )
    violence_note = Text(
        "Nội dung bạo lực học đường",
        "Violence note",
        255,
        privacy=SENSITIVE,
        wire="noidungbaoluchd",
    )
    age_decision = Text(
        "Quyết định học sai tuổi",
        "Decision on age",
        100,
        help="Số quyết định cho phép học khi quá 3 tuổi so với quy định (Luật GD Đ28).",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "person", "school_year"], name="enrolment_once"
            )
        ]
        indexes = [models.Index(fields=["school_class", "status"], name="enrolment_by_class")]


class HealthCheck(Record):
    """Khám sức khoẻ định kỳ, with the state of nutrition."""

    dataset = Dataset(
        code="SK",
        name="Sức khoẻ",
        name_en="Health checks",
        clause="TT 42/2021 Đ5.4, Đ6.4, Đ7.4",
        wire_tables=("thongtinhocsinhcapmnththcsthpttx",),
    )
    immutable = ("institution_id", "person_id", "school_year", "round")

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    person = Reference("Người học", "Learner", Person, essential=True, managed=True)
    school_year = Whole("Năm học", "School year", essential=True, managed=True, low=2000, high=2100)
    round = Whole("Đợt khám", "Round", essential=True, managed=True, low=1, high=9)
    checked_on = Day("Ngày khám", "Checked on", privacy=SENSITIVE, aliases=["Ngày khám sức khoẻ"])
    height_cm = Number(
        "Chiều cao (cm)",
        "Height (cm)",
        places=1,
        low=10,
        high=300,
        privacy=SENSITIVE,
        wire="chieucao",
        aliases=["Chiều cao"],
    )
    weight_kg = Number(
        "Cân nặng (kg)",
        "Weight (kg)",
        places=1,
        low=1,
        high=300,
        privacy=SENSITIVE,
        wire=["cannang", "chisobmi"],
        aliases=["Cân nặng"],
    )
    blood_group = Code("Nhóm máu", "Blood group", "BLOOD_GROUP", privacy=SENSITIVE, wire="nhommau")
    is_underweight = YesNo(
        "Suy dinh dưỡng thể nhẹ cân", "Underweight", levels=PRESCHOOL, privacy=SENSITIVE
    )
    is_stunted = YesNo(
        "Suy dinh dưỡng thể thấp còi",
        "Stunted",
        levels=PRESCHOOL,
        privacy=SENSITIVE,
        wire="benhcoixuong",
    )
    is_wasted = YesNo("Suy dinh dưỡng thể còi cọc", "Wasted", levels=PRESCHOOL, privacy=SENSITIVE)
    is_overweight = YesNo("Thừa cân, béo phì", "Overweight", levels=PRESCHOOL, privacy=SENSITIVE)
    eye_disease = Text("Bệnh về mắt", "Eye disease", privacy=SENSITIVE, wire="benhvemat")
    congenital_disease = Text(
        "Bệnh bẩm sinh", "Congenital disease", privacy=SENSITIVE, wire="benhbamsinh"
    )
    spine_disease = Text("Bệnh cột sống", "Spine disease", privacy=SENSITIVE, wire="benhcotsong")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "person", "school_year", "round"], name="health_once"
            )
        ]


class PolicySupport(Record):
    """What a learner is entitled to, and receives, in one school year."""

    dataset = Dataset(
        code="CS",
        name="Chính sách hỗ trợ",
        name_en="Policy support",
        clause="NĐ 238/2025 (chưa đối chiếu); TT 42/2021 Đ5.4, Đ6.4",
        wire_tables=("thongtinhocsinhcapmnththcsthpttx",),
    )
    immutable = ("institution_id", "person_id", "school_year")

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    person = Reference("Người học", "Learner", Person, essential=True, managed=True)
    school_year = Whole("Năm học", "School year", essential=True, managed=True, low=2000, high=2100)
    group = Code(
        "Diện chính sách",
        "Policy group",
        "POLICY_GROUP",
        privacy=SENSITIVE,
        wire="madienchinhsach",
        aliases=["Đối tượng chính sách"],
    )
    is_poor = YesNo("Hộ nghèo", "Poor household", privacy=SENSITIVE, wire="hongheo")
    in_difficult_area = YesNo(
        "Thuộc vùng khó khăn", "In a difficult area", privacy=SENSITIVE, wire="vungkhokhan"
    )
    fee_exempt = YesNo("Miễn học phí", "Fees waived", privacy=SENSITIVE, wire="comienhocphi")
    fee_reduced = YesNo("Giảm học phí", "Fees reduced", privacy=SENSITIVE, wire="cogiamhocphi")
    study_cost_support = YesNo(
        "Hỗ trợ chi phí học tập", "Study costs", privacy=SENSITIVE, wire="cohotrochiphihoctap"
    )
    lunch_support = YesNo(
        "Hỗ trợ ăn trưa", "Lunch support", privacy=SENSITIVE, wire="cohotroantrua", levels=PRESCHOOL
    )
    very_small_group_support = YesNo(
        "Hỗ trợ dân tộc thiểu số rất ít người",
        "Support for very small ethnic groups",
        privacy=SENSITIVE,
        clause="NĐ 57/2017",
    )
    housing_support = YesNo(
        "Hỗ trợ nhà ở", "Housing support", levels=GENERAL, privacy=SENSITIVE, wire="cohotronhao"
    )
    monthly_money = YesNo(
        "Cấp tiền ăn hằng tháng",
        "Monthly meal money",
        levels=GENERAL,
        privacy=SENSITIVE,
        wire="cocaptienhangthang",
    )
    rice_support = YesNo(
        "Cấp gạo", "Rice support", levels=GENERAL, privacy=SENSITIVE, wire="cocapgao"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "person", "school_year"], name="support_once"
            )
        ]


class Commendation(Record):
    """A learner's commendation."""

    dataset = Dataset(
        code="KT",
        name="Khen thưởng",
        name_en="Commendations",
        clause="TT 42/2021 Đ6.4",
        wire_tables=("thongtinhocsinhcapmnththcsthpttx_khenthuong",),
    )
    immutable = ("institution_id", "person_id", "school_year")

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    person = Reference("Người học", "Learner", Person, essential=True, managed=True)
    school_year = Whole("Năm học", "School year", essential=True, managed=True, low=2000, high=2100)
    kind = Code("Khen thưởng", "Commendation", "COMMENDATION", essential=True, wire="makhenthuong")
    content = Text("Nội dung", "Content", 255, wire="noidung")
    subject = Text("Môn khen thưởng", "Subject", 150, wire="monkhenthuong")
