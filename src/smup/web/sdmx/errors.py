"""Refusals as SDMX tells them: an Error message in XML, ``errors`` in JSON, a problem document
for whoever asks for one."""

from collections.abc import Callable, Mapping
from functools import wraps
from xml.sax.saxutils import escape

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from smup.formats.sdmx.header import COMMON, DECLARATION, MESSAGE
from smup.web.open.problems import CONTENT_TYPE, Problem, answer
from smup.web.sdmx.negotiation import Api

# Codes of the SDMX web services; what they do not foresee is a syntax error of the request
_CODES: Mapping[int, int] = {400: 140, 404: 100, 406: 140, 413: 130, 503: 503}
_FAMILIES = ("problem", "json", "xml")
View = Callable[..., HttpResponseBase]


def told(view: View) -> View:
    """A view whose refusals are SDMX errors."""

    @wraps(view)
    def guarded(request: HttpRequest, api: Api, **more: str) -> HttpResponseBase:
        try:
            return view(request, api, **more)
        except Problem as problem:
            return error(request, api, problem)

    return guarded


def error(request: HttpRequest, api: Api, problem: Problem) -> HttpResponse:
    """The refusal in the form asked for; never kept by anyone, readable from any origin."""
    family = _family(request, api)
    if family == "problem":
        return answer(request, problem)
    # a parameter may hold half a character (a lone surrogate), which neither form can
    text = _sentence(problem).encode("utf-8", "replace").decode()
    code = _CODES[problem.status]
    if family == "json":
        body = orjson.dumps({"errors": [{"code": code, "title": text, "detail": text}]})
        content_type = "application/vnd.sdmx.data+json;version=2.0.0"
    else:
        body = _xml(code, text)
        content_type = "application/vnd.sdmx.error+xml;version=2.1"
    headers = {
        "Cache-Control": "no-store",
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept",
    }
    return HttpResponse(body, status=problem.status, content_type=content_type, headers=headers)


def _family(request: HttpRequest, api: Api) -> str:
    if "json" in request.GET.get("format", "").lower():
        return "json"
    for accepted in request.accepted_types:
        if f"{accepted.main_type}/{accepted.sub_type}" == CONTENT_TYPE:
            return "problem"
        for family in ("json", "xml"):
            if accepted.sub_type.endswith(family):
                return family
    return "xml" if api == "2.1" else "json"


def _sentence(problem: Problem) -> str:
    """What is wrong, which parameter it is, and what is near or allowed."""
    parts = [problem.detail]
    if problem.parameter:
        parts.append(f"Parametr: {problem.parameter}.")
    if problem.suggestions:
        parts.append(f"Możliwe: {', '.join(problem.suggestions[:20])}.")
    return " ".join(parts)


def _xml(code: int, text: str) -> bytes:
    # XML has no place for control characters at all
    plain = "".join(char if char.isprintable() else " " for char in text)
    return (
        f'{DECLARATION}<mes:Error xmlns:mes="{MESSAGE}" xmlns:com="{COMMON}">'
        f'<mes:ErrorMessage code="{code}"><com:Text xml:lang="pl">{escape(plain)}</com:Text>'
        "</mes:ErrorMessage></mes:Error>"
    ).encode()
