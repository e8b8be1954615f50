"""Addresses of the national figure."""

from django.urls import path

from sobo.statistics import views

urlpatterns = [
    path("so-lieu", views.show_nation, name="figures"),
    path("so-lieu/<slug:form>", views.show_form, name="figures-form"),
    path("so-lieu/<slug:form>/<str:sheet>/<str:row>/<int:column>", views.show_cell,
         name="figures-cell"),
]  # fmt: skip
