"""What the bare address of an interface answers: where its answers begin.

People type such an address, and programs are given it as the one to start from. A browser is led to
the page that explains it.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, re_path
from django.utils.cache import patch_vary_headers

from smup.web.config.origin import origin
from smup.web.config.page_cache import asks_for_page
from smup.web.open.answers import json
from smup.web.open.problems import face


@dataclass(frozen=True)
class Door:
    """``page`` explains the interface; ``addresses`` are worth asking first."""

    page: str
    addresses: tuple[str, ...]


_SDMX_2_1 = ("/sdmx/2.1/dataflow", "/sdmx/2.1/data/SMUP/1465.all")
_SDMX_3_0 = ("/sdmx/3.0/structure/dataflow", "/sdmx/3.0/data/dataflow/PL_SMUP/SMUP/1.0.0/1465.*")
DOORS = {
    "/api/v1": Door(
        "/api/opis",
        (
            "/api/v1/openapi.json",
            "/api/v1/config",
            "/api/v1/indicators",
            "/api/v1/units",
            "/api/v1/data?indicator=ludnosc&unit=1465&year=latest",
        ),
    ),
    "/api/1.0.0": Door(
        "/api/jak-podlaczyc#gus",
        ("/api/1.0.0/areas-list", "/api/1.0.0/public-services", "/api/1.0.0/indicator-list"),
    ),
    "/pxweb/api/v2": Door(
        "/api/jak-podlaczyc#inne", ("/pxweb/api/v2/config", "/pxweb/api/v2/tables")
    ),
    "/sdmx": Door("/api/jak-podlaczyc#inne", (*_SDMX_2_1, *_SDMX_3_0)),
    "/sdmx/2.1": Door("/api/jak-podlaczyc#inne", _SDMX_2_1),
    "/sdmx/3.0": Door("/api/jak-podlaczyc#inne", _SDMX_3_0),
}


@face()
def opened(request: HttpRequest, root: str) -> HttpResponse:
    door = DOORS[f"/{root}"]
    if asks_for_page(request):
        response: HttpResponse = HttpResponseRedirect(door.page)
    else:
        at = origin(request)
        addresses = [at + one for one in door.addresses]
        response = json({"documentation": at + door.page, "addresses": addresses})
    patch_vary_headers(response, ["Accept"])
    return response


def doors() -> list[URLPattern]:
    """Every bare address, with a slash at its end or without."""
    roots = "|".join(root.strip("/").replace(".", r"\.") for root in DOORS)
    return [re_path(rf"^(?P<root>{roots})/?$", opened)]
