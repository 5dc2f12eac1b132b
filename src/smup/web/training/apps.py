"""The Django application: templates and style of the pages of recruitment and training."""

from django.apps import AppConfig


class TrainingPagesConfig(AppConfig):
    """Registered by the settings of the portal."""

    name = "smup.web.training"
    label = "web_training"
