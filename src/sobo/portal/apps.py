from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sobo.portal"
    label = "portal"
