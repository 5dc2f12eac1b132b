"""Addresses below ``/api/1.0.0/``."""

from django.urls import path

from smup.web.gus.views import PATHS, unknown

urlpatterns = [path(name, view) for name, view in PATHS.items()]
urlpatterns.append(path("<path:name>", unknown))
urlpatterns.append(path("", unknown, {"name": ""}))
