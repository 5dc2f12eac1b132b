"""Addresses of the SDMX interfaces, 2.1 and 3.0."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path

from smup.web.open.problems import Problem, face
from smup.web.sdmx.availability import available_2_1, available_3_0
from smup.web.sdmx.data import data_2_1, data_3_0
from smup.web.sdmx.errors import View, told
from smup.web.sdmx.negotiation import Api
from smup.web.sdmx.structure import structure

_EXAMPLES = (
    "/sdmx/2.1/dataflow/PL_SMUP",
    "/sdmx/2.1/data/SMUP/1465.all",
    "/sdmx/3.0/structure/dataflow/PL_SMUP",
    "/sdmx/3.0/data/dataflow/PL_SMUP/SMUP/1.0.0/1465.*",
    "/sdmx/3.0/availability/dataflow/PL_SMUP/SMUP/1.0.0/1465.*",
)


@face()
@told
def absent(request: HttpRequest, api: Api, rest: str = "") -> HttpResponseBase:
    """Everything else, metadata sets, schemas and registrations among it."""
    raise Problem(404, "SDMX nie ma tego adresu.", "", _EXAMPLES)


def _growing(
    api: Api, start: str, view: View, required: list[str], optional: list[str]
) -> list[URLPattern]:
    """The address with every number of its last parts left out, as SDMX allows."""
    lengths = range(len(required), len(required) + len(optional) + 1)
    parts = [*required, *optional]
    names = ["", api, start, *(f"<str:{part}>" for part in parts)]
    return [path("/".join(names[: n + 3]), view, {"api": api}) for n in lengths]


_KEY = ["key", "provider"]
_STRUCTURE = ["agency", "name", "version", "item"]
_CONTEXT = ["context", "agency", "name", "version", "key"]
urlpatterns = [
    *_growing("2.1", "data", data_2_1, ["flow"], _KEY),
    *_growing("2.1", "availableconstraint", available_2_1, ["flow"], [*_KEY, "component"]),
    *_growing("3.0", "data", data_3_0, [], _CONTEXT),
    *_growing("3.0", "availability", available_3_0, [], [*_CONTEXT, "component"]),
    *_growing("3.0", "structure", structure, [], ["kind", *_STRUCTURE]),
    re_path(r"^/2\.1/(?P<rest>(?:metadata|schema|registration)(?:/.*)?)$", absent, {"api": "2.1"}),
    *_growing("2.1", "<str:kind>", structure, [], _STRUCTURE),
    re_path(r"^/2\.1(?:/(?P<rest>.*))?$", absent, {"api": "2.1"}),
    path("", absent, {"api": "3.0"}),
    re_path(r"^/(?:3\.0(?:/|$))?(?P<rest>.*)$", absent, {"api": "3.0"}),
]
