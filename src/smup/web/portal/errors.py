"""Error pages that help: what happened, what is near, where to go on."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
    QueryDict,
)
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from smup.language import Lang
from smup.telling.addresses import Addresses, is_english
from smup.telling.strings import strings
from smup.web.config.current import NoReleaseServing, NoSuchRelease, releases
from smup.web.config.page_cache import asks_for_page
from smup.web.open.problems import Problem, answer
from smup.web.people.where import for_people
from smup.web.portal.page import common
from smup.web.portal.reading import MovedTo, NothingHere

View = Callable[..., HttpResponseBase]
_FACES = ("/api/", "/pxweb/", "/sdmx", "/ogc", "/catalog.", "/harvest.")  # below them programs ask


def guarded(view: View, *methods: str) -> View:
    """Turns what a view raises on purpose into an answer: moved, not found, no release yet. Other
    methods than GET, HEAD and ``methods`` are refused."""
    allowed = ("GET", "HEAD", *methods)

    def answer(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if request.method not in allowed:
            return HttpResponse(status=405, headers={"Allow": ", ".join(allowed)})
        try:
            return view(request, *args, **more)
        except MovedTo as moved:
            query = request.GET.urlencode()
            address = f"{moved.address}?{query}" if query else moved.address
            return HttpResponsePermanentRedirect(address)
        except NothingHere as missing:
            return not_found(request, missing)
        except NoSuchRelease as unknown:
            return _no_such_release(request, unknown.asked)
        except NoReleaseServing:
            return _page(request, "error_no_release", 503)

    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, NothingHere):
        words = strings(language(request))[f"not_found_{exception.what}"]
        return _page(
            request,
            "error_not_found",
            404,
            words.format(asked=exception.asked[:80]),
            exception.suggestions,
        )
    if _asks_program(request):
        told = exception.args[0] if exception.args else ""  # of the resolver: addresses it tried
        detail = told if isinstance(told, str) and told else f"Nie ma adresu {request.path[:80]}."
        return answer(request, Problem(404, detail))
    return _page(request, "error_not_found", 404)


def _no_such_release(request: HttpRequest, asked: str) -> HttpResponse:
    """The releases there are, newest first."""
    lang = language(request)
    words = strings(lang)["not_found_release"].format(asked=asked[:80])
    known = [
        {"name": one, "note": "", "href": Addresses(lang).page(f"/wydania/{one}")}
        for one in reversed(releases().ids())
    ]
    return _page(request, "error_not_found", 404, words, known[:10])


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """The address asks for what cannot be; ``words`` say why and what would do."""
    return _page(request, "error_bad_request", 400, words)


def being_made(request: HttpRequest) -> HttpResponse:
    """A file asked for is not ready yet; the browser asks again by itself."""
    response = _page(request, "error_being_made", 202)
    response.headers["Retry-After"] = response.headers["Refresh"] = "10"
    return response


def wants_page(request: HttpRequest) -> bool:
    """Does a person read what comes? Whoever fills in a form reads no JSON, nor does a browser."""
    return for_people(request.path) or (asks_for_page(request) and not _asks_program(request))


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """More was asked from this address than is answered in so short a time."""
    words = strings(language(request))["error_too_often"].format(seconds=seconds)
    response = _page(request, "error_too_often", 429, words)
    response.headers["Retry-After"] = str(seconds)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TooManyFieldsSent):
        request.GET = QueryDict()  # reading it would fail again
    if _asks_program(request):
        return answer(request, Problem(400, _what_is_bad(exception)))
    if isinstance(exception, RequestDataTooBig):
        return _page(request, "error_too_large", 413)
    return _page(request, "error_bad_request", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without a release: whatever failed must not fail here again."""
    if _asks_program(request):
        problem = {"title": "Internal Server Error", "status": 500}
        return JsonResponse(problem, status=500, content_type="application/problem+json")
    return _page(request, "error_server", 500)


def _asks_program(request: HttpRequest) -> bool:
    """Is a problem document of more use than a page?"""
    if request.path.startswith(_FACES):
        return True
    return request.path.startswith("/files/") and not asks_for_page(request)


def _what_is_bad(exception: Exception) -> str:
    if isinstance(exception, DisallowedHost):
        return "Ten serwer nie nosi nazwy podanej w nagłówku Host."
    if isinstance(exception, TooManyFieldsSent):
        return f"Zapytanie może mieć najwyżej {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} parametrów."
    return "Tego zapytania nie da się odczytać."


def language(request: HttpRequest) -> Lang:
    return "en" if is_english(request.path) else "pl"


def _page(
    request: HttpRequest,
    what: str,
    status: int,
    words: str = "",
    suggestions: list[dict[str, str]] | None = None,
) -> HttpResponse:
    lang = language(request)
    t = strings(lang)
    context = common(request, lang) | {
        "heading": t[f"{what}_title"],
        "words": words or t[what],
        "suggestions": suggestions or [],
        "waiting": status == 202,
    }
    body = render_to_string("portal/error.html", context)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})
