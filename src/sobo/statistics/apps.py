from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "sobo.statistics"
    label = "statistics"
