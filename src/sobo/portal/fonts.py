"""The product's typeface among the static files, though it comes from a package."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from sobo.portal.typeface import WEIGHTS, write_typeface

FOLDER = "fonts"


class TypefaceFinder(BaseFinder):
    """Finds `fonts/BeVietnamPro-<weight>.ttf`, made at first use in the data folder."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.folder = settings.DATA / "typeface"
        self.storage = FileSystemStorage(location=self.folder)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be misconfigured."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file of an address below `static/`; an empty list where it is not ours."""
        found = [str(self.folder / name) for name in self._made() if name == path]
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every weight, with the storage it is read from."""
        for name in self._made():
            yield name, self.storage

    def _made(self) -> Sequence[str]:
        names = [f"{FOLDER}/BeVietnamPro-{weight}.ttf" for weight in WEIGHTS]
        if not all(Path(self.folder, name).exists() for name in names):
            write_typeface(into=self.folder / FOLDER)
        return names
