"""What the register itself asks people to do."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sobo.accounts.roles import ENTER_DATA, may
from sobo.kernel.actor import Actor
from sobo.kernel.school_year import SchoolYear
from sobo.kernel.task import Task
from sobo.registry.learners.models import PRESENT
from sobo.registry.queries.rows import fetch_one

GAPS = """
SELECT i.record_id AS school,
  (SELECT count(*) FROM classes_schoolclass k WHERE k.institution_id = i.id
     AND k.school_year = %(year)s AND k.event <> 'CANCEL') AS classes,
  (SELECT count(*) FROM classes_schoolclass k WHERE k.institution_id = i.id
     AND k.school_year = %(year)s AND k.event <> 'CANCEL' AND k.form_teacher_code IS NULL)
     AS without_teacher,
  (SELECT count(*) FROM learners_enrolment e JOIN people_person p ON p.id = e.person_id
   WHERE e.institution_id = i.id AND e.school_year = %(year)s AND e.event <> 'CANCEL'
     AND e.status = ANY (%(present)s) AND p.personal_number IS NULL) AS without_number
FROM institutions_institution i WHERE i.id = %(school)s
"""


def tasks(actor: Actor, now: datetime) -> list[Task]:
    """Gaps in the register that whoever enters data can close; nothing for anyone else."""
    if actor.institution_id is None or not may(actor, ENTER_DATA):
        return []
    year = SchoolYear.of(now.date()).start_year
    gaps = fetch_one(GAPS, {"school": actor.institution_id, "year": year, "present": list(PRESENT)})
    if not gaps.classes:
        return [_no_classes(gaps.school)]
    return [
        *([_without_teacher(gaps)] if gaps.without_teacher else []),
        *([_without_number(gaps)] if gaps.without_number else []),
    ]


def _no_classes(school: UUID) -> Task:
    return Task(
        title=_("Năm học này chưa có lớp nào trong sổ"),
        why=_("Người học và báo cáo đầu năm đều dựa trên danh sách lớp."),
        url=reverse("class-add", args=[school]),
        action=_("Thêm lớp đầu tiên"),
    )


def _without_teacher(gaps: Any) -> Task:
    return Task(
        title=ngettext(
            "%(count)d lớp chưa có giáo viên chủ nhiệm",
            "%(count)d lớp chưa có giáo viên chủ nhiệm",
            gaps.without_teacher,
        )
        % {"count": gaps.without_teacher},
        why=_("Mỗi lớp cần một giáo viên chủ nhiệm có tên trong danh sách đội ngũ."),
        url=reverse("classes", args=[gaps.school]),
        action=_("Mở danh sách lớp"),
    )


def _without_number(gaps: Any) -> Task:
    return Task(
        title=ngettext(
            "%(count)d người học chưa có số định danh cá nhân",
            "%(count)d người học chưa có số định danh cá nhân",
            gaps.without_number,
        )
        % {"count": gaps.without_number},
        why=_("Không chặn báo cáo: các em vẫn có mã và vẫn được tính. Bổ sung khi có giấy tờ."),
        url=f"{reverse('learners', args=[gaps.school])}?number=none",
        action=_("Mở danh sách các em"),
    )
