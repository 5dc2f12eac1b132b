"""The Django application."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    """Registered by the settings of the portal."""

    name = "smup.mailing"
    label = "mailing"

    def ready(self) -> None:
        from smup.accounts.personal import register
        from smup.mailing.own_data import HOLDER

        register(HOLDER)
