"""The addresses below ``/pxweb/api/v2/``."""

from django.urls import path, re_path

from smup.web.pxweb import views

urlpatterns = [
    path("config", views.config),
    path("tables", views.tables),
    path("tables/<str:name>", views.table),
    path("tables/<str:name>/metadata", views.described),
    path("tables/<str:name>/defaultselection", views.default_selection),
    path("tables/<str:name>/data", views.data),
    path("codelists/<str:name>", views.code_list),
    path("savedqueries", views.save),
    path("savedqueries/<str:key>", views.saved_query),
    path("savedqueries/<str:key>/data", views.saved_data),
    path("savedqueries/<str:key>/selection", views.saved_selection),
    re_path(r"^.*$", views.unknown),
]
