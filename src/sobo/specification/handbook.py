"""The printed rule handbook (docs/generated/rules.md): every rule, in words, with its clause.

And whatever else the product says under a code, so that each code a reader meets has its entry.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.apps import apps

from sobo.specification.checks import CHECKS, is_check
from sobo.specification.codelists import code_list
from sobo.specification.records import Dataset, Record
from sobo.specification.rules import Rule, Severity, all_rules

_SEVERITIES = {
    Severity.ERROR: "Lỗi · error",
    Severity.QUERY: "Cần giải trình · query",
    Severity.MACRO: "Cả trường · whole file",
}
_VERIFIED = {True: "đã đối chiếu · verified", False: "**chưa đối chiếu** · not verified"}

_PREFACE = """\
# Sổ quy tắc · Rule handbook

Trang này do phần mềm in ra từ chính các quy tắc, không sửa tay. *Printed from the rules themselves;
not edited by hand.*

- **Lỗi** (error): dòng chưa được ghi vào sổ. *The row is not written.*
- **Cần giải trình** (query): đúng nhưng lạ; nhận kèm lời giải trình. *True but odd; accepted with
  an explanation.*
- **Cả trường** (whole file): về cả tệp hoặc cả trường, không về một dòng. *About the whole file.*
- **Chưa đối chiếu**: chưa có nguyên văn điều khoản để so. *No text of the clause at hand.*
"""

Norms = Mapping[str, Sequence[str]]
"""Norms in words, by the column of a rule's context that holds them."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Sentences under codes that are no rules, of one kind, and where they are written."""

    title: str
    file: str
    name: str
    sentences: Mapping[str, tuple[str, str]]
    """Vietnamese and English, by code."""


def handbook(*, norms: Norms, spoken: Sequence[Spoken]) -> str:
    """Print every declared rule as Markdown, the same bytes for the same rules."""
    rules = all_rules()
    by_hand = [rule for rule in rules if not is_check(rule.code)]
    checked = sorted({rule.code[:2] for rule in rules if is_check(rule.code)})
    sections = [_PREFACE, _summary(by_hand), _checks(checked)]
    for letters, group in groupby(by_hand, key=lambda rule: rule.code[:2]):
        sections.append(_dataset(letters, list(group), norms))
    return "\n".join([*sections, _reader(spoken)])


def _datasets() -> dict[str, Dataset]:
    models = (model for model in apps.get_models() if issubclass(model, Record))
    return {model.dataset.code: model.dataset for model in models}


_NOT_DATASETS = {"TA": "Tệp · Files", "BC": "Báo cáo · Returns"}
"""Letters of rules about something else than one dataset."""


def _title(letters: str) -> str:
    dataset = _datasets().get(letters)
    named = f"{dataset.name} · {dataset.name_en}" if dataset else _NOT_DATASETS.get(letters)
    return f"{letters} · {named}" if named else letters


def _summary(rules: Iterable[Rule]) -> str:
    lines = [
        "| Bộ dữ liệu · Dataset | Quy tắc · Rules | Chưa đối chiếu · Not verified |",
        "|---|--:|--:|",
    ]
    total = doubtful = 0
    for letters, group in groupby(rules, key=lambda rule: rule.code[:2]):
        verdicts = [rule.verified for rule in group]
        lines.append(f"| {_title(letters)} | {len(verdicts)} | {verdicts.count(False)} |")
        total, doubtful = total + len(verdicts), doubtful + verdicts.count(False)
    lines.append(f"| **Tất cả · All** | **{total}** | **{doubtful}** |")
    return "\n".join(lines) + "\n"


def _checks(letters: Iterable[str]) -> str:
    """The six checks, once for all datasets that declare them."""
    lines = [
        "## Sáu kiểm tra chung · The six checks of every dataset",
        "",
        f"Mỗi bộ dữ liệu có sáu quy tắc này dưới mã của mình ({', '.join(letters)}), suy ra từ "
        "chính khai báo của từng cột. *Each dataset has these under its own letters, derived from "
        "the declaration of each column.*",
        "",
        "| Mã · Code | Quy tắc · Rule | Tiếng Việt | English |",
        "|---|---|---|---|",
    ]
    words = {"label": "…", "range": "", "length": ""}
    for check in CHECKS:
        texts = (check.vi.format(**words), check.en.format(**words))
        lines.append(f"| ??-{check.number} | {_sentence(check.name)} | {' | '.join(texts)} |")
    return "\n".join(lines) + "\n"


def _reader(spoken: Iterable[Spoken]) -> str:
    lines = [
        "## Câu có mã khi đọc tệp · What the reader of files says",
        "",
        "Không phải quy tắc: phần đọc tệp nói về chính tệp hay một ô. *No rules: what is said of the "
        "file itself, or of one cell.*",
        "",
    ]
    for kind in spoken:
        lines += [f"### {kind.title}", "", f"`{kind.file}` `{kind.name}`", ""]
        lines += ["| Mã · Code | Tiếng Việt | English |", "|---|---|---|"]
        lines += [f"| {code} | {vi} | {en} |" for code, (vi, en) in kind.sentences.items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _dataset(letters: str, rules: Iterable[Rule], norms: Norms) -> str:
    return "\n".join([f"## {_title(letters)}", "", *(_entry(rule, norms) for rule in rules)])


def _entry(rule: Rule, norms: Norms) -> str:
    lines = [
        f"### {rule.code} {_sentence(rule.name)}",
        "",
        f"{_SEVERITIES[rule.severity]} · {', '.join(rule.sheets)}: `{rule.field}`{_levels(rule)}  ",
        f"{rule.clause} ({_VERIFIED[rule.verified]}){_period(rule)}  ",
        f"`{_file(rule)}` `{rule.name}`",
        "",
        f"> {rule.vi}  ",
        f"> *{rule.en}*",
        "",
    ]
    if _says_more(rule.plain_vi, rule.vi):
        lines += [f"Không có giá trị · without values: {rule.plain_vi} *{rule.plain_en}*", ""]
    limits = [line for column in rule.needs for line in norms.get(column, ())]
    if limits:
        lines += ["Định mức · norm:", "", *(f"- {line}" for line in limits), ""]
    if rule.repair is not None:
        lines += [f"Cách sửa · repair: {rule.repair.vi}. *{rule.repair.en}.*", ""]
    return "\n".join(lines)


def _file(rule: Rule) -> str:
    """Where a rule stands, under `src/sobo/`."""
    return rule.holds.__module__.removeprefix("sobo.").replace(".", "/") + ".py"


def _says_more(plain: str, text: str) -> bool:
    """Whether the value-free text has a word that the text shown beside a value has not."""
    words = (set(re.findall(r"\w+", each.casefold())) for each in (plain, text))
    return bool(set.difference(*words))


def _sentence(name: str) -> str:
    words = name.replace("_s_", "’s_").replace("_", " ")
    return words[0].upper() + words[1:]


def _levels(rule: Rule) -> str:
    names = [code_list("LEVEL").label(level.value) for level in rule.levels]
    return f" · {', '.join(names)}" if names else ""


def _period(rule: Rule) -> str:
    since = f" từ {rule.since:%d/%m/%Y}" if rule.since else ""
    until = f" đến trước {rule.until:%d/%m/%Y}" if rule.until else ""
    return since + until
