"""Every address of the process. Portal addresses exist twice: Polish, and English below /en/."""

from django.urls import include, path

from smup.web.config import files, health
from smup.web.portal.errors import guarded
from smup.web.portal.views import charts

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("files/<str:release>/<path:name>", files.file),
    path("api/v1/charts/<str:kind>.svg", guarded(charts.file), {"form": "svg", "lang": "pl"}),
    path("api/v1/", include("smup.web.api.urls")),
    path("", include("smup.web.portal.urls")),
]

handler400 = "smup.web.portal.errors.bad_request"
handler404 = "smup.web.portal.errors.not_found"
handler500 = "smup.web.portal.errors.server_error"
