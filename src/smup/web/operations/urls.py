"""Addresses of the operator. Registered once: the language follows the address."""

from django.urls import URLPattern, path

from smup.web.operations import deciding, pages

urlpatterns: list[URLPattern] = [
    path("operacje", pages.home, name="operations_home"),
    path("operacje/przebieg", pages.progress, name="operations_progress"),
    path("operacje/synchronizacja", deciding.ask, name="operations_ask"),
    path("operacje/synchronizacja/koniec", deciding.stop, name="operations_stop"),
    path("operacje/wydanie/<str:release>", deciding.decide, name="operations_decide"),
]
