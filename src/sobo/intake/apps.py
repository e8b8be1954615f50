from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "sobo.intake"
    label = "intake"
