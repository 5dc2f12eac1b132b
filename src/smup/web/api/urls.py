"""The API under ``/api/v1/``: OpenAPI at ``openapi.json``, every refusal a problem document."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from smup.web.api import changes, definitions, figures, groups, peers, trace
from smup.web.api.problems import Problem, answer

api = NinjaAPI(
    title="SMUP",
    version="1",
    description="Wskaźniki usług publicznych polskich gmin i powiatów.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", definitions.router)
api.add_router("", figures.router)
api.add_router("", changes.router)
api.add_router("", groups.router)
api.add_router("", peers.router)
api.add_router("", trace.router)


@api.exception_handler(Problem)
def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return answer(request, problem)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What ninja itself refuses: a parameter of the wrong type."""
    first = error.errors[0]
    name = str(first["loc"][-1])
    return answer(request, Problem(400, f"Parametr „{name}”: {first['msg']}.", name))


def unknown(request: HttpRequest) -> HttpResponse:
    known = sorted({str(operation) for operation in api.get_openapi_schema()["paths"]})
    detail = f"API nie ma adresu {request.path}."
    return answer(request, Problem(404, detail, "", known))


urlpatterns = [path("", api.urls), re_path(r"^.*$", unknown)]
