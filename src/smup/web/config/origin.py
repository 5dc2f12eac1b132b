"""Scheme and host under which this copy is known."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """SMUP_ADDRESS, else as it was asked; "" where that host is not ours."""
    if settings.SMUP_ADDRESS:
        return str(settings.SMUP_ADDRESS)
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:  # the page that says so has no address of its own
        return ""
