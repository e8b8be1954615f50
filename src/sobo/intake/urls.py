"""Addresses of the intake. A batch stands in them by its random id, never by its file's name."""

from django.urls import include, path

from sobo.intake.views import cells, columns, committing, mending, sending, workbooks

of_batch = [
    path("", mending.show_batch, name="batch"),
    path("tien-do", sending.show_progress, name="batch-progress"),
    path("doc-lai", sending.read_again, name="batch-read-again"),
    path("sua", mending.repair, name="batch-repair"),
    path("doi-cot", mending.move, name="batch-move"),
    path("hoan-tac-sua", mending.undo_act, name="batch-undo-act"),
    path("giai-trinh", mending.explain, name="batch-explain"),
    path("cot", columns.choose_columns, name="batch-columns"),
    path("cot/tu-nhan", columns.forget_columns, name="batch-forget-columns"),
    path("o", cells.mend_cells, name="batch-cells"),
    path("trung-nguoi", cells.decide_persons, name="batch-persons"),
    path("xem-lai", committing.review, name="batch-review"),
    path("ghi", committing.commit, name="batch-commit"),
    path("hoan-tac", committing.undo, name="batch-undo"),
    path("ghi-chu-loi", workbooks.download_findings, name="batch-findings"),
]

urlpatterns = [
    path("dua-du-lieu/tep", sending.list_batches, name="batches"),
    path("dua-du-lieu/tep/gui", sending.send, name="batch-send"),
    path("dua-du-lieu/mau", workbooks.show_template, name="workbook-template"),
    path("dua-du-lieu/mau/tai", workbooks.download_template, name="workbook-template-file"),
    path("dua-du-lieu/tep/<uuid:batch>/", include(of_batch)),
]
