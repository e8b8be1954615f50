"""Why somebody opens what is covered: named at the click, and journalled with it (TT 42/2021 Đ9).

The list is ours until a text fixes one; the codes are what the journal keeps.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PURPOSES: dict[str, Promise] = {
    "care": _("Chăm sóc, bảo vệ sức khoẻ người học"),
    "policy": _("Thực hiện chế độ, chính sách"),
    "update": _("Đối chiếu, cập nhật hồ sơ"),
    "request": _("Giải quyết yêu cầu của người học, cha mẹ hoặc cán bộ"),
    "inspection": _("Thanh tra, kiểm tra, thẩm định báo cáo"),
}
