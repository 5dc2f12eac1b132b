"""The Django application."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Registered by the settings of the portal."""

    name = "smup.workspace"
    label = "workspace"
