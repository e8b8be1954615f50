"""Sample data of the gallery page, which shows every part of the design system.

Everything here is invented; no school, person or figure exists.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

SIGNED_AT = datetime(2026, 10, 18, 21, 7)

_PROVINCES = (
    ("01", "Hà Nội", 0.884),
    ("04", "Cao Bằng", 0.971),
    ("08", "Tuyên Quang", 0.916),
    ("11", "Điện Biên", 0.930),
    ("12", "Lai Châu", 0.742),
    ("14", "Sơn La", 0.869),
    ("15", "Lào Cai", 0.953),
    ("19", "Thái Nguyên", 0.928),
    ("20", "Lạng Sơn", 0.904),
    ("22", "Quảng Ninh", 0.982),
    ("24", "Bắc Ninh", 0.965),
    ("25", "Phú Thọ", 0.897),
    ("31", "Hải Phòng", 0.979),
    ("33", "Hưng Yên", 0.941),
    ("37", "Ninh Bình", 0.936),
    ("38", "Thanh Hóa", 0.813),
    ("40", "Nghệ An", 0.795),
    ("42", "Hà Tĩnh", 0.922),
    ("44", "Quảng Trị", 0.870),
    ("46", "Huế", 0.990),
    ("48", "Đà Nẵng", 0.987),
    ("51", "Quảng Ngãi", 0.838),
    ("52", "Gia Lai", 0.689),
    ("56", "Khánh Hòa", 0.909),
    ("66", "Đắk Lắk", 0.774),
    ("68", "Lâm Đồng", 0.851),
    ("75", "Đồng Nai", 0.925),
    ("79", "Hồ Chí Minh", 0.958),
    ("80", "Tây Ninh", 0.880),
    ("82", "Đồng Tháp", 0.912),
    ("86", "Vĩnh Long", 0.846),
    ("91", "An Giang", 0.827),
    ("92", "Cần Thơ", 0.944),
    ("96", "Cà Mau", None),
)

_SCHOOLS = (
    ("TH Mẫu 12", datetime(2026, 10, 18, 21, 7), 28, 1105, 0.014, 39.5, 97),
    ("MN Mẫu 01", datetime(2026, 10, 18, 16, 20), 14, 372, -0.008, 26.6, 95),
    ("THCS Mẫu 02", datetime(2026, 10, 17, 9, 44), 32, 1398, 0.002, 43.7, 92),
    ("TH Mẫu 07", datetime(2026, 10, 18, 22, 51), 30, 1266, 0.119, 42.2, 86),
    ("MN Mẫu 03", datetime(2026, 10, 16, 8, 5), 9, 214, -0.031, 23.8, 71),
)


class SampleForm(forms.Form):
    """One field of each kind the register uses."""

    full_name = forms.CharField(label="Họ và tên", max_length=80)
    born_on = forms.DateField(
        label="Ngày sinh",
        input_formats=["%d/%m/%Y"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        help_text="Ngày/tháng/năm như trong giấy khai sinh.",
    )
    personal_number = forms.RegexField(
        r"^\d{12}$",
        label="Số định danh cá nhân",
        required=False,
        help_text="12 chữ số; để trống nếu chưa có, em vẫn được cấp mã.",
        error_messages={"invalid": "Số định danh phải có đúng 12 chữ số; ô này có 11."},
    )
    ethnic_group = forms.ChoiceField(
        label="Dân tộc",
        choices=[("", "Chọn…"), ("01", "Kinh"), ("02", "Tày"), ("03", "Thái")],
        error_messages={"required": "Chọn một dân tộc trong danh mục."},
    )
    height_cm = forms.DecimalField(
        label="Chiều cao (cm)", required=False, min_value=10, max_value=300, localize=True
    )
    gender = forms.ChoiceField(
        label="Giới tính", choices=[("1", "Nam"), ("2", "Nữ")], widget=forms.RadioSelect
    )
    policies = forms.MultipleChoiceField(
        label="Diện chính sách",
        required=False,
        choices=[("1", "Hộ nghèo"), ("2", "Hộ cận nghèo"), ("3", "Mồ côi")],
        widget=forms.CheckboxSelectMultiple,
    )
    boards = forms.BooleanField(label="Ở bán trú", required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)


def samples() -> dict[str, Any]:
    """What `portal/gallery.html` shows, beside the shell's own context."""
    return {
        "form": _answered_form(),
        "page": _middle_page(),
        "signed_at": SIGNED_AT,
        "round_closes_on": date(2026, 10, 20),
        "schools": [_school(*row) for row in _SCHOOLS],
        "provinces": [
            {"code": code, "label": name, "value": value, "url": "#charts"}
            for code, name, value in _PROVINCES
        ],
    }


def _answered_form() -> SampleForm:
    """Filled in with one mistake of each kind: a wrong number and a missing choice."""
    answers = {
        "full_name": "Nguyễn Văn Mẫu",
        "born_on": "08/03/2019",
        "personal_number": "07921900012",
        "gender": "1",
        "height_cm": "118,5",
    }
    form = SampleForm(answers)
    form.full_clean()
    return form


def _middle_page() -> Page[int]:
    return Paginator(range(1128), 40).page(7)


def _school(
    name: str,
    signed_at: datetime,
    classes: int,
    learners: int,
    change: float,
    per_class: float,
    quality: int,
) -> dict[str, Any]:
    return {
        "name": name,
        "signed_at": signed_at,
        "classes": classes,
        "learners": learners,
        "change": change,
        "per_class": per_class,
        "quality": quality,
    }
