"""`./sobo document`: write the documents that are generated from the declarations."""

from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "generated"


def run(arguments: Sequence[str]) -> int:
    """Write every generated document. Returns the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def documents() -> dict[str, str]:
    """Every generated document by its file name."""
    import django

    django.setup()
    from sobo.intake.spoken import spoken
    from sobo.registry import norms
    from sobo.specification import dictionary, handbook

    makers: dict[str, Callable[[], str]] = {
        "rules.md": lambda: handbook.handbook(norms=norms.in_words(), spoken=spoken()),
        "data-dictionary.md": dictionary.dictionary,
        "wire-coverage.md": dictionary.wire_coverage,
    }
    return {name: make() for name, make in makers.items()}


def drifted() -> list[str]:
    """Documents whose text is not what would be written now."""
    return [
        str((FOLDER / name).relative_to(ROOT))
        for name, text in documents().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
