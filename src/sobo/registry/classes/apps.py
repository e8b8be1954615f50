from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "sobo.registry.classes"
    label = "classes"
