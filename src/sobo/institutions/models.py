"""Territory, the tree of administrative units, and the institutions with their campuses."""

from typing import ClassVar

from django.db import models

from sobo.specification.fields import (
    GENERAL,
    SECONDARY,
    Code,
    Codes,
    Email,
    Level,
    Number,
    PartialDay,
    Phone,
    Place,
    Privacy,
    Reference,
    Text,
    YesNo,
)
from sobo.specification.records import Dataset, Record, Scope

TIER_MINISTRY, TIER_DEPARTMENT, TIER_DIVISION, TIER_COMMUNE = "bo", "so", "phong", "xa"


class Province(models.Model):
    """A province, dated: two-digit codes changed meaning on 1/7/2025, so a code needs a day."""

    scope: ClassVar[Scope] = Scope.OPEN

    code = models.CharField(max_length=2)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=10, null=True)
    sort_key = models.BinaryField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="province_code_since")
        ]


class District(models.Model):
    """A district of before 1/7/2025; none exists after it."""

    scope: ClassVar[Scope] = Scope.OPEN

    code = models.CharField(max_length=3)
    province_code = models.CharField(max_length=2)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="district_code_since")
        ]


class Commune(models.Model):
    """A commune, dated: 3,316 of today's 3,321 codes existed before, most under another name."""

    scope: ClassVar[Scope] = Scope.OPEN

    code = models.CharField(max_length=5)
    province_code = models.CharField(max_length=2)
    district_code = models.CharField(max_length=3, null=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    sort_key = models.BinaryField()
    search_key = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="commune_code_since")]
        indexes = [models.Index(fields=["province_code", "since"], name="commune_by_province")]


class CommuneSuccession(models.Model):
    """Which commune of today took over an old one; a split needs a person's choice."""

    scope: ClassVar[Scope] = Scope.OPEN

    old_code = models.CharField(max_length=5)
    old_province_code = models.CharField(max_length=2)
    new_code = models.CharField(max_length=5)
    is_split = models.BooleanField()
    is_default = models.BooleanField()
    status = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old_code", "new_code"], name="succession_pair")
        ]


class Unit(models.Model):
    """A managing body: Bộ, Sở, phòng or xã/phường. Institutions hang below them, dated."""

    scope: ClassVar[Scope] = Scope.OPEN

    code = models.CharField(max_length=20, unique=True)
    tier = models.CharField(max_length=6)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    province_code = models.CharField(max_length=2, null=True)
    commune_code = models.CharField(max_length=5, null=True)
    sort_key = models.BinaryField()


class UnitParent(models.Model):
    """Which unit stands above which, over [since, until)."""

    scope: ClassVar[Scope] = Scope.OPEN

    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="parents")
    parent = models.ForeignKey(Unit, models.DO_NOTHING, related_name="children")
    since = models.DateField()
    until = models.DateField(null=True)


