"""Whatever happens to a file on its way, it is read or refused: never a crash."""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobo.intake.reading.refusals import FileRefused
from sobo.intake.reading.tables import find_table
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.tests.reading.workbooks import HEADINGS, WRITERS, plain_list

Damage = list[tuple[float, int, bytes]]
"""Where (0 to 1), how many bytes go, and what comes in their place."""

DAMAGES: st.SearchStrategy[Damage] = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 40),
        st.binary(max_size=8) | st.sampled_from([b"99999999999", b"-1", b"\xff\xff\xff\xff"]),
    ),
    min_size=1,
    max_size=6,
)


@cache
def good_file(kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return WRITERS[kind](Path(folder) / "good", plain_list()).read_bytes()


def damaged(content: bytes, damage: Damage) -> bytes:
    for place, length, replacement in damage:
        at = int(place * len(content))
        content = content[:at] + replacement + content[at + length :]
    return content


def damaged_inside(content: bytes, part_at: float, damage: Damage) -> bytes:
    """A sound zip file around one damaged part."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        victim = int(part_at * len(old.namelist()))
        for at, name in enumerate(old.namelist()):
            part = old.read(name)
            new.writestr(name, damaged(part, damage) if at == victim else part)
    return packed.getvalue()


def read_or_refuse(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        path.write_bytes(content)
        try:
            for sheet in read_workbook(path).sheets:
                find_table(sheet, HEADINGS)
        except FileRefused as refused:
            assert refused.code.startswith("TA-00")


@pytest.mark.parametrize("kind", sorted(WRITERS))
@settings(max_examples=15, deadline=None)
@given(damage=DAMAGES)
def test_a_damaged_file_is_read_or_refused(kind: str, damage: Damage) -> None:
    read_or_refuse(damaged(good_file(kind), damage))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@settings(max_examples=25, deadline=None)
@given(part_at=st.floats(0, 1, exclude_max=True), damage=DAMAGES)
def test_damage_inside_a_sound_archive_is_read_or_refused(
    kind: str, part_at: float, damage: Damage
) -> None:
    read_or_refuse(damaged_inside(good_file(kind), part_at, damage))
