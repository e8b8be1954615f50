"""Staff: a person's post at an institution, with contract, rank and qualification."""

from django.db import models

from sobo.registry.people.models import Person
from sobo.specification.fields import (
    Code,
    Codes,
    Day,
    Email,
    Level,
    Number,
    Phone,
    Privacy,
    Reference,
    Text,
    When,
    YesNo,
)
from sobo.specification.records import Dataset, Record

BASIC, SENSITIVE = Privacy.BASIC, Privacy.SENSITIVE
MANAGER, TEACHER, EMPLOYEE = "1", "2", "3"
"""Staff groups (STAFF_GROUP)."""
WORKING = ("1", "2", "5")
"""Statuses of one who works at the school (STAFF_STATUS)."""
VISITING = ("5", "6")
"""Contract kinds of those who are not staff of the school: thỉnh giảng, thuê khoán."""


class Post(Record):
    """A person's post at a school."""

    dataset = Dataset(
        code="NS",
        name="Đội ngũ",
        name_en="Staff",
        clause="TT 42/2021 Đ5.3, Đ6.3, Đ10.4",
        wire_tables=(
            "thongtindoingucanbocsgdcapmamnonththcsthpttx",
            "thongtindoingucanbocsgdcapmamnonththcsthpttx_monday",
            "thongtindoingucanbocsgdcapmamnonththcsthpttx_monkiemnhiem",
        ),
    )
    immutable = ("institution_id", "person_id")

    institution = Reference(
        "Cơ sở giáo dục",
        "Institution",
        "institutions.Institution",
        essential=True,
        managed=True,
        wire="matruong",
    )
    person = Reference("Người", "Person", Person, essential=True, managed=True, wire="magiaovien")
    level = Code(
        "Cấp học phục vụ",
        "Level served",
        "LEVEL",
        wire="manhomcaphoc",
        help="Để trống: dùng chung, tính vào cấp học chính của trường.",
    )
    section = Code(
        "Nhà trẻ/mẫu giáo", "Nursery or kindergarten", "PRESCHOOL_SECTION", levels=[Level.PRESCHOOL]
    )
    group = Code(
        "Nhóm cán bộ",
        "Staff group",
        "STAFF_GROUP",
        essential=True,
        wire="manhomcanbo",
        aliases=["Loại cán bộ"],
    )
    position = Code(
        "Vị trí việc làm",
        "Position",
        "STAFF_POSITION",
        required=True,
        wire="maloaicanbo",
        aliases=["Chức vụ", "Chức danh"],
    )
    has_several_duties = YesNo("Nhân viên kiêm nhiều việc", "Has several duties")
    status = Code(
        "Trạng thái làm việc",
        "Status",
        "STAFF_STATUS",
        essential=True,
        wire="matrangthailv",
        aliases=["Trạng thái"],
    )
    status_on = Day("Ngày có trạng thái", "Status since")
    contract = Code(
        "Hình thức hợp đồng",
        "Contract",
        "CONTRACT_KIND",
        required=True,
        wire="mahinhthuchopdong",
        aliases=["Loại hợp đồng"],
    )
    is_civil_servant = YesNo("Là công chức", "Civil servant")
    recruited_on = Day("Ngày tuyển dụng", "Recruited on", privacy=BASIC, wire="ngaytuyendung")
    recruited_by = Text("Cơ quan tuyển dụng", "Recruited by", 100, wire="coquantuyen")
    occupation_when_recruited = Text(
        "Nghề nghiệp khi được tuyển", "Occupation when recruited", 100, wire="nghenghiepkhituyen"
    )
    phone = Phone(
        "Số điện thoại", "Telephone", privacy=BASIC, wire="sodienthoai", aliases=["Điện thoại"]
    )
    email = Email("Email công vụ", "Work e-mail", privacy=BASIC, wire="email")
    rank = Code("Ngạch/hạng", "Rank", "RANK", wire=["mangach", "masongach"])
    qualification = Code(
        "Trình độ chuyên môn",
        "Qualification",
        "QUALIFICATION",
        required=True,
        wire="matrinhdochuyenmon",
        aliases=["Trình độ đào tạo", "Trình độ"],
    )
    politics_level = Code(
        "Lý luận chính trị",
        "Political theory",
        "POLITICS_LEVEL",
        privacy=SENSITIVE,
        wire="matrinhdolyluanchinhtri",
    )
    management_level = Code(
        "Quản lý giáo dục",
        "Education management",
        "EDU_MANAGEMENT_LEVEL",
        wire="matrinhdoquanlygiaoduc",
    )
    it_level = Code("Trình độ tin học", "Computer skills", "IT_LEVEL", wire="matrinhdotinhoc")
    subjects = Codes("Môn dạy", "Subjects taught", "SUBJECT", wire="mamonday")
    concurrent_subjects = Codes(
        "Môn dạy kiêm nhiệm", "Subjects taught besides", "SUBJECT", wire="mamonkiemnhiem"
    )
    concurrent_duties = Codes("Nhiệm vụ kiêm nhiệm", "Concurrent duties", "CONCURRENT_DUTY")
    ethnic_language = Code(
        "Tiếng dân tộc", "Ethnic language", "ETHNIC_LANGUAGE", wire="matiengdantoc"
    )
    trained_in_life_skills = YesNo(
        "Được tập huấn kỹ năng sống", "Trained in life skills", wire="cotaphuankynangsong"
    )
    teaches_disabled = YesNo(
        "Dạy lớp khuyết tật", "Teaches disabled learners", wire="codaylopkhuyettat"
    )
    teaches_one_session = YesNo("Dạy 1 buổi/ngày", "Teaches one session", wire="coday1buoi")
    teaches_two_sessions = YesNo("Dạy 2 buổi/ngày", "Teaches two sessions", wire="coday2buoi")
    is_pioneer_leader = YesNo(
        "Chuyên trách Đoàn, Đội", "Full-time Pioneer leader", wire="cochuyentrachdoandoi"
    )
    regular_training = Code(
        "Bồi dưỡng thường xuyên",
        "Regular training",
        "REGULAR_TRAINING",
        wire="maboiduongthuongxuyen",
    )
    professional_standard = Code(
        "Chuẩn nghề nghiệp",
        "Professional standard",
        "PROFESSIONAL_STANDARD",
        wire="maketquachuannghenghiep",
    )
    civil_rating = Code(
        "Đánh giá viên chức",
        "Yearly rating",
        "CIVIL_RATING",
        privacy=SENSITIVE,
        wire="madanhgiavienchuc",
        clause="NĐ 90/2020",
    )
    good_teacher = Code(
        "Giáo viên giỏi", "Good teacher award", "GOOD_TEACHER", wire="magiaoviengioi"
    )
    culture_teacher = Code(
        "Giáo viên giảng dạy văn hoá",
        "Teacher of general subjects",
        "CULTURE_TEACHER",
        wire="loaigvgdvanhoa",
    )
    highest_title = Text("Danh hiệu cao nhất", "Highest title", 150, wire="danhhieuptcaonhat")
    is_party_member = YesNo("Đảng viên", "Party member", privacy=SENSITIVE, wire="codangvien")
    is_union_member = YesNo("Đoàn viên", "Youth Union member", privacy=SENSITIVE, wire="codoanvien")
    insurance_number = Text(
        "Mã số BHXH",
        "Social insurance number",
        15,
        privacy=SENSITIVE,
        wire="masobhxh",
        required_when=When(field="contract", values=("0", "1", "7")),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "person"], name="post_once")]


class LanguageSkill(Record):
    """A foreign language of a member of staff, with its certificate."""

    dataset = Dataset(
        code="NN",
        name="Ngoại ngữ của đội ngũ",
        name_en="Staff's foreign languages",
        clause="TT 42/2021 Đ6.3",
        wire_tables=("thongtindoingucanbocsgdcapmamnonththcsthpttx_ngoaingu",),
    )
    immutable = ("institution_id", "person_id")

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    person = Reference("Người", "Person", Person, essential=True, managed=True)
    language = Code("Ngoại ngữ", "Language", "FOREIGN_LANGUAGE", essential=True, wire="mangoaingu")
    level = Code("Trình độ ngoại ngữ", "Level", "FOREIGN_LANGUAGE_LEVEL", wire="trinhdongoaingu")
    score = Number("Điểm", "Score", places=2, low=0, wire="diemngoaingu")
    certified_on = Day("Ngày cấp", "Certified on", wire="ngaycap")
    note = Text("Ghi chú", "Note", 200, wire="ghichu")
