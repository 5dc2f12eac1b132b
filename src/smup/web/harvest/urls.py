"""Addresses of the catalogue and of the list for the national portal."""

from django.urls import path

from smup.web.harvest.views import catalogue, harvest_md5, harvest_xml

urlpatterns = [
    path("catalog", catalogue),
    path("catalog.<str:end>", catalogue),
    path("harvest.xml", harvest_xml),
    path("harvest.md5", harvest_md5),
]
