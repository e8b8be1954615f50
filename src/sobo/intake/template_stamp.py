"""The stamp of a template: which school and which edition it was made for.

It stands in names only (of a document property, and of a hidden name of the workbook), since those
live through filling in, sorting, and saving by any of the usual programs.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from sobo.institutions.models import Institution
from sobo.intake.reading.archives import open_archive, read_part
from sobo.intake.reading.files import ZIP_SIGNATURE
from sobo.intake.reading.limits import Limits
from sobo.intake.reading.markup import read_tags
from sobo.intake.reading.refusals import FileRefused

EDITION = "2026.1"
"""Edition of the template: a new one for every change of the columns it asks for."""

SCHOOL_PROPERTY = "Tệp mẫu của trường này"
"""What the stamping property says to whoever opens it."""
STAMP = re.compile(r"^SoBo_(?P<edition>[0-9.]+)_(?P<school>[0-9A-Za-z]+)$")
NAMED_IN = {"docProps/custom.xml": "property", "xl/workbook.xml": "definedName"}
"""Parts of a workbook, and the tag whose `name` may be the stamp."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """For which school a template was made, and in which edition."""

    school: str
    edition: str

    @property
    def name(self) -> str:
        """The name that says it, in the workbook."""
        return f"SoBo_{self.edition}_{self.school}"

    @property
    def is_older(self) -> bool:
        """Whether templates have changed since."""
        return _ordered(self.edition) < _ordered(EDITION)


def _ordered(edition: str) -> list[int]:
    return [int(part) for part in edition.split(".") if part]


class TemplateOfAnotherSchool(FileRefused):
    """The template was made for another school."""

    def __init__(self, *, made_for: str, school: str) -> None:
        super().__init__("TA-0401", made_for=made_for, school=school)


def of_file(path: Path) -> Stamp | None:
    """The stamp a file bears; none where it was not made from a template of ours.

    Raises `FileRefused` for an archive that must not be opened.
    """
    with path.open("rb") as stream:
        if stream.read(len(ZIP_SIGNATURE)) != ZIP_SIGNATURE:
            return None
    limits = Limits()
    with open_archive(path, limits=limits) as archive:
        names = [
            name for part, tag in NAMED_IN.items() for name in _names(archive, part, tag, limits)
        ]
    return next((stamp for name in names if (stamp := _stamp(name))), None)


def _names(archive: zipfile.ZipFile, part: str, tag: str, limits: Limits) -> list[str]:
    if part not in archive.namelist():
        return []
    found: list[str] = []

    def note(name: str, attributes: dict[str, str]) -> None:
        if name == tag:
            found.append(attributes.get("name", ""))

    read_tags([read_part(archive, part, limits=limits)], note)
    return found


def _stamp(name: str) -> Stamp | None:
    found = STAMP.match(name)
    return Stamp(school=found["school"], edition=found["edition"]) if found else None


def refuse_stranger(stamp: Stamp | None, institution: Institution) -> None:
    """Stop a file made from another school's template. Raises `TemplateOfAnotherSchool`."""
    if stamp is not None and stamp.school != institution.code:
        raise TemplateOfAnotherSchool(made_for=stamp.school, school=institution.code)