class Institution(Record):
    """Cơ sở giáo dục: its profile, which its school keeps."""

    scope = Scope.SELF
    dataset = Dataset(
        code="TR",
        name="Hồ sơ cơ sở giáo dục",
        name_en="Institution profile",
        clause="TT 42/2021 Đ5.1, Đ6.1, Đ7.1, Đ10",
        wire_tables=("thongtindiemtruongchinhcapmnththcsthpt",),
    )
    immutable = ("code",)

    code = Text(
        "Mã cơ sở giáo dục",
        "Institution code",
        20,
        unique=True,
        essential=True,
        managed=True,
        wire="matruong",
        clause="TT 42/2021 Đ10.1",
        help="Mã tỉnh (2) + mã xã nơi cấp (5) + số thứ tự; không bao giờ đổi.",
    )
    old_code = Text("Mã trường cũ (8 số)", "Former 8-digit code", 20, managed=True)
    electronic_code = Text(
        "Mã định danh điện tử",
        "Electronic identifier",
        35,
        wire="maddtc",
        clause="QĐ 20/2020/QĐ-TTg",
    )
    name = Text("Tên cơ sở giáo dục", "Name", 200, essential=True, wire="tentruong")
    sort_key = models.BinaryField(null=True)
    search_key = models.CharField(max_length=200, null=True)
    levels = Codes(
        "Cấp học",
        "Levels",
        "LEVEL",
        essential=True,
        wire="manhomcaphoc",
        default=list,
        help="Trường nhiều cấp học lập một biểu cho mỗi cấp.",
    )
    main_level = Code(
        "Cấp học chính",
        "Main level",
        "LEVEL",
        help="Cấp nhận đội ngũ và phòng dùng chung khi lập biểu.",
    )
    preschool_kind = Code(
        "Loại hình mầm non",
        "Kind of preschool",
        "PRESCHOOL_KIND",
        levels=[Level.PRESCHOOL],
        required=True,
    )
    ownership = Code(
        "Loại hình",
        "Ownership",
        "OWNERSHIP",
        essential=True,
        wire="maloaihinhtruong",
        clause="Luật GD 2019 Đ47.1",
    )
    kind = Code("Loại trường", "Kind of school", "SCHOOL_KIND", wire="maloaitruong")
    status = models.CharField(max_length=10, db_default="open")
    area = Code("Khu vực", "Area", "AREA_2025", wire="makhuvuc", clause="TT 08/2025/TT-BCA")
    region = Code("Vùng", "Region", "REGION_KIND", required=True, wire=["mavung", "tenvung"])
    difficult_area = Code("Vùng khó khăn", "Difficult area", "DIFFICULT_AREA", wire="mavungkhokhan")
    is_especially_difficult = YesNo(
        "Thuộc vùng đặc biệt khó khăn",
        "In an especially difficult area",
        wire="CoThuocVungDacBietKhoKhan",
    )
    address = Text("Địa chỉ", "Address", 255, required=True, wire="diachi_diachichitiet")
    commune_code = Place(
        "Xã/phường", "Commune", of="commune", required=True, wire=["diachi_maxa", "diachi_mahuyen"]
    )
    province_code = Place(
        "Tỉnh/thành phố", "Province", of="province", required=True, wire="diachi_matinh"
    )
    map_position = Text("Vị trí bản đồ", "Map position", 40, wire="vitribando")
    phone = Phone("Số điện thoại", "Telephone", required=True, wire="sodienthoai")
    email = Email("Email", "E-mail", wire="email")
    fax = Phone("Fax", "Fax", wire="fax")
    website = Text("Website", "Website", 100, wire="website")
    head_name = Text(
        "Họ tên hiệu trưởng",
        "Head's name",
        privacy=Privacy.BASIC,
        required=True,
        wire="hieutruong_hovaten",
    )
    head_phone = Phone(
        "Điện thoại hiệu trưởng",
        "Head's telephone",
        privacy=Privacy.BASIC,
        wire="hieutruong_sodienthoai",
    )
    head_email = Email(
        "Email hiệu trưởng", "Head's e-mail", privacy=Privacy.BASIC, wire="hieutruong_email"
    )
    founded = PartialDay(
        "Ngày thành lập",
        "Founded",
        wire=["ngaythangnam_thanhlap", "thangnam_thanhlap", "nam_thanhlap"],
    )
    ground_m2 = Number("Diện tích đất (m²)", "Ground (m²)", places=1, low=0, wire="DienTich")
    school_class = Text("Hạng trường", "School class", 10, wire="HangTruong")
    project = Code("Dự án", "Project", "PROJECT", levels=GENERAL, wire="maduan")
    national_standard = Code(
        "Đạt chuẩn quốc gia",
        "National standard",
        "NATIONAL_STANDARD",
        wire=["LaTruongDatChuanQuocGia", "machatluonggiaoduc"],
        required=True,
    )
    accreditation = Code(
        "Kiểm định cấp độ", "Accreditation", "ACCREDITATION", wire="DatKiemDinhCapDo"
    )
    has_party_cell = YesNo("Có chi bộ Đảng", "Has a Party cell", wire="cochibodang")
    is_international = YesNo("Trường quốc tế", "International school", wire="LaTruongQuocTe")
    has_disabled_learners = YesNo(
        "Có học sinh khuyết tật", "Has learners with disabilities", wire="CoHocSinhKhuyetTat"
    )
    has_day_boarders = YesNo("Có học sinh bán trú", "Has day boarders", wire="CoHocSinhBanTru")
    has_boarders = YesNo(
        "Có học sinh nội trú", "Has boarders", levels=GENERAL, wire="CoHocSinhNoiTru"
    )
    teaches_two_sessions = YesNo(
        "Dạy 2 buổi/ngày", "Teaches two sessions a day", required=True, wire="CoDay2BuoiNgay"
    )
    uses_computers = YesNo(
        "Có sử dụng máy vi tính", "Uses computers", required=True, wire="CoSuDungMayViTinh"
    )
    has_internet = YesNo(
        "Được kết nối Internet",
        "Connected to the Internet",
        required=True,
        wire="DuocKetNoiInternet",
    )
    has_grid_power = YesNo("Có điện lưới", "Has grid power", required=True, wire="CoDienLuoi")
    has_clean_water = YesNo(
        "Có nguồn nước sạch", "Has clean water", required=True, wire="CoNguonNuocSach"
    )
    has_toilets = YesNo(
        "Có công trình vệ sinh", "Has toilets", required=True, wire="CoCongTrinhVeSinhTheoGioiTinh"
    )
    teaches_hand_washing = YesNo(
        "Có chương trình giáo dục vệ sinh đôi tay",
        "Teaches hand washing",
        required=True,
        wire="CoChuongTrinhGiaoDucVeSinhDoiTay",
    )
    teaches_safety = YesNo(
        "Có chương trình giáo dục cơ bản về giới tính, phòng chống bạo lực, xâm hại",
        "Teaches about gender, violence and abuse",
        required=True,
        wire="CoChuongTrinhGiaoDucGioiTinh",
    )
    has_disaster_plan = YesNo(
        "Có kế hoạch giáo dục phòng, chống thiên tai và ứng phó biến đổi khí hậu",
        "Has a plan for disasters and climate",
        required=True,
    )
    teaches_life_skills = YesNo(
        "Có học kỹ năng sống", "Teaches life skills", levels=GENERAL, wire="CoKyNangSong"
    )
    meets_minimum_quality = YesNo(
        "Đạt chất lượng tối thiểu",
        "Meets minimum quality",
        levels=GENERAL,
        wire="CoChatLuongToiThieu",
    )
    has_minimum_equipment = YesNo(
        "Đủ thiết bị dạy học tối thiểu",
        "Has minimum equipment",
        levels=GENERAL,
        wire="DuThietBiDayHocToiThieu",
    )
    teaches_trades = YesNo(
        "Có dạy nghề phổ thông", "Teaches trades", levels=SECONDARY, wire="CoDayNghePhoThong"
    )
    has_ordinary_classes = YesNo(
        "Có lớp không chuyên",
        "Has ordinary classes",
        levels=[Level.UPPER_SECONDARY],
        wire="CoLopKhongChuyen",
    )
    is_accessible = YesNo(
        "Có hạ tầng, tài liệu phù hợp với học sinh khuyết tật",
        "Accessible to disabled learners",
        levels=GENERAL,
        wire="CoHaTangTiepCanHocSinhKhuyetTat",
    )
    has_counselling = YesNo(
        "Có bộ phận tư vấn học đường", "Has counselling", levels=GENERAL, wire="bptuvanhocduong"
    )
    learns_online = YesNo("Có học trực tuyến", "Learns online", wire="cohoctructuyen")
    shares_hiv_knowledge = YesNo(
        "Có phổ biến kiến thức phòng, chống HIV", "Shares knowledge about HIV", levels=GENERAL
    )
    declared_campuses = Text(
        "Số điểm trường khai báo", "Declared campuses", 20, managed=True, wire="sodiemtruong"
    )


