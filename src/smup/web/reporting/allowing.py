"""How much one client may have written and made here, whichever face it asks."""

from django.http import HttpRequest

from smup.web.config.client_address import client_address
from smup.web.config.fair_use import buckets
from smup.web.config.limits import REPORTS, REPORTS_WINDOW
from smup.workspace.rate import Rate

_WRITES = Rate()
_FILES = Rate(REPORTS, REPORTS_WINDOW)


def may_write(request: HttpRequest) -> bool:
    """May this client keep one more definition or template now? If so, it is counted."""
    return _allowed(_WRITES, request)


def may_order(request: HttpRequest) -> bool:
    """May this client have one more file made now? If so, it is counted."""
    return _allowed(_FILES, request)


def _allowed(rate: Rate, request: HttpRequest) -> bool:
    client = client_address(request.META)
    return buckets() is None or not client or rate.allows(client)
