"""Pages of a release that does not serve: a notice, and links that stay within it."""

import re
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.web.config.current import ASKED, pinned

# Addresses of pages in attributes; files, the API and releases themselves are left as they are
_ADDRESS = re.compile(
    r'\b(href|src|data-[a-z-]+|hx-[a-z-]+)="'
    r'(/(?!static/|files/|api/|wydania|en/wydania)[^"?#]*)(\?[^"#]*)?(#[^"]*)?"'
)
_FORM = re.compile(r"(<form\b[^>]*>)")


def older_notice(request: HttpRequest, lang: Lang) -> dict[str, Any] | None:
    """What the page says of its release; None where it is the one that serves."""
    shown = pinned(request)
    if not shown:
        return None
    query = request.GET.copy()
    del query[ASKED]
    serving = request.serving.id if request.serving else ""
    return {
        "id": shown,
        "serving": serving,
        "href": request.path + (f"?{query.urlencode()}" if query else ""),
        "changes": Addresses(lang).page(f"/wydania/{shown}/{serving}") if serving else "",
    }


def stay_in(html: str, release: str) -> str:
    """The page with its links and forms leading to pages of ``release``; the notice's own way back
    to the one that serves, marked with ``rel="canonical"`` or ``data-leave``, is kept."""
    pinned_to = urlencode({ASKED: release})

    def stay(found: re.Match[str]) -> str:
        name, path, query, anchor = found.groups()
        if query and f"{ASKED}=" in query:
            return found[0]
        joined = f"{query}&amp;{pinned_to}" if query else f"?{pinned_to}"
        return f'{name}="{path}{joined}{anchor or ""}"'

    hidden = f'<input type="hidden" name="{ASKED}" value="{escape(release)}">'
    parts = re.split(r"(<a data-leave[^>]*>|<link[^>]*>)", html)
    kept = [part if i % 2 else _ADDRESS.sub(stay, part) for i, part in enumerate(parts)]
    return _FORM.sub(rf"\1{hidden}", "".join(kept))
