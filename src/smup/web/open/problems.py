"""Refusals as ``application/problem+json`` (RFC 9457) that name the parameter to change."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

CONTENT_TYPE = "application/problem+json"
DOCUMENTATION = "/api"  # the page whose anchors explain the kinds of refusal

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


class Problem(Exception):
    """What is wrong with a request: status, Polish sentence, parameter, nearest known values."""

    def __init__(
        self, status: int, detail: str, parameter: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.parameter = status, detail, parameter
        self.suggestions = list(suggestions)


# Title, and the anchor of the documentation that explains it.
_KINDS = {
    400: ("Błędne zapytanie", "zapytanie"),
    403: ("Zbyt wiele komórek", "rozmiar"),  # as PxWebApi answers
    404: ("Nie ma takiego zasobu", "zasob"),
    405: ("Niedozwolona metoda", "zapytanie"),
    406: ("Nieobsługiwany format", "format"),
    413: ("Zbyt duże zapytanie", "rozmiar"),
    415: ("Nieobsługiwany format treści", "format"),
    416: ("Nie ma takiej części pliku", "zapytanie"),
    429: ("Zbyt wiele zapytań", "limity"),
    501: ("Nieobsługiwana możliwość", "zapytanie"),
    503: ("Brak wydania danych", "wydanie"),
}


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The refusal as a response; never kept by anyone, readable from any origin."""
    title, anchor = _KINDS[problem.status]
    body: dict[str, Any] = {
        "type": f"{DOCUMENTATION}#{anchor}",
        "title": title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": request.path,
    }
    if problem.parameter:
        body["parameter"] = problem.parameter
    if problem.suggestions:
        body["suggestions"] = problem.suggestions
    # a parameter may hold half a character (a lone surrogate), which JSON cannot
    told = orjson.dumps(_clean(body))
    return HttpResponse(
        told,
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers={
            "Cache-Control": "no-store",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "*",  # Retry-After among them
        },
    )


def face(*methods: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """A plain Django view of a face: other methods than GET, HEAD and ``methods`` are refused,
    OPTIONS tells browsers of other origins what they may ask, a Problem becomes its response."""
    allowed = ("GET", "HEAD", "OPTIONS", *methods)

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: Parameters.args, **more: Parameters.kwargs
        ) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=_offered(allowed))
            if request.method not in allowed:
                detail = f"Metoda {request.method} – dozwolone: {', '.join(allowed)}."
                refused = answer(request, Problem(405, detail))
                refused.headers["Allow"] = ", ".join(allowed)
                return refused
            try:
                return view(request, *args, **more)
            except Problem as problem:
                return answer(request, problem)

        return guarded

    return decorate


def _offered(methods: Sequence[str]) -> dict[str, str]:
    return {
        "Allow": ", ".join(methods),
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, "
        "If-Range, Range, X-ClientId",
        "Access-Control-Max-Age": "86400",
    }


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return value
