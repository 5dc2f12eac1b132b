"""Forms of ours, told from those on somebody else's page."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def own_page(request: HttpRequest) -> bool:
    """Was the form on a page of this portal? Browsers say so themselves, and without cookies there
    is no session to steal."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return bool(site == "same-origin")
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()
