"""HEAD for every address that answers GET: the same headers, no body."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


class HeadMiddleware:
    """Views know only GET; a HEAD request is answered as one and its body left out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        request.META.pop("HTTP_RANGE", None)  # parts are for GET alone
        full = self.get_response(request)
        headers = dict(full.headers)
        if isinstance(full, HttpResponse):
            headers["Content-Length"] = str(len(full.content))
        full.close()
        return HttpResponse(status=full.status_code, headers=headers)
