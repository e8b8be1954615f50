"""`./sobo import`: findings as JSON lines without a value, and an exit code to build on."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from sobo.commands import import_
from sobo.intake.models import Batch

from .workbooks import child, learners

SCHOOL = "7925747001"


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The tests' own database is up already."""
    monkeypatch.setattr(import_, "program", nullcontext)


def run(tmp_path: Path, body: bytes, *options: str) -> int:
    path = tmp_path / "tệp.xlsx"
    path.write_bytes(body)
    return import_.run([str(path), "--school", SCHOOL, "--as", "clerk_a", *options])


def test_a_clean_file_ends_with_zero_and_is_written_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, learners(child()), "--json", "--commit") == 0
    (summary,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (summary["state"], summary["new"]) == ("committed", 1)
    assert summary["written"]["people.person"] == {"added": 1, "changed": 0}


def test_findings_are_lines_without_any_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, learners(child(full_name="Bí Mật 007", school_class="9Z"))) == 1
    out = capsys.readouterr()
    lines = list(map(json.loads, out.out.splitlines()))
    assert {"sheet": "Học sinh", "cell": "F2", "rule": "HS-0301", "severity": "error"}.items() <= (
        lines[-1].items()
    )
    assert "9Z" not in out.out + out.err
    assert "Bí Mật" not in out.out + out.err
    assert "Chưa ghi gì vào sổ" in out.err


@pytest.mark.parametrize(
    ("body", "options"),
    [(b"%PDF-1.7 \x00\x01", ()), (b"", ()), (learners(child()), ("--school", "7925750001"))],
    ids=["not a workbook", "empty", "another school"],
)
def test_what_is_refused_ends_with_two(
    tmp_path: Path, body: bytes, options: tuple[str, ...]
) -> None:
    assert run(tmp_path, body, *options) == 2
    assert not Batch.objects.filter(state="committed").exists()


def test_a_file_that_is_not_there_is_refused() -> None:
    assert import_.run(["/khong/co.xlsx", "--school", SCHOOL]) == 2
