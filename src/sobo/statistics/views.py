"""The national figure: totals, and from any of them down to the schools that make it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request, requires
from sobo.accounts.roles import SEE_FIGURES
from sobo.kernel.actor import Actor
from sobo.registry.showing import labels_now
from sobo.reporting import headlines, showing, wording
from sobo.reporting.addresses import form_at, slug
from sobo.reporting.forms.definition import CellKey, Definition
from sobo.reporting.models import Round
from sobo.reporting.queries import rounds
from sobo.reporting.transitions import ACCEPTED, state_name
from sobo.specification.fields import Level
from sobo.statistics import queries
from sobo.statistics.queries import STAGES, Part, Place, Sums

PROVINCE, COMMUNE, STAGE, SHEET = "tinh", "xa", "buoc", "bang"
"""What the place, the stage and the sheet are called in an address."""
SHADES = 5
LONGEST_LIST_DRAWN = 20


@requires(SEE_FIGURES)
def show_nation(request: Request) -> HttpResponse:
    """The figures everyone asks for first, nationally and by province."""
    round_ = rounds.current_round(on=request.now.date())
    if round_ is None:
        return render(request, "reporting/no_round.html")
    sums = queries.headline_sums(round_, of=Place())
    learners = _learners_by_province(round_)
    return render(
        request,
        "statistics/nation.html",
        {
            "round": round_.named(language()),
            "reference_on": round_.reference_on,
            "as_of": request.now,
            "stages": _stages(),
            "returns": _returns(sums),
            "institutions": sum(queries.institutions(round_, stage=ACCEPTED).values()),
            "headlines": _across_levels(sums),
            "levels": _by_level(round_, sums),
            "shares": _learners_by_level(round_, sums),
            "learners": _on_map(learners, _learners_url(round_)),
            "bounds": _bounds(list(learners.values())),
        },
    )


def _stages() -> list[dict[str, str]]:
    return [{"code": stage, "label": state_name(stage, language())} for stage in STAGES]


def _returns(sums: dict[str, dict[str, Sums]]) -> dict[str, int]:
    """How many returns stand at each stage, over all forms."""
    per_form = [each[headlines.SCHOOLS].returns for each in sums.values()]
    return {stage: sum(one[stage] for one in per_form) for stage in STAGES}


def _across_levels(sums: dict[str, dict[str, Sums]]) -> list[dict[str, Any]]:
    """Accepted figures added over levels; schools are left out: one may stand in several forms."""
    return [
        {
            "label": headlines.label(name).text(language()),
            "value": sum(each[name].values[ACCEPTED] for each in sums.values()),
        }
        for name in headlines.HEADLINES
        if name != headlines.SCHOOLS
    ]


def _by_level(round_: Round, sums: dict[str, dict[str, Sums]]) -> list[dict[str, Any]]:
    return [
        {
            "code": form.code,
            "title": form.title.text(language()),
            "url": reverse("figures-form", args=[slug(form.code)]),
            "figures": [
                {
                    "label": headlines.label(name).text(language()),
                    "sums": sums[form.code][name],
                    "url": _headline_url(form, name),
                }
                for name in headlines.HEADLINES
            ],
        }
        for form in rounds.forms_of(round_)
    ]


def _learners_by_level(round_: Round, sums: dict[str, dict[str, Sums]]) -> list[dict[str, Any]]:
    """Accepted learners of each level, as the parts of a bar."""
    tones, labels = ("done", "", "query", "rest"), labels_now("LEVEL")
    return [
        {
            "label": labels[form.level],
            "value": sums[form.code][headlines.LEARNERS].values[ACCEPTED],
            "tone": tone,
        }
        for form, tone in zip(rounds.forms_of(round_), cycle(tones), strict=False)
    ]


def _headline_url(form: Definition, name: str) -> str:
    """The page of a headline figure that is one cell; of several, the form."""
    cells = headlines.cells(form, name)
    if len(cells) == 1:
        return reverse("figures-cell", args=[slug(form.code), *cells[0]])
    return f"{reverse('figures-form', args=[slug(form.code)])}?{SHEET}={cells[0].sheet}#bieu"


def _learners_by_province(round_: Round) -> dict[str, int]:
    """Learners in accepted returns, all levels, by province."""
    totals: Counter[str] = Counter()
    for form in rounds.forms_of(round_):
        places = headlines.places(form, headlines.LEARNERS)
        for part in queries.parts(round_, form, places, of=Place()):
            totals[part.code] += part.sums.values[ACCEPTED]
    return totals


def _on_map(values: Mapping[str, int], address: Callable[[str], str]) -> list[dict[str, Any]]:
    """Every province for the map; those without a value stay blank."""
    return [
        {
            "code": province.code,
            "label": province.name,
            "value": values.get(province.code),
            "url": address(province.code) if province.code in values else "",
        }
        for province in queries.provinces()
    ]


def _learners_url(round_: Round) -> Callable[[str], str]:
    """Where a province's learners are opened: the form that most of them stand in."""
    form = max(rounds.forms_of(round_), key=lambda form: form.level == Level.PRIMARY)
    cell = headlines.cells(form, headlines.LEARNERS)[0]
    return lambda province: _cell_url(form, cell, Place(province=province))


