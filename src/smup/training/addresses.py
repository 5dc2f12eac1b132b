"""Whole addresses of pages, for letters and calendars, which are read far from the portal."""

from urllib.parse import urlencode

from django.conf import settings

from smup.language import Lang

_HERE = "http://localhost:8000"  # where nobody has said under which address the portal is reached


def page(name: str, lang: Lang, **query: str) -> str:
    """The address of ``/szkolenia/<name>`` in a language."""
    start = "" if lang == "pl" else "/en"
    asked = f"?{urlencode(query)}" if query else ""
    return f"{settings.SMUP_ADDRESS or _HERE}{start}/szkolenia/{name}{asked}"
