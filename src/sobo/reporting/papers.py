"""What stands on the paper of a return around its figures (Nghị định 30/2020)."""

from datetime import date

from django.utils.timezone import localdate

from sobo.institutions.models import Province
from sobo.kernel.vietnamese import format_moment
from sobo.reporting.models import Return
from sobo.reporting.printing import FormPaper
from sobo.reporting.queries import filings, rounds
from sobo.reporting.transitions import APPROVED, RESTS_ON_SIGNATURE


def paper_of(filing: Return) -> FormPaper:
    """The paper of one return: who reports to whom, where, who drew it up, who signed."""
    steps = {step.action: step for step in filings.steps(filing)}
    manager = filings.manager_of(filing.institution_id)
    signed = filing.signed_at is not None and filing.state in RESTS_ON_SIGNATURE
    drawn_up = steps.get("complete")
    due = rounds.deadline(filing.round, state=APPROVED, province_code=None)
    return FormPaper(
        superior=manager.upper(),
        issuer=filing.institution.name.upper(),
        receiver=manager,
        due_on=due.due_on if due else None,
        place=_province(filing.province_code, localdate(filing.computed_at)),
        dated_on=localdate(filing.signed_at or filing.computed_at),
        drawn_up_by=drawn_up.made_by_name if drawn_up else "",
        head_title="HIỆU TRƯỞNG",
        head_name=steps["sign"].made_by_name if "sign" in steps else "",
        signed=f"Đã ký {format_moment(filing.signed_at)}" if signed and filing.signed_at else "",
    )


def _province(code: str, on: date) -> str:
    found = Province.objects.filter(code=code, since__lte=on).exclude(until__lte=on).first()
    return found.name if found else ""
