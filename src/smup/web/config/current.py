"""The release that answers a request: read once at its beginning, kept to its end.

Pages may be asked for as another release tells them, ``?wydanie=ID``; the API and files have
addresses of their own for that.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse

from smup.store.errors import StoreError
from smup.store.releases import Release, Releases
from smup.web.config.paths import paths

ASKED = "wydanie"  # the parameter
_NO_PAGES = ("/api/v1/", "/api/1.0.0/", "/files/", "/static/", "/healthz", "/readyz", "/metrics")
Answer = Callable[[HttpRequest], HttpResponse]


@cache
def releases() -> Releases:
    """The store of this process; one object serves all threads."""
    return Releases(paths().home)


class ReleaseMiddleware:
    """Sets ``request.release`` (None where no release can be opened: views then answer 503),
    ``request.serving``, the one that serves now, and ``request.unknown_release``, an id asked for
    that the store does not have."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.release = request.serving = releases().current()
        except StoreError:
            request.release = request.serving = None
        request.unknown_release = ""
        asked = request.GET.get(ASKED, "")
        if asked and not request.path.startswith(_NO_PAGES):
            _open_asked(request, asked)
        return self.get_response(request)


def _open_asked(request: HttpRequest, asked: str) -> None:
    try:
        request.release = releases().open(asked)
    except (StoreError, OSError, ValueError):
        request.release, request.unknown_release = None, asked


class NoReleaseServing(Exception):
    """There is nothing to answer from: no release was built, or none can be opened."""


class NoSuchRelease(NoReleaseServing):
    """The release asked for is not in the store; ``asked`` is its id."""

    def __init__(self, asked: str) -> None:
        super().__init__(asked)
        self.asked = asked


def release_of(request: HttpRequest) -> Release:
    """The release of this request. Raises NoReleaseServing, NoSuchRelease."""
    release: Release | None = getattr(request, "release", None)
    if release is None:
        if unknown := getattr(request, "unknown_release", ""):
            raise NoSuchRelease(unknown)
        raise NoReleaseServing
    return release


def pinned(request: HttpRequest) -> str:
    """The id of the release asked for where it is another than the one that serves; else ""."""
    release, serving = getattr(request, "release", None), getattr(request, "serving", None)
    return release.id if release is not None and release is not serving else ""
