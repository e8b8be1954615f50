"""One form of a school, of a unit or of the nation: as filed, or as the register stands."""

from sobo.institutions.models import TIER_COMMUNE, Institution, Unit
from sobo.reporting import figures
from sobo.reporting.forms.definition import Definition
from sobo.reporting.forms.engine import compute
from sobo.reporting.forms.values import FormValues
from sobo.reporting.models import Return, Round
from sobo.reporting.register import register_rows
from sobo.statistics import queries
from sobo.statistics.queries import STAGES, Place


def filed(round_: Round, form: Definition, *, unit: str | None, stage: str) -> FormValues:
    """The sum of returns that came at least to a stage; of a school, its own.

    Raises `LookupError` where there is no such unit in sight, or nothing was filed.
    """
    school = Institution.objects.filter(code=unit).first() if unit else None
    if school is not None:
        return figures.frozen(_counting(school, round_, form, stage))
    values = queries.whole_form(round_, form, stage, of=_place(unit))
    if values is None:
        raise LookupError("Chưa có báo cáo nào ở bước này. (No return stands at this stage.)")
    return values


def live(round_: Round, form: Definition, *, unit: str | None) -> FormValues:
    """The form computed from the register for every school of the unit that is in sight.

    Raises `LookupError` where there is none.
    """
    place_of_unit = Institution.objects.filter(levels__contains=[form.level], status="open")
    schools = place_of_unit.exclude(event="CANCEL").filter(**_narrowing(unit))
    ids = list(schools.values_list("pk", flat=True))
    if not ids:
        raise LookupError("Không có trường nào trong phạm vi. (No school in sight.)")
    rows = register_rows(institution_ids=ids, school_year=round_.school_year)
    return compute(form, rows, of=unit or "VN", on=round_.reference_on)


def _counting(school: Institution, round_: Round, form: Definition, stage: str) -> Return:
    found = (
        Return.objects.select_related("round", "institution")
        .filter(institution=school, round=round_, form=form.code, state__in=STAGES[stage])
        .order_by("-serial")
        .first()
    )
    if found is None:
        raise LookupError("Trường chưa có báo cáo ở bước này. (The school has no such return.)")
    return found


def _narrowing(unit: str | None) -> dict[str, str]:
    if unit and Institution.objects.filter(code=unit).exists():
        return {"code": unit}
    place = _place(unit)
    given = {"province_code": place.province, "commune_code": place.commune}
    return {column: code for column, code in given.items() if code}


def _place(unit: str | None) -> Place:
    """The place of a managing unit. Raises `LookupError`."""
    if not unit:
        return Place()
    found = Unit.objects.filter(code=unit).first()
    if found is None:
        raise LookupError(f"Không có đơn vị {unit} trong phạm vi. (No such unit in sight: {unit})")
    commune = (found.commune_code or "") if found.tier == TIER_COMMUNE else ""
    return Place(province=found.province_code or "", commune=commune)
