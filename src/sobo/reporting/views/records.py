"""What is under a figure: the records it counts, each a link into the register."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.accounts.roles import SEE_PERSONS, may
from sobo.institutions.models import Institution
from sobo.journal import operations as journal
from sobo.registry.showing import labels_now
from sobo.reporting import figures, showing
from sobo.reporting.figures import Computed
from sobo.reporting.forms.definition import CellKey
from sobo.reporting.queries import filings
from sobo.reporting.queries.records import ABOUT_PERSONS, records
from sobo.reporting.views.doors import named, opens

ROWS_A_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class Part:
    """A class, or whatever else the records of a figure fall into."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Under:
    """The records under a figure, ready to show."""

    dataset: str
    parts: list[Part]
    chosen: str
    page: "Page[Any]"
    changed: frozenset[str]
    """Record ids whose version is no longer the one that was counted."""
    may_open: bool


@opens()
def show_live(
    request: Request, school: UUID, round_code: str, form: str, sheet: str, row: str, column: int
) -> HttpResponse:
    """The records under a figure of the form as the register stands now."""
    institution, round_, definition = named(school, round_code, form)
    drawn_up = figures.computed(institution, round_, definition.code)
    back = reverse("return-form", args=[school, round_code, form])
    return _page(request, institution, drawn_up, CellKey(sheet, row, column), back=back)


@opens()
def show_filed(request: Request, filing: UUID, sheet: str, row: str, column: int) -> HttpResponse:
    """The records under a figure of a return, as they stood when it was completed."""
    shown = filings.filing(filing)
    again = figures.as_completed(shown)
    return _page(
        request,
        shown.institution,
        again or figures.computed(shown.institution, shown.round, shown.form),
        CellKey(sheet, row, column),
        back=reverse("return", args=[filing]),
        filed=figures.frozen(shown).cells[CellKey(sheet, row, column)],
        is_proved=again is not None,
    )


def _page(
    request: Request,
    institution: Institution,
    form: Computed,
    cell: CellKey,
    *,
    back: str,
    filed: Any = None,
    is_proved: bool = True,
) -> HttpResponse:
    counted = form.records_under(cell)
    value = form.values.cells[cell]
    under = _under(request, institution, counted.rows(named=True))
    return render(
        request,
        "reporting/records.html",
        {
            "school": institution,
            "cell": showing.cell_name(form.definition, cell),
            "value": value if filed is None else filed,
            "under": under,
            "records": counted.height,
            "form_code": form.definition.code,
            "form_title": form.definition.title.text(language()),
            "back": f"{back}?bang={cell.sheet}#row-{cell.row}",
            "is_filed": filed is not None,
            "is_proved": is_proved,
            "labels": _labels(under.dataset if under else ""),
        },
    )


def _under(
    request: Request, institution: Institution, counted: list[dict[str, Any]]
) -> Under | None:
    """The records of one dataset; a figure counts one kind of record only."""
    if not counted:
        return None
    dataset = counted[0]["dataset"]
    versions = {each["record_id"]: each["version"] for each in counted}
    rows = records(dataset, institution_id=institution.pk, record_ids=list(versions))
    parts = _parts(dataset, rows)
    chosen = request.GET.get("nhom", "")
    listed = [row for row in rows if not chosen or row.part == chosen]
    may_open = dataset not in ABOUT_PERSONS or may(request.actor, SEE_PERSONS)
    page = Paginator(listed if may_open else [], ROWS_A_PAGE).get_page(request.GET.get("page"))
    if may_open and dataset in ABOUT_PERSONS:
        journal.looked(
            action="reporting.records_under_figure",
            institution_id=institution.pk,
            persons=[row.person for row in page],
        )
    changed = {str(row.record_id) for row in rows if versions[str(row.record_id)] != row.version}
    return Under(
        dataset=dataset, parts=parts, chosen=chosen, page=page, changed=frozenset(changed),
        may_open=may_open,
    )  # fmt: skip


def _parts(dataset: str, rows: list[Any]) -> list[Part]:
    """How many records each part holds, in the order of the list."""
    counts = Counter(row.part or "" for row in rows)
    labels = _labels(dataset).get("part", {})
    return [Part(key=key, label=labels.get(key, key), count=n) for key, n in counts.items()]


def _labels(dataset: str) -> Mapping[str, Mapping[str, str]]:
    """Labels of codes in a dataset's columns, in the language of the request."""
    lists = {
        "learners": {"sex": "SEX", "status": "LEARNER_STATUS"},
        "staff": {
            "sex": "SEX",
            "position": "STAFF_POSITION",
            "contract": "CONTRACT_KIND",
            "part": "STAFF_GROUP",
        },
        "classes": {"grade": "GRADE", "part": "GRADE"},
        "rooms": {"kind": "ROOM_KIND", "build_grade": "ROOM_GRADE", "part": "ROOM_KIND"},
    }
    return {column: labels_now(name) for column, name in lists.get(dataset, {}).items()}
