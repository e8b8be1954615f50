"""What only a file can get wrong (TA)."""

import pytest

from .tables import Line, Table, breaks, holds, kept_on, lines_of, name_of

TABLE: Table = {
    "TA-0404": [
        holds("a code of the school", code="7900000001", code_known=True),
        holds("nobody's code yet", code=None),
        breaks("a code of another school", code="0400000009", code_known=False),
    ],
    "TA-0405": [
        holds("a class that stands", school_class_stands=True),
        holds("a form knows no file"),
        breaks("a new class whose row has errors", school_class_stands=False),
    ],
    "TA-0406": [
        holds("a campus that stands", campus="D1", campus_stands=True),
        holds("the main site"),
        breaks("a new campus whose row has errors", campus="D9", campus_stands=False),
    ],
}


@pytest.mark.parametrize(("rule", "line"), lines_of(TABLE), ids=name_of)
def test_rules_of_files(rule: str, line: Line) -> None:
    assert set(kept_on(rule, line).values()) == {line.is_kept}
