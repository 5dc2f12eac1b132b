"""Is the process alive, and can it answer."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from smup.web.config.current import NoReleaseServing, release_of


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> HttpResponse:
    """A release is open; 503 while there is none."""
    headers = {"Cache-Control": "no-store"}
    try:
        release = release_of(request)
    except NoReleaseServing:
        return JsonResponse({"status": "no release"}, status=503, headers=headers)
    return JsonResponse({"status": "ok", "release": release.id}, headers=headers)
