from django.apps import AppConfig


class LearnersConfig(AppConfig):
    name = "sobo.registry.learners"
    label = "learners"
