"""Parameters an address may have: any other is refused, and so is one given twice."""

import difflib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smup.formats.sdmx.model import DIMENSIONS, VALUE
from smup.formats.sdmx.structures import CONF_STATUS, OBS_STATUS, STATUS
from smup.web.open.problems import Problem
from smup.web.sdmx.negotiation import Api

FORM = ("format", "lang", "labels", "asOf")
STRUCTURE = (*FORM, "references", "detail")
CELLS = (
    *("startPeriod", "endPeriod", "updatedAfter", "firstNObservations", "lastNObservations"),
    *(f"c[{one}]" for one in (*DIMENSIONS, VALUE, OBS_STATUS, CONF_STATUS, STATUS)),
)
DATA = (
    *FORM,
    *CELLS,
    *("dimensionAtObservation", "detail", "attributes", "measures", "includeHistory"),
)
AVAILABILITY = (*FORM, *CELLS, "references", "mode")
View = Callable[..., HttpResponseBase]


def only(*allowed: str) -> Callable[[View], View]:
    """Refuse a request with a parameter that is not one of ``allowed``, or with one given twice."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, api: Api, **more: str) -> HttpResponseBase:
            for name, values in request.GET.lists():
                if name not in allowed:
                    near = difflib.get_close_matches(name, allowed, n=3, cutoff=0.4)
                    detail = f"Nieznany parametr „{name[:40]}”."
                    raise Problem(400, detail, name[:40], near or allowed)
                if len(values) > 1:
                    raise Problem(400, "Parametr podano kilka razy.", name)
            return view(request, api, **more)

        return checked

    return decorate
