"""Addresses of signing in and of what is kept in the browser."""

from django.urls import path

from sobo.accounts import views

urlpatterns = [
    path("dang-nhap", views.sign_in, name="sign-in"),
    path("dang-xuat", views.sign_out, name="sign-out"),
    path("tuy-chon", views.keep_preferences, name="preferences"),
    path("nam-hoc/<int:start_year>", views.look_at_school_year, name="school-year"),
]
