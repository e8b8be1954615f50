"""The printed handbook is the rules themselves, and whatever else is said under a code."""

import ast
import re
from pathlib import Path

import pytest

from sobo.commands.document_ import FOLDER, documents
from sobo.registry import norms
from sobo.specification.rules import all_rules, rule_by_code

SOURCE = Path(__file__).parents[2] / "src" / "sobo"
CODE_OF_A_FILE = re.compile(r"\bTA-\d{4}\b")
PLACE = re.compile(r"^`([\w/]+\.py)` `(\w+)`$", re.MULTILINE)


@pytest.fixture(scope="module")
def handbook() -> str:
    return documents()["rules.md"]


def _entry(handbook: str, code: str) -> str:
    return handbook.split(f"### {code} ", 1)[1].split("\n### ", 1)[0]


def test_the_printed_handbook_is_the_one_the_rules_print(handbook: str) -> None:
    assert (FOLDER / "rules.md").read_text(encoding="utf-8") == handbook


def test_every_text_stands_in_the_handbook(handbook: str) -> None:
    for rule in all_rules():
        if rule.field != "*":
            assert rule.code in handbook
            assert rule.vi in handbook
            assert rule.en in handbook


def _defined(file: str) -> set[str]:
    """Functions of a module, those that another one declares too, and its annotated constants."""
    nodes = list(ast.walk(ast.parse((SOURCE / file).read_text(encoding="utf-8"))))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    constants = {node.target for node in nodes if isinstance(node, ast.AnnAssign)}
    return functions | {each.id for each in constants if isinstance(each, ast.Name)}


def test_every_entry_names_where_it_stands(handbook: str) -> None:
    places = PLACE.findall(handbook)
    assert len(places) == handbook.count("\n### ")
    for file, name in places:
        assert name in _defined(file), f"{file} {name}"


def test_every_code_said_of_a_file_has_its_entry(handbook: str) -> None:
    said = {
        code
        for path in SOURCE.rglob("*")
        if path.suffix in (".py", ".html") and "tests" not in path.parts
        for code in CODE_OF_A_FILE.findall(path.read_text(encoding="utf-8"))
    }
    assert len(said) > 50
    for code in said:
        assert handbook.count(f"\n| {code} |") + handbook.count(f"\n### {code} ") == 1, code


def test_a_rule_on_a_norm_prints_its_numbers_with_their_days(handbook: str) -> None:
    of_class = _entry(handbook, "LO-0301")
    assert "từ 01/08/2026: Lớp 1 – Lớp 5: 35; Lớp 6 – Lớp 12: 45." in of_class
    assert "đến trước 01/08/2026: Lớp 1 – Lớp 5: 35." in of_class
    assert "3-12 tháng – Lớp 12: 2." in _entry(handbook, "LO-0303")
    assert "Định mức" not in _entry(handbook, "LO-0302")


def test_every_norm_is_printed(handbook: str) -> None:
    lines = [line for of_column in norms.in_words().values() for line in of_column]
    assert len(lines) == sum(len(each) for each in norms._norms().values())
    assert all(line in handbook for line in lines)


def test_the_value_free_text_stands_where_it_says_more(handbook: str) -> None:
    assert rule_by_code("LO-0301").plain_vi in _entry(handbook, "LO-0301")
    assert "Không có giá trị" not in _entry(handbook, "TA-0404")
