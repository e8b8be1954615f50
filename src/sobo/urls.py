"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("sobo.portal.urls")),
    path("", include("sobo.accounts.urls")),
    path("", include("sobo.registry.urls")),
    path("", include("sobo.intake.urls")),
    path("", include("sobo.reporting.urls")),
    path("", include("sobo.statistics.urls")),
]
