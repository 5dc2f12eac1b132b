"""How often one client may have letters written or send what a stranger reads."""

from django.http import HttpRequest

from smup.web.config.client_address import client_address
from smup.web.config.fair_use import buckets
from smup.workspace.rate import Rate

_LETTERS = Rate()  # a whole office may sit behind one address


def may_write(request: HttpRequest) -> bool:
    """May this client have one more letter written now? If so, it is counted."""
    client = client_address(request.META)
    return buckets() is None or not client or _LETTERS.allows(client)
