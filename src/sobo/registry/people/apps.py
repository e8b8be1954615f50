from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sobo.registry.people"
    label = "people"
