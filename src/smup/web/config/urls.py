"""Every address of the process. Portal addresses exist twice: Polish, and English below /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from smup.web.config import files, health
from smup.web.config.doors import doors
from smup.web.config.metrics import metrics
from smup.web.portal.errors import being_made, guarded
from smup.web.portal.views import bulk, charts

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics),
    path("files/<str:release>/", guarded(bulk.to_index)),
    path("files/<str:release>/<path:name>", files.file, {"waiting": being_made}),
    path("api/v1/charts/<str:kind>.svg", guarded(charts.file), {"form": "svg", "lang": "pl"}),
    *doors(),
    path("api/v1/", include("smup.web.api.urls")),
    path("api/1.0.0/", include("smup.web.gus.urls")),
    path("pxweb/api/v2/", include("smup.web.pxweb.urls")),
    path("ogc", include("smup.web.ogc.urls")),
    path("sdmx", include("smup.web.sdmx.urls")),
    path("", include("smup.web.harvest.urls")),
    path("", include("smup.web.portal.urls")),
    # Pages for people: registered once, Polish or below /en/ as the address says (web/people).
    *i18n_patterns(
        path("", include("smup.web.accounts.urls")),
        path("", include("smup.web.training.urls")),
        path("", include("smup.web.operations.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "smup.web.portal.errors.bad_request"
handler404 = "smup.web.portal.errors.not_found"
handler500 = "smup.web.portal.errors.server_error"
