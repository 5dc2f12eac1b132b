"""The Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registered by the settings of the portal."""

    name = "smup.accounts"
    label = "accounts"

    def ready(self) -> None:
        from smup.accounts import own_data

        own_data.register_all()
