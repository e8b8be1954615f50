from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "sobo.demo"
    label = "demo"