def _bounds(values: Sequence[int]) -> list[int]:
    """Upper ends between the shades of a map: equal steps up to the largest value."""
    step = max(max(values, default=0) // SHADES, 1)
    return [step * number for number in range(1, SHADES)]


@requires(SEE_FIGURES)
def show_form(request: Request, form: str) -> HttpResponse:
    """A whole form summed over a place, every figure opening to its parts."""
    round_, definition = _named(request, form)
    place = _place(request)
    stage = request.GET.get(STAGE, ACCEPTED)
    if stage not in STAGES:
        raise Http404
    values = queries.whole_form(round_, definition, stage, of=place)
    return render(
        request,
        "statistics/form.html",
        {
            "definition": definition,
            "title": definition.title.text(language()),
            "round": round_.named(language()),
            "place_name": queries.place_name(place) if place.province else _("toàn quốc"),
            "stages": [
                {
                    **each,
                    "url": "?" + _query(place, {STAGE: each["code"]}),
                    "current": each["code"] == stage,
                }
                for each in _stages()
            ],
            "stage": state_name(stage, language()),
            "returns": queries.total(round_, definition, [], of=place).returns[stage],
            "form": showing.form(
                values,
                sheet=request.GET.get(SHEET),
                link=lambda cell: _cell_url(definition, cell, place),
                query=_query(place, {STAGE: stage}),
            )
            if values
            else None,
        },
    )


@requires(SEE_FIGURES)
def show_cell(request: Request, form: str, sheet: str, row: str, column: int) -> HttpResponse:
    """One figure, its parts one tier below, and the proof that they sum to it."""
    round_, definition = _named(request, form)
    cell = CellKey(sheet, row, column)
    try:
        places = [queries.place_of(definition, cell)]
    except KeyError as unknown:
        raise Http404 from unknown
    place = _place(request)
    at_schools = bool(place.commune) or not _sees_communes(request.actor, place)
    parts = [] if at_schools else queries.parts(round_, definition, places, of=place)
    schools = _schools(round_, definition, cell, place) if place.province and at_schools else []
    total = queries.total(round_, definition, places, of=place)
    summed = _sum_of(parts, schools)
    recount = queries.recount(round_, definition, places, of=place)
    return render(
        request,
        "statistics/cell.html",
        {
            "definition": definition,
            "title": definition.title.text(language()),
            "round": round_.named(language()),
            "cell": showing.cell_name(definition, cell),
            "stages": _stages(),
            "total": total,
            "parts": [_shown(part, definition, cell, place) for part in parts],
            "schools": schools,
            "summed": summed,
            "sums_up": summed == total,
            "recount": recount,
            "recount_agrees": recount == total,
            "digest": queries.digest_of(round_, definition, ACCEPTED, of=place),
            "trail_of_places": _trail(definition, cell, place),
            "place_name": queries.place_name(place) if place.province else _("Toàn quốc"),
            "is_nation": place.is_nation,
            "form_url": _form_url(definition, cell, place),
            "longest": LONGEST_LIST_DRAWN,
            "map": _on_map(
                {part.code: part.sums.values[ACCEPTED] for part in parts},
                lambda province: _cell_url(definition, cell, Place(province=province)),
            )
            if place.is_nation
            else [],
            "bounds": _bounds([part.sums.values[ACCEPTED] for part in parts]),
        },
    )


def _named(request: Request, form: str) -> tuple[Round, Definition]:
    round_ = rounds.current_round(on=request.now.date())
    if round_ is None:
        raise Http404
    try:
        return round_, form_at(round_, form)
    except KeyError as unknown:
        raise Http404 from unknown


def _place(request: Request) -> Place:
    province = request.GET.get(PROVINCE, "")
    return Place(province=province, commune=request.GET.get(COMMUNE, "") if province else "")


def _sees_communes(actor: Actor, place: Place) -> bool:
    """Whether communes' totals are shown to this actor (statistics/functions.sql says the same).

    A school sees provinces and its own return: the rest of its commune would be its neighbour's.
    """
    return place.is_nation or actor.institution_id is None


def _schools(round_: Round, form: Definition, cell: CellKey, place: Place) -> list[dict[str, Any]]:
    found = queries.schools(round_, form, [queries.place_of(form, cell)], of=place)
    return [
        {
            "name": each.name,
            "value": each.value,
            "state_code": each.state,
            "state": wording.state(each.state),
            "digest": each.digest,
            "url": reverse("return-cell", args=[each.filing, *cell]),
            "filing_url": reverse("return", args=[each.filing]),
            "sums": Sums.of([each]),
        }
        for each in found
    ]


def _sum_of(parts: Sequence[Part], schools: Sequence[dict[str, Any]]) -> Sums:
    """What the listed parts add up to, stage by stage."""
    listed = [part.sums for part in parts] + [school["sums"] for school in schools]
    return Sums(
        values={stage: sum(each.values[stage] for each in listed) for stage in STAGES},
        returns={stage: sum(each.returns[stage] for each in listed) for stage in STAGES},
    )


def _shown(part: Part, form: Definition, cell: CellKey, place: Place) -> dict[str, Any]:
    below = (
        Place(province=part.code)
        if place.is_nation
        else Place(province=place.province, commune=part.code)
    )
    return {
        "code": part.code,
        "label": part.name,
        "value": part.sums.values[ACCEPTED],
        "sums": part.sums,
        "url": _cell_url(form, cell, below),
    }


def _trail(form: Definition, cell: CellKey, place: Place) -> list[tuple[str, str]]:
    steps = [(_("Toàn quốc"), _cell_url(form, cell, Place()))]
    if place.commune:
        above = Place(province=place.province)
        steps.append((queries.place_name(above), _cell_url(form, cell, above)))
    return steps if place.province else []


def _cell_url(form: Definition, cell: CellKey, place: Place) -> str:
    query = _query(place, {})
    return reverse("figures-cell", args=[slug(form.code), *cell]) + (f"?{query}" if query else "")


def _form_url(form: Definition, cell: CellKey, place: Place) -> str:
    query = _query(place, {SHEET: cell.sheet})
    return f"{reverse('figures-form', args=[slug(form.code)])}?{query}#row-{cell.row}"


def _query(place: Place, more: dict[str, str]) -> str:
    given = {PROVINCE: place.province, COMMUNE: place.commune, **more}
    return urlencode({name: value for name, value in given.items() if value})
