"""Everything the reader says under a code and that is no rule: the handbook prints it too."""

from sobo.intake.reading.notes import REMARKS
from sobo.intake.reading.refusals import REFUSALS
from sobo.intake.reading.values.parsed import PROBLEMS, REPAIRS
from sobo.specification.handbook import Spoken

_KINDS = (
    ("Tệp không được nhận · A file turned away", "refusals.py", "REFUSALS", REFUSALS),
    ("Điều thấy trong tệp · What is seen in a file", "notes.py", "REMARKS", REMARKS),
    ("Ô không hiểu được · A cell not understood", "values/parsed.py", "PROBLEMS", PROBLEMS),
    ("Ô được tự sửa · A cell put right", "values/parsed.py", "REPAIRS", REPAIRS),
)


def spoken() -> list[Spoken]:
    """The sentences of the reader, from the whole file down to one cell."""
    return [
        Spoken(
            title=title,
            file=f"intake/reading/{file}",
            name=name,
            sentences={code: (said[code].vi, said[code].en) for code in sorted(said)},
        )
        for title, file, name, said in _KINDS
    ]
