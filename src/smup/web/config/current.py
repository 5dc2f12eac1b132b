"""The release that answers a request: read once at its beginning, kept to its end."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse

from smup.store.errors import StoreError
from smup.store.releases import Release, Releases
from smup.web.config.paths import paths

Answer = Callable[[HttpRequest], HttpResponse]


@cache
def releases() -> Releases:
    """The store of this process; one object serves all threads."""
    return Releases(paths().home)


class ReleaseMiddleware:
    """Sets ``request.release`` (None where no release can be opened: views then answer 503)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.release = releases().current()
        except StoreError:
            request.release = None
        return self.get_response(request)


class NoReleaseServing(Exception):
    """There is nothing to answer from: no release was built, or none can be opened."""


def release_of(request: HttpRequest) -> Release:
    """The release of this request. Raises NoReleaseServing."""
    release: Release | None = getattr(request, "release", None)
    if release is None:
        raise NoReleaseServing
    return release
