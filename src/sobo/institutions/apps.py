from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "sobo.institutions"
    label = "institutions"
