"""Persons: one lifelong record each, whatever school they are known in."""

from typing import ClassVar

from django.db import models

from sobo.specification.fields import (
    Code,
    Day,
    Email,
    PartialDay,
    PersonalNumber,
    Phone,
    Place,
    Privacy,
    Reference,
    Text,
    Whole,
)
from sobo.specification.records import Dataset, Record, Scope

BASIC, SENSITIVE = Privacy.BASIC, Privacy.SENSITIVE


class Person(Record):
    """A learner or a member of staff, Vietnamese or foreign.

    The code is issued by the database at first entry (TT 42/2021 Đ10.2), for life. The 12-digit
    personal number is linked to it and never a precondition.
    """

    scope = Scope.PERSON
    dataset = Dataset(
        code="NG",
        name="Người",
        name_en="Persons",
        clause="TT 42/2021 Đ10.2",
        wire_tables=(
            "thongtinhocsinhcapmnththcsthpttx_nguoivn",
            "thongtinhocsinhcapmnththcsthpttx_congdannuocngoai",
            "thongtindoingucanbocsgdcapmamnonththcsthpttx_nguoivn",
            "thongtindoingucanbocsgdcapmamnonththcsthpttx_congdannuocngoai",
        ),
    )
    immutable = ("code", "institution_id")

    institution = Reference(
        "Nơi vào sổ lần đầu",
        "First registered at",
        "institutions.Institution",
        essential=True,
        managed=True,
    )
    code = Text(
        "Mã định danh Bộ GD&ĐT",
        "Ministry's person code",
        10,
        unique=True,
        issued=True,
        privacy=BASIC,
        clause="TT 42/2021 Đ10",
        aliases=["Mã định danh", "Mã học sinh", "Mã cán bộ", "Mã giáo viên", "Mã HS", "Mã GV"],
        help="Do hệ thống cấp khi vào sổ lần đầu; người mới thì để trống.",
    )
    full_name = Text(
        "Họ và tên",
        "Full name",
        essential=True,
        privacy=BASIC,
        wire=["hovaten", "hotennn"],
        aliases=[
            "Họ tên",
            "Họ và tên học sinh",
            "Họ tên học sinh",
            "Họ, chữ đệm và tên khai sinh",
            "Họ và tên trẻ",
            "Họ tên cán bộ",
            "Tên cán bộ",
        ],
    )
    other_name = Text("Tên khác", "Other name", privacy=BASIC, wire="tenkhac")
    sort_key = models.BinaryField(null=True)
    search_key = models.CharField(max_length=150, null=True)
    sex = Code(
        "Giới tính",
        "Sex",
        "SEX",
        required=True,
        privacy=BASIC,
        wire=["gioitinh", "gioitinhnn"],
        aliases=["Nam/Nữ", "Phái"],
    )
    birth = PartialDay(
        "Ngày sinh",
        "Date of birth",
        required=True,
        privacy=BASIC,
        wire=["ngaythangnamsinh", "thangnamsinh", "namsinh"],
        aliases=["Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày"],
        help="Chỉ biết tháng hoặc năm thì ghi 05/2015 hoặc 2015.",
    )
    ethnic_group = Code(
        "Dân tộc", "Ethnic group", "ETHNIC_GROUP", required=True, privacy=SENSITIVE, wire="dantoc"
    )
    nationality = Code(
        "Quốc tịch",
        "Nationality",
        "COUNTRY",
        privacy=BASIC,
        wire=["quoctich", "quoctichnn"],
        help="Để trống nghĩa là Việt Nam.",
    )
    religion = Code("Tôn giáo", "Religion", "RELIGION", privacy=SENSITIVE)
    personal_number = PersonalNumber(
        "Số định danh cá nhân",
        "Personal number",
        wire="sodinhdanh",
        aliases=[
            "Số ĐDCN",
            "Mã định danh cá nhân",
            "CCCD",
            "Số CCCD",
            "Số căn cước",
            "Số định danh cá nhân/CCCD",
        ],
        clause="Luật Căn cước 26/2023 Đ12",
        help="12 chữ số; chưa có thì để trống, em vẫn được cấp mã.",
    )
    number_assurance = models.CharField(max_length=10, db_default="declared")
    """How sure the link to the personal number is: declared, checked, authenticated."""
    passport = Text(
        "Số giấy tờ nhập cảnh", "Travel document", 50, privacy=BASIC, wire="sogiaytoxnc"
    )
    birth_place = Text(
        "Nơi sinh",
        "Place of birth",
        250,
        privacy=BASIC,
        wire="noisinhdiachichitiet",
        aliases=["Nơi sinh chi tiết"],
    )
    birth_commune = Place(
        "Xã nơi sinh", "Commune of birth", of="commune", privacy=BASIC, wire="noisinh_maxa"
    )
    birth_province = Place(
        "Tỉnh nơi sinh", "Province of birth", of="province", privacy=BASIC, wire="noisinh_matinh"
    )
    birth_country = Code(
        "Quốc gia nơi sinh", "Country of birth", "COUNTRY", privacy=BASIC, wire="noisinh_quocgia"
    )
    origin = Text("Quê quán", "Home town", 255, privacy=BASIC, wire="quequan_diachichitiet")
    origin_commune = Place(
        "Xã quê quán", "Commune of origin", of="commune", privacy=BASIC, wire="quequan_maxa"
    )
    origin_province = Place(
        "Tỉnh quê quán", "Province of origin", of="province", privacy=BASIC, wire="quequan_matinh"
    )
    origin_country = Code(
        "Quốc gia quê quán", "Country of origin", "COUNTRY", privacy=BASIC, wire="quequan_quocgia"
    )
    residence = Text(
        "Nơi ở hiện tại",
        "Residence",
        255,
        privacy=BASIC,
        wire=["noiohientaidiachichitiet", "noiohientai_diachichitiet"],
        aliases=["Chỗ ở hiện nay", "Địa chỉ", "Tổ/thôn HKTT"],
    )
    residence_commune = Place(
        "Xã nơi ở", "Commune of residence", of="commune", privacy=BASIC, wire="noiohientai_maxa"
    )
    residence_province = Place(
        "Tỉnh nơi ở",
        "Province of residence",
        of="province",
        privacy=BASIC,
        wire="noiohientai_matinh",
    )
    residence_country = Code(
        "Quốc gia nơi ở",
        "Country of residence",
        "COUNTRY",
        privacy=BASIC,
        wire="noiohientai_quocgia",
    )
    phone = Phone(
        "Điện thoại liên hệ",
        "Telephone",
        privacy=BASIC,
        aliases=["SĐT liên hệ", "SĐT", "Số điện thoại", "Số điện thoại liên hệ", "Di động"],
    )
    email = Email("Email", "E-mail", privacy=BASIC)

    class Meta:
        indexes = [models.Index(fields=["institution", "sort_key"], name="person_by_school")]


