"""Refusals as ``application/problem+json`` (RFC 9457) that name the parameter to change."""

from collections.abc import Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """What is wrong with a request: status, Polish sentence, parameter, nearest known values."""

    def __init__(
        self, status: int, detail: str, parameter: str, suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.parameter = status, detail, parameter
        self.suggestions = list(suggestions)


_TITLES = {
    400: "Błędne zapytanie",
    404: "Nie ma takiego zasobu",
    413: "Zbyt duże zapytanie",
    503: "Brak wydania danych",
}


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
        "instance": request.path,
    }
    if problem.parameter:
        body["parameter"] = problem.parameter
    if problem.suggestions:
        body["suggestions"] = problem.suggestions
    return HttpResponse(
        orjson.dumps(body),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"},
    )
