"""The data dictionary and the coverage of the national workbook, printed from the declarations."""

from collections.abc import Iterable

from django.apps import apps

from sobo.specification.fields import Declaration
from sobo.specification.records import Record, declarations
from sobo.specification.wire import workbook


def datasets() -> list[type[Record]]:
    """Every dataset, by its code."""
    found = [model for model in apps.get_models() if issubclass(model, Record)]
    return sorted(found, key=lambda model: model.dataset.code)


def dictionary() -> str:
    """Every declared field of every dataset, as Markdown."""
    parts = [
        "# Từ điển dữ liệu · Data dictionary",
        "",
        "Sinh từ khai báo trong mã nguồn bằng `./sobo document`. "
        "Generated from the declarations; do not edit.",
    ]
    for model in datasets():
        parts += ["", *_dataset(model)]
    return "\n".join(parts) + "\n"


def _dataset(model: type[Record]) -> list[str]:
    described = model.dataset
    return [
        f"## {described.code} · {described.name} ({described.name_en})",
        "",
        f"{described.clause}. `{model._meta.db_table}`",
        "",
        "| Trường | Nhãn | Label | Kiểu | Danh mục | Bảo mật | Bắt buộc | Cấp | Trên trục | Căn cứ |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_row(name, declared) for name, declared in declarations(model).items()),
    ]


def _row(name: str, declared: Declaration) -> str:
    cells: Iterable[str] = (
        f"`{name}`",
        declared.label,
        declared.label_en,
        declared.kind,
        declared.codes,
        declared.privacy.value,
        _demand(declared),
        " ".join(declared.levels),
        " ".join(declared.wire),
        declared.clause,
    )
    return "| " + " | ".join(cells) + " |"


def _demand(declared: Declaration) -> str:
    if declared.required_when:
        return f"khi {declared.required_when.field}"
    return "có" if declared.required else ""


def covered(model: type[Record], table: str) -> set[str]:
    """The fields of a workbook table that a dataset holds, in lower case."""
    if table not in model.dataset.wire_tables:
        return set()
    return {name.lower() for declared in declarations(model).values() for name in declared.wire}


def missing() -> dict[str, list[str]]:
    """Fields of the tables that some dataset speaks for, and that none of them holds."""
    spoken_for = {table for model in datasets() for table in model.dataset.wire_tables}
    return {
        table: [
            name
            for name in workbook()[table]
            if not any(name.lower() in covered(model, table) for model in datasets())
        ]
        for table in sorted(spoken_for)
    }


def wire_coverage() -> str:
    """How much of the national workbook the datasets hold, table by table, as Markdown."""
    lacking = missing()
    rows = [
        f"| {table} | {len(fields)} | {len(fields) - len(lacking[table]) if table in lacking else 0} "
        f"| {', '.join(lacking.get(table, ()))} |"
        for table, fields in sorted(workbook().items())
    ]
    held = sum(len(workbook()[table]) - len(names) for table, names in lacking.items())
    total = sum(map(len, workbook().values()))
    return "\n".join(
        [
            "# Độ phủ bảng trao đổi quốc gia · Coverage of the national exchange workbook",
            "",
            f"{held} / {total} trường; phong bì và khoá kỹ thuật không tính. "
            "Sinh bằng `./sobo document`.",
            "",
            "| Bảng | Trường | Có | Chưa có |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )
