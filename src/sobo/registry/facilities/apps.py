from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "sobo.registry.facilities"
    label = "facilities"
