"""The Django application."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Registered by the settings of the portal."""

    name = "smup.training"
    label = "training"

    def ready(self) -> None:
        from smup.training import own_data

        own_data.register_all()
