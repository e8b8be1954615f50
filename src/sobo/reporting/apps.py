from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "sobo.reporting"
    label = "reporting"
