"""The API under ``/api/v1/``: OpenAPI at ``openapi.json``, every refusal a problem document."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from ninja.errors import HttpError, ValidationError

from smup.web.api import (
    changes,
    compare,
    data,
    definitions,
    geometry,
    groups,
    peers,
    reports,
    state,
    trace,
    units,
    variables,
)
from smup.web.api.openapi import Api
from smup.web.open.answers import json
from smup.web.open.parameters import only
from smup.web.open.problems import Problem, answer, face

api = Api(
    title="SMUP",
    version=state.VERSION,
    description="Wskaźniki usług publicznych polskich gmin i powiatów.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("", data.router)
api.add_router("", definitions.router)
api.add_router("", variables.router)
api.add_router("", units.router)
api.add_router("", peers.router)
api.add_router("", groups.router)
api.add_router("", compare.router)
api.add_router("", changes.router)
api.add_router("", trace.router)
api.add_router("", reports.router)
api.add_router("", state.router)


@api.exception_handler(Problem)
def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return answer(request, problem)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What ninja itself refuses: a parameter of the wrong type, a body of the wrong shape."""
    first = error.errors[0]
    place = [str(part) for part in first["loc"]]
    what = "Pole" if place[0] == "body" else "Parametr"
    return answer(request, Problem(400, f"{what} „{place[-1]}”: {first['msg']}.", place[-1]))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    return answer(request, Problem(400, "Treść zapytania nie jest poprawnym JSON."))


@face()
@only()
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document; it depends on the code alone."""
    return json(api.get_openapi_schema())


@face()
def unknown(request: HttpRequest) -> HttpResponse:
    known = sorted({str(operation) for operation in api.get_openapi_schema()["paths"]})
    raise Problem(404, f"API nie ma adresu {request.path}.", "", known)


_SENT = {"reports": ("POST",)}  # methods beside GET
_endpoints, _app, _namespace = api.urls
for _endpoint in _endpoints:
    _methods = _SENT.get(str(_endpoint.pattern), ())
    _endpoint.callback = face(*_methods)(_endpoint.callback)  # other methods, other origins

urlpatterns = [
    path("geometry/<str:level>.topojson", geometry.topojson),
    path("geometry/<str:level>.geojson", geometry.features),
    path("openapi.json", document),
    path("", (_endpoints, _app, _namespace)),
    re_path(r"^.*$", unknown),
]
