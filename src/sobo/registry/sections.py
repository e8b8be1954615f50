"""A record laid out for reading: one section a dataset, what is filled in, and what is missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sobo.accounts.preferences import language
from sobo.registry.people.models import Guardian, Person
from sobo.registry.queries.records import Version
from sobo.registry.showing import Writer, is_covered, labels_now
from sobo.specification.records import declarations


@dataclass(frozen=True, kw_only=True)
class Line:
    """One field with its value, as shown."""

    label: str
    value: str
    is_covered: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """One record: its title, its lines, and the labels of what is not known yet."""

    title: str
    lines: tuple[Line, ...]
    missing: tuple[str, ...]


def sections_of(
    versions: Iterable[Version], writer: Writer, *, levels: Collection[str]
) -> list[Section]:
    """The sections of some records, for an institution of these levels.

    Fields of levels the institution does not have are left out.
    """
    return [_section(version, writer, levels) for version in versions]


def _section(version: Version, writer: Writer, levels: Collection[str]) -> Section:
    lines, missing = [], []
    for column, declaration in declarations(version.model).items():
        if declaration.managed or not _concerns(declaration.levels, levels):
            continue
        label = declaration.label_in(language())
        value = writer.write(column, declaration, version.values[column])
        if value is None:
            missing.append(label)
        else:
            covered = is_covered(declaration) and not writer.reveals
            lines.append(Line(label=label, value=value, is_covered=covered))
    return Section(title=title_of(version), lines=tuple(lines), missing=tuple(missing))


def _concerns(of_levels: Collection[str], levels: Collection[str]) -> bool:
    return not of_levels or bool(set(of_levels) & set(levels))


def title_of(version: Version) -> str:
    """What a record is called: its dataset, or for parents the relation; its year where it has one."""
    dataset = version.model.dataset
    name = dataset.name_en if language() == "en" else dataset.name
    if version.model is Person:
        return _("Bản thân")
    if version.model is Guardian:
        return labels_now("RELATION").get(version.values["relation"], name)
    year = version.values.get("school_year")
    return f"{name} {year}–{year + 1}" if year else name
