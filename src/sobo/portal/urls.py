"""Addresses of the portal itself."""

from django.urls import path

from sobo.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("thu-vien-giao-dien", views.show_gallery, name="gallery"),
]
