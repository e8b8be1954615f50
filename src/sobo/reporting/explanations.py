"""What a form asks its school to explain: not wrong, but odd enough that a reviewer would ask.

Points are grouped by cause: one explanation answers all places of one rule.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from sobo.kernel.vietnamese import format_number
from sobo.registry import norms
from sobo.reporting import headlines
from sobo.reporting.figures import Computed
from sobo.reporting.forms.definition import Bilingual, CellKey
from sobo.reporting.forms.values import FormValues
from sobo.reporting.rules import FormFinding, check
from sobo.specification.codelists import code_list
from sobo.specification.rules import Rule, rule_by_code

OUTSIDE = "BC-0005"
"""Figures that lie outside the rows of the form: true, and to be explained."""
CLASS_SIZE = "LO-0301"
JUMP = "BC-0006"
JUMP_OF_NOTE = 20
"""Learners by which a total must change before its share is looked at."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One cause, and every place of the form it touches."""

    rule: Rule
    places: tuple[Bilingual, ...]

    @property
    def code(self) -> str:
        """The code its explanation is kept under."""
        return self.rule.code


def broken_sums(form: Computed) -> tuple[FormFinding, ...]:
    """Checks that stop a form: sums that do not hold. Nobody can explain those away."""
    return tuple(finding for finding in form.findings if finding.rule.code != OUTSIDE)


def broken_cells(values: FormValues) -> set[CellKey]:
    """Cells at which any check does not hold."""
    return {finding.key for finding in check(values)}


def points(form: Computed, *, before: FormValues | None) -> list[Point]:
    """What the school must explain before the form is complete, by rule.

    `before` are the figures it filed last, where it filed any.
    """
    found = [*_outside(form), *_oversized_classes(form), *_jumps(form.values, before)]
    by_rule = sorted(found, key=lambda one: one[0])
    return [
        Point(rule=rule_by_code(code), places=tuple(place for _, place in places))
        for code, places in groupby(by_rule, key=lambda one: one[0])
    ]


def missing(asked: Iterable[Point], given: Sequence[str]) -> list[Point]:
    """The points that have no explanation yet, `given` being the rules explained."""
    return [point for point in asked if point.code not in given]


Place = tuple[str, Bilingual]


def _outside(form: Computed) -> Iterator[Place]:
    for finding in form.findings:
        if finding.rule.code == OUTSIDE:
            yield OUTSIDE, Bilingual(vi=finding.vi, en=finding.en)


def _oversized_classes(form: Computed) -> Iterator[Place]:
    """Classes of the form's level that hold more learners than the norm, merged ones as one."""
    names = form.rows["classes"].select("record_id", "code")
    rule = rule_by_code(CLASS_SIZE)
    limits = {kind: norms.most_by_grade(kind, on=form.values.on) for kind in _SIZES}
    for one in form.frames["class"].join(names, on="record_id").sort("code").iter_rows(named=True):
        most = limits[_size_norm(one["preschool_kind"])].get(one["grade"])
        if most is not None and one["size"] > most:
            said = {"size": one["size"], "size_limit": most}
            yield (
                CLASS_SIZE,
                Bilingual(
                    vi=f"{one['code']}: {rule.vi.format(**said)}",
                    en=f"{one['code']}: {rule.en.format(**said)}",
                ),
            )


_SIZES = (norms.CLASS_SIZE, norms.INDEPENDENT_GROUP_SIZE)


def _size_norm(preschool_kind: str | None) -> str:
    kinds = code_list("PRESCHOOL_KIND").by_code
    is_group = preschool_kind in kinds and not kinds[preschool_kind].attributes["is_school"]
    return norms.INDEPENDENT_GROUP_SIZE if is_group else norms.CLASS_SIZE


def _jumps(values: FormValues, before: FormValues | None) -> Iterator[Place]:
    """A total of learners that moved by more than the rule allows since the last filing."""
    if before is None or len(before.figures) != len(values.figures):
        return
    then, now = (
        headlines.value(values.definition, each.figures, headlines.LEARNERS)
        for each in (before, values)
    )
    rule = rule_by_code(JUMP)
    frame = pl.DataFrame({"before": [then], "value": [now]})
    if abs(now - then) >= JUMP_OF_NOTE and not frame.select(rule.holds()).item():
        said = {"before": format_number(then), "value": format_number(now)}
        yield JUMP, Bilingual(vi=rule.vi.format(**said), en=rule.en.format(**said))
