from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "sobo.registry.staff"
    label = "staff"
