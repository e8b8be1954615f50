from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sobo.accounts"
    label = "accounts"
