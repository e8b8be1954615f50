"""The portal's templates rendered as a page would, without a database or a server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from sobo.portal import environment as product
from sobo.portal import gallery
from sobo.portal.around import PARTS, Account, Around, csrf_input
from sobo.portal.navigation import Group, Link

TEMPLATES = Path(__file__).parents[1] / "templates"

AROUND = Around(
    lang="vi",
    theme="",
    account=Account(
        name="Phạm Thị Mẫu", role_label="Văn thư", unit_name="Tiểu học Mẫu 12", key="p1"
    ),
    trail=(
        Link(label="TP. Hồ Chí Minh", url="/u/1"),
        Link(label="Phường Mẫu", url="/u/2"),
        Link(label="Tiểu học Mẫu 12", url="/u/3", current=True),
    ),
    nav=(
        Group(items=(Link(label="Việc cần làm", url="/", count=4),)),
        Group(
            label="Hồ sơ",
            items=tuple(
                Link(label=label, url=f"/{number}")
                for number, label in enumerate(("Trường", "Lớp", "Đội ngũ", "Người học"))
            ),
        ),
        Group(
            label="Đưa dữ liệu vào",
            items=(
                Link(label="Tệp đã gửi", url="/files", current=True),
                Link(label="Mẫu nhập", url="/template"),
            ),
        ),
        Group(
            label="Báo cáo",
            items=(
                Link(label="Đầu năm học", url="/round"),
                Link(label="Chất lượng dữ liệu", url="/quality"),
            ),
        ),
    ),
    rounds=(
        Link(label="Năm học 2026–2027", url="/y/2026", current=True),
        Link(label="Năm học 2025–2026", url="/y/2025"),
    ),
    search_url="/search",
    home_url="/",
    preferences_url="/preferences",
    sign_out_url="/sign-out",
)
SHELL = {
    "account": AROUND.account,
    "lang": "vi",
    "verification": "Mã kiểm chứng 4F1C-A907 · in lúc 18/10/2026, 21:07",
}


def environment() -> jinja2.Environment:
    """The product's own, but for the addresses of static files, which need no manifest here."""
    made = product.environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    made.globals["static"] = "/static/{}".format
    return made


def gallery_page(**context: Any) -> str:
    templates = environment()
    state = {**vars(AROUND), "theme": context.get("theme", ""), "csrf_input": csrf_input("")}
    drawn = {
        part: Markup(templates.get_template(f"portal/{part}.html").render(state)) for part in PARTS
    }
    template = templates.get_template("portal/gallery.html")
    return template.render(SHELL | {"around": drawn} | gallery.samples() | context)


def render(source: str, context: Mapping[str, Any] | None = None) -> str:
    """A snippet with the components at hand as `ui`, `draw` and `official`."""
    imports = "".join(
        f'{{% import "portal/{file}.html" as {name} %}}'
        for file, name in (("components", "ui"), ("charts", "draw"), ("official", "official"))
    )
    return environment().from_string(imports + source).render(context or {})
