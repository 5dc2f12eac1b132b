"""What every page for people shares: words, addresses, who is signed in; never kept by anybody."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from smup.language import Lang
from smup.web.people.menu import menu
from smup.web.people.where import for_people, lang_of
from smup.web.people.words import words
from smup.web.portal.page import common

__all__ = ["lang_of", "shared", "show"]


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    lang: Lang,
    status: int = 200,
) -> HttpResponse:
    """A page for one reader. ``template`` is a whole name (``training/desk.html``) that extends
    ``people/base.html``; ``t`` in it holds all words. Headers are set by the middleware."""
    body = render_to_string(template, dict(context), request)
    return HttpResponse(body, status=status)


def shared(request: HttpRequest) -> dict[str, Any]:
    """Context of every template of these pages, those of the login included; nothing elsewhere."""
    if not for_people(request.path):
        return {}
    lang = lang_of(request)
    own = {"t": words(lang), "menu": menu(request, lang), "oidc": settings.SMUP_OIDC}
    return common(request, lang) | own
