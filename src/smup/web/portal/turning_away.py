"""What the limits say to programs, said on a page where a person reads it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smup.web.portal.errors import too_often, wants_page

Answer = Callable[[HttpRequest], HttpResponseBase]
_TOO_MANY = 429


class TurnedAway:
    """Stands before the limits, which know nothing of pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != _TOO_MANY or not wants_page(request):
            return response
        wait = response.headers.get("Retry-After")
        return response if wait is None else too_often(request, int(wait))
