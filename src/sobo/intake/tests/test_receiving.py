"""Files that come in: whole or not at all, once, and only those that can be this school's."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from sobo.institutions.models import Institution
from sobo.intake import models, operations
from sobo.intake.models import Batch
from sobo.intake.template_stamp import Stamp
from sobo.kernel.actor import Actor
from sobo.registry.sheets import LEARNERS

from .workbooks import CHILD, ON, YEAR, child, found_in, learners, outcomes, refusal_of, send, table


def macro_workbook() -> bytes:
    out = BytesIO(learners(child()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (80 << 20))
    return out.getvalue()


def stamped(school: str, edition: str) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet(LEARNERS.name)
        for at, key in enumerate(CHILD):
            page.write_string(0, at, LEARNERS.columns[key].label())
            page.write_string(1, at, str(CHILD[key]))
        made.set_custom_property(Stamp(school=school, edition=edition).name, "mẫu")
    return out.getvalue()


def strangers() -> bytes:
    return learners(*(child(code=f"04000009{at:02}", full_name=f"Em {at}") for at in range(8)))


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        (b"", "TA-0002", "trống"),
        (b"%PDF-1.7\n\x00\x01\x02" + bytes(range(256)), "TA-0001", "không phải là tệp bảng tính"),
        (b"PK\x03\x04 cut in the middle", "TA-0007", "tải lên chưa trọn vẹn"),
        (macro_workbook(), "TA-0004", "macro"),
        (bomb(), "TA-0005", "nén bất thường"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "TA-0010", "HTML"),
        (table("Thu chi", [["Khoản", "Số tiền"], ["Điện", 12]]), "TA-0012", "tiêu đề"),
        (stamped("7925750001", "2026.1"), "TA-0401", "7925750001"),
        (strangers(), "TA-0403", "trường khác"),
    ],
    ids=["empty", "pdf", "cut", "macro", "bomb", "html", "foreign", "template", "strangers"],
)
def test_a_file_that_cannot_be_this_schools_is_refused_in_words(
    clerk: Actor, body: bytes, code: str, says: str
) -> None:
    batch = send(body, clerk)
    assert (batch.state, refusal_of(batch)["code"]) == (models.REFUSED, code)
    assert says in refusal_of(batch)["vi"]


def test_a_template_of_an_older_edition_is_read_and_named(clerk: Actor) -> None:
    batch = send(stamped("7925747001", "2025.3"), clerk)
    assert (batch.state, batch.summary["older_edition"]) == (models.CHECKED, "2025.3")


def test_blank_rows_by_the_hundred_thousand_are_no_rows(clerk: Actor) -> None:
    labels = ";".join(LEARNERS.columns[key].label() for key in CHILD).encode()
    body = labels + b"\n" + ";".join(map(str, CHILD.values())).encode() + b"\n"
    batch = send([body, *(b";;;;;;;;;;;\n" * 10_000 for _ in range(10))], clerk)
    assert outcomes(batch) == {"new": 1}


def test_formulas_are_read_as_last_saved_and_never_worked_out(clerk: Actor) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet(LEARNERS.name)
        for at, key in enumerate(CHILD):
            page.write_string(0, at, LEARNERS.columns[key].label())
            page.write_string(1, at, str(CHILD[key]))
        page.write_formula(1, 0, '=HYPERLINK("http://example.org","x")', None, "Đào Minh Khuê")
    batch = send(out.getvalue(), clerk)
    assert outcomes(batch) == {"new": 1}
    assert "TA-0117" in [note["code"] for note in batch.summary["sheets"][0]["notes"]]


def test_an_upload_cut_short_leaves_nothing_to_be_read(clerk: Actor, files: Path) -> None:
    def cut() -> Iterator[bytes]:
        yield learners(child())[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        send(cut(), clerk)
    assert not Batch.objects.exists()
    assert not list(files.rglob("original"))


def test_the_same_file_sent_again_goes_on_where_it_stands(clerk: Actor) -> None:
    assert clerk.institution_id is not None
    body = learners(child())
    first = send(body, clerk)
    again = operations.receive(
        institution=Institution.objects.get(pk=clerk.institution_id),
        school_year=YEAR,
        file_name="lần hai.xlsx",
        chunks=[body],
        by=clerk,
        at=ON,
    )
    assert again.pk == first.pk
    assert Batch.objects.count() == 1


def test_a_code_the_school_does_not_know_stops_its_row_only(clerk: Actor) -> None:
    batch = send(learners(child(code="7900000000"), child(full_name="Đào Minh Khôi")), clerk)
    assert [message.rule.code for message in found_in(batch)] == ["TA-0404"]
    assert outcomes(batch) == {"new": 2, "errors": 1}


def test_another_schools_clerk_does_not_see_the_batch(
    clerk: Actor, signed_in: Callable[[str], Actor]
) -> None:
    send(learners(child()), clerk)
    signed_in("clerk_b")
    assert not Batch.objects.exists()