class InstitutionManagement(models.Model):
    """Which unit manages an institution directly, over [since, until)."""

    scope: ClassVar[Scope] = Scope.INSTITUTION

    institution = models.ForeignKey(Institution, models.DO_NOTHING, related_name="managements")
    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="managed")
    since = models.DateField()
    until = models.DateField(null=True)


class Reach(models.Model):
    """Which institutions a unit reaches, directly or through units below, over [since, until).

    Kept by the database from UnitParent and InstitutionManagement; sessions take their scope
    from it.
    """

    scope: ClassVar[Scope] = Scope.HIDDEN

    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+")
    institution_id = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "institution_id"], name="reach_of_unit")]


class SchoolCodeCounter(models.Model):
    """The last number issued in a commune's school codes."""

    scope: ClassVar[Scope] = Scope.HIDDEN

    prefix = models.CharField(max_length=7, primary_key=True)
    last = models.IntegerField()


class Campus(Record):
    """Điểm trường: satellites only, the main site is the institution itself (forms.md 1.2)."""

    dataset = Dataset(
        code="DI",
        name="Điểm trường",
        name_en="Campuses",
        clause="TT 42/2021 Đ5.1, Đ6.1",
        wire_tables=("thongtindiemtruongcapmnththcsthpttx",),
    )
    immutable = ("institution_id", "code")

    institution = Reference(
        "Cơ sở giáo dục",
        "Institution",
        Institution,
        essential=True,
        managed=True,
        wire=["matruong", "manhomcaphoc"],
    )
    code = Text(
        "Mã điểm trường",
        "Campus code",
        20,
        essential=True,
        wire="madiemtruong",
        aliases=["Mã điểm"],
    )
    name = Text("Tên điểm trường", "Name", 200, essential=True, wire="tendiemtruong")
    phone = Phone("Số điện thoại", "Telephone", wire="sodienthoai")
    distance_km = Number(
        "Khoảng cách đến trường chính (km)",
        "Distance to the main site (km)",
        places=1,
        low=0,
        high=200,
        wire="kcdentruongchinh",
    )
    transport = Text("Phương tiện có thể đi lại", "Transport", wire="phuongtiendilai")
    ground_m2 = Number("Diện tích (m²)", "Ground (m²)", places=1, low=0, wire="dientich")
    address = Text("Địa chỉ", "Address", 255, wire="diachi_diachichitiet")
    commune_code = Place(
        "Xã/phường", "Commune", of="commune", required=True, wire=["diachi_maxa", "diachi_mahuyen"]
    )
    province_code = Place("Tỉnh/thành phố", "Province", of="province", wire="diachi_matinh")
    is_open = YesNo("Đang hoạt động", "Open", required=True, default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "code"], name="campus_code")]


class TerritoryPolicy(models.Model):
    """What a territory allows, over [since, until), with the clause that says so."""

    scope: ClassVar[Scope] = Scope.OPEN

    province_code = models.CharField(max_length=2, null=True)
    """Null: everywhere, where no province says otherwise."""
    topic = models.CharField(max_length=40)
    value = models.CharField(max_length=200)
    clause = models.CharField(max_length=200)
    is_verified = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)
