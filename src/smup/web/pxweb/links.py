"""Addresses of this face as its answers name them."""

from urllib.parse import quote, urlencode

from django.http import HttpRequest

from smup.language import Lang

BASE = "/pxweb/api/v2"
Link = dict[str, str]


def href(request: HttpRequest, path: str, **parameters: object) -> str:
    """The whole address of a path below ``BASE``."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return str(request.build_absolute_uri(f"{BASE}/{quote(path)}{query}"))


def link(request: HttpRequest, rel: str, path: str, lang: Lang, **parameters: object) -> Link:
    """One entry of ``links``."""
    return {
        "rel": rel,
        "hreflang": lang,
        "href": href(request, path, **parameters, lang=lang),
    }