class PersonTie(models.Model):
    """A person known at an institution other than the one that first registered them.

    Written only by the database, when a person is admitted on proof (who sees a person:
    docs/adr/0003-persons.md).
    """

    scope: ClassVar[Scope] = Scope.HIDDEN

    person_id = models.BigIntegerField()
    institution_id = models.BigIntegerField()
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "institution_id"], name="tie_once")
        ]


class NumberClaim(models.Model):
    """Which persons claim a personal number, by digest: what matching across schools looks in."""

    scope: ClassVar[Scope] = Scope.HIDDEN

    digest = models.BinaryField()
    person_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "person_id"], name="claim_once")]


class IdentityPaper(Record):
    """A paper that proves who a person is."""

    scope = Scope.INSTITUTION
    dataset = Dataset(
        code="GT",
        name="Giấy tờ tuỳ thân",
        name_en="Identity papers",
        clause="TT 42/2021 Đ5.4, Đ6.4",
        wire_tables=(
            "thongtinhocsinhcapmnththcsthpttx_nguoivn_giaytodinhdanhcn",
            "thongtinhocsinhcapmnththcsthpttx_congdannuocngoai_giaytodinhdanhnn",
        ),
    )
    immutable = ("institution_id", "person_id")

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    person = Reference("Người", "Person", Person, essential=True, managed=True)
    kind = Code(
        "Loại giấy tờ",
        "Kind of paper",
        "IDENTITY_PAPER",
        essential=True,
        privacy=BASIC,
        wire=["loaigiayto", "loaigiaytoxnc"],
    )
    number = Text(
        "Số giấy tờ",
        "Number",
        50,
        essential=True,
        privacy=BASIC,
        wire=["sogiayto", "sogiaytoxnc"],
        aliases=["Số CMND"],
    )
    issued_on = Day("Ngày cấp", "Issued on", privacy=BASIC, wire="ngaycap")
    issued_by = Text("Nơi cấp", "Issued by", 300, privacy=BASIC, wire=["noicap", "noicapgiaytoxnc"])


class Guardian(Record):
    """Father, mother or guardian of a learner, as the school that keeps the row knows them."""

    scope = Scope.INSTITUTION
    dataset = Dataset(
        code="GH",
        name="Cha, mẹ, người giám hộ",
        name_en="Parents and guardians",
        clause="TT 42/2021 Đ5.4, Đ6.4",
        wire_tables=(
            "thongtinhocsinhcapmnththcsthpttx_thongtincha",
            "thongtinhocsinhcapmnththcsthpttx_thongtinme",
            "thongtinhocsinhcapmnththcsthpttx_nguoidodau",
        ),
    )
    immutable = ("institution_id", "person_id", "relation")

    institution = Reference(
        "Cơ sở giáo dục", "Institution", "institutions.Institution", essential=True, managed=True
    )
    person = Reference("Người học", "Learner", Person, essential=True, managed=True)
    relation = Code("Quan hệ", "Relation", "RELATION", essential=True, privacy=BASIC, managed=True)
    full_name = Text("Họ tên", "Full name", essential=True, privacy=BASIC, wire="hovaten")
    personal_number = PersonalNumber("Số định danh", "Personal number", wire="sodinhdanh")
    birth_year = Whole(
        "Năm sinh", "Year of birth", privacy=BASIC, low=1900, high=2100, wire="namsinh"
    )
    occupation = Text("Nghề nghiệp", "Occupation", 250, privacy=BASIC, wire="nghenghiep")
    phone = Phone("Điện thoại", "Telephone", privacy=BASIC)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "person", "relation"], name="guardian_once"
            )
        ]
