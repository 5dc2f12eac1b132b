"""The Django application: base template, style, words."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registered by the settings of the portal."""

    name = "smup.web.people"
    label = "web_people"
