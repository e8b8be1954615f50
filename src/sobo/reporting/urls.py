"""Addresses of reports. Schools, filings and forms stand in them; persons never do."""

from django.urls import path

from sobo.reporting.views import deadlines, filings, records, review, school, signing

urlpatterns = [
    path("bao-cao", school.show_returns, name="returns"),
    path("bao-cao/chua-ky", review.list_unsigned, name="returns-unsigned"),
    path("bao-cao/chuyen-tiep", review.pass_on, name="returns-pass-on"),
    path("bao-cao/ky/<slug:round_code>/han", deadlines.show_deadlines, name="return-deadlines"),
    path("bao-cao/tra-lai", review.send_back, name="returns-send-back"),
    path(
        "bao-cao/truong/<uuid:school>/<slug:round_code>/<slug:form>",
        school.show_form,
        name="return-form",
    ),
    path(
        "bao-cao/truong/<uuid:school>/<slug:round_code>/<slug:form>/hoan-thanh",
        school.complete,
        name="return-complete",
    ),
    path(
        "bao-cao/truong/<uuid:school>/<slug:round_code>/<slug:form>/o/<str:sheet>/<str:row>/"
        "<int:column>",
        records.show_live,
        name="return-form-cell",
    ),
    path("bao-cao/ban/<uuid:filing>", filings.show, name="return"),
    path("bao-cao/ban/<uuid:filing>/ky", signing.sign, name="return-sign"),
    path("bao-cao/ban/<uuid:filing>/buoc/<slug:action>", filings.take_step, name="return-step"),
    path(
        "bao-cao/ban/<uuid:filing>/o/<str:sheet>/<str:row>/<int:column>",
        records.show_filed,
        name="return-cell",
    ),
    path("bao-cao/ban/<uuid:filing>/tai/<slug:kind>", filings.download, name="return-download"),
]
