"""Every address below ``/ogc``."""

from django.urls import path, re_path

from smup.web.ogc import views

_LAYER = "/collections/<str:name>"

urlpatterns = [
    path("", views.landing),
    path("/", views.landing),
    path("/api", views.api),
    path("/conformance", views.conformance),
    path("/collections", views.collections),
    path(_LAYER, views.collection),
    path(f"{_LAYER}/queryables", views.queryables),
    path(f"{_LAYER}/schema", views.schema),
    path(f"{_LAYER}/items", views.items),
    path(f"{_LAYER}/items/<str:code>", views.feature),
    re_path(r"^/.*$", views.unknown),
]
