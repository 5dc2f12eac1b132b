"""The decorator of every endpoint: parameters known, ``asOf`` understood, bytes kept for ever where
the address names the release."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smup.store.releases import Release
from smup.web.open.answers import FOREVER, NO_CACHE
from smup.web.open.parameters import only
from smup.web.open.releasing import PARAMETER, as_of, lasting

SINCE = "changedSince"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def answering(*allowed: str) -> Callable[[View], View]:
    """Refuse parameters other than ``allowed`` and ``asOf``; an answer addressed by the id of its
    release never changes and says so."""

    def decorate(view: View) -> View:
        checked = only(*allowed, PARAMETER)(view)

        @wraps(view)
        def told(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
            response = checked(request, *args, **more)
            if response.headers.get("Cache-Control") == NO_CACHE and _named(request):
                response.headers["Cache-Control"] = FOREVER
            return response

        return told  # type: ignore[return-value]  # wraps keeps the signature ninja reads

    return decorate


def asked_release(request: HttpRequest) -> Release:
    """The release of ``asOf``, or the one that serves. Raises Problem 400, 404, 503."""
    return as_of(request, request.GET.get(PARAMETER, ""))


def _named(request: HttpRequest) -> bool:
    """Does the address name every release by its id? A day may come to mean another."""
    asked, since = (request.GET.get(name, "") for name in (PARAMETER, SINCE))
    if not asked or lasting(asked, as_of(request, asked)) != FOREVER:
        return False
    return not since or lasting(since, as_of(request, since)) == FOREVER
