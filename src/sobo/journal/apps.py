from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "sobo.journal"
    label = "journal"
