"""The portal's templates rendered as a page would, without a database or a server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from sobo.portal import environment as product
from sobo.portal import gallery

TEMPLATES = Path(__file__).parents[1] / "templates"

SHELL = {
    "account": {
        "name": "Phạm Thị Mẫu",
        "role_label": "Văn thư",
        "unit_name": "Tiểu học Mẫu 12",
        "key": "p1",
        "others": [{"label": "Giáo viên chủ nhiệm 1/4", "url": "/role/2"}],
    },
    "trail": [("TP. Hồ Chí Minh", "/u/1"), ("Phường Mẫu", "/u/2"), ("Tiểu học Mẫu 12", "/u/3")],
    "nav": [
        {"items": [{"label": "Việc cần làm", "url": "/", "count": 4, "current": False}]},
        {
            "label": "Hồ sơ",
            "items": [
                {"label": label, "url": f"/{number}", "current": False}
                for number, label in enumerate(("Trường", "Lớp", "Đội ngũ", "Người học"))
            ],
        },
        {
            "label": "Đưa dữ liệu vào",
            "items": [
                {"label": "Tệp đã gửi", "url": "/files", "current": True},
                {"label": "Mẫu nhập", "url": "/template", "current": False},
            ],
        },
        {
            "label": "Báo cáo",
            "items": [
                {"label": "Đầu năm học", "url": "/round", "current": False},
                {"label": "Chất lượng dữ liệu", "url": "/quality", "current": False},
            ],
        },
    ],
    "rounds": [
        {"label": "Năm học 2026–2027", "url": "/y/2026", "current": True},
        {"label": "Năm học 2025–2026", "url": "/y/2025", "current": False},
    ],
    "search_url": "/search",
    "preferences_url": "/preferences",
    "sign_out_url": "/sign-out",
    "lang": "vi",
    "verification": "Mã kiểm chứng 4F1C-A907 · in lúc 18/10/2026, 21:07",
}


def environment() -> jinja2.Environment:
    """The product's own, but for the addresses of static files, which need no manifest here."""
    made = product.environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    made.globals["static"] = "/static/{}".format
    return made


def gallery_page(**context: Any) -> str:
    template = environment().get_template("portal/gallery.html")
    return template.render(SHELL | gallery.samples() | context)


def render(source: str, context: Mapping[str, Any] | None = None) -> str:
    """A snippet with the components at hand as `ui`, `draw` and `official`."""
    imports = "".join(
        f'{{% import "portal/{file}.html" as {name} %}}'
        for file, name in (("components", "ui"), ("charts", "draw"), ("official", "official"))
    )
    return environment().from_string(imports + source).render(context or {})
