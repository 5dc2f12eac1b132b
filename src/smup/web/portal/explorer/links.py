"""Short permanent links: ``POST /l`` keeps a question, ``/l/{key}`` leads to it."""

from dataclasses import replace
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string

from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses, is_english
from smup.telling.strings import strings
from smup.web.config.client_address import client_address
from smup.web.config.current import NoReleaseServing, release_of
from smup.web.config.own_page import own_page
from smup.web.portal.explorer.parsing import read
from smup.web.portal.explorer.question import PATH, Question
from smup.web.portal.explorer.scene import scene_of
from smup.web.portal.page import common
from smup.workspace.links import LONGEST, TooLong, find, keep
from smup.workspace.rate import Rate

FIXED, MOVING = "staly", "ruchomy"
_RATE = Rate()


def link(request: HttpRequest) -> HttpResponse:
    """Keep the question of ``adres`` and show its short link.

    There are no cookies to steal a session with; what is refused is a form on somebody else's
    page, and a place that writes too often.
    """
    lang = _language(request.POST.get("adres", ""))
    if request.method != "POST":
        return HttpResponseRedirect(PATH)
    if not own_page(request):
        return _answer(request, lang, 403, "explorer_link_foreign")
    if not _RATE.allows(client_address(request.META)):
        return _answer(request, lang, 429, "explorer_link_often")
    try:
        address = _address(request, release_of(request), lang)
    except NoReleaseServing:
        return _answer(request, lang, 503, "error_no_release")
    if address is None:
        return _answer(request, lang, 400, "explorer_link_nothing")
    fixed = request.POST.get("rodzaj") != MOVING
    try:
        key = keep(address, fixed)
    except TooLong:
        return _answer(request, lang, 413, "explorer_link_long")
    except DatabaseError:
        return _answer(request, lang, 503, "explorer_link_broken")
    short = request.build_absolute_uri(f"/l/{key}")
    told = f"explorer_link_kept_{FIXED if fixed else MOVING}"
    return _answer(request, lang, 200, told, short=short, address=address)


def go(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the address kept under ``key``."""
    lang: Lang = "pl"
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    try:
        found = find(key)
    except DatabaseError:
        return _answer(request, lang, 503, "explorer_link_broken")
    if found is None:
        return _answer(request, lang, 404, "explorer_link_unknown")
    return HttpResponseRedirect(found.address, headers={"Cache-Control": "no-cache"})


def _language(address: str) -> Lang:
    return "en" if is_english(address.partition("?")[0]) else "pl"


def _address(request: HttpRequest, release: Release, lang: Lang) -> str | None:
    """The address to keep, written anew from what it asks; None where it asks nothing."""
    path, _, query = request.POST.get("adres", "").partition("?")
    if len(query) > LONGEST or path != Addresses(lang).page(PATH):
        return None
    asked = read(QueryDict(query), release, lang)
    if not asked.question.indicators:
        return None
    question = replace(asked.question, page=1)
    if request.POST.get("rodzaj") == MOVING:
        return replace(question, release="").href(lang)
    years = scene_of(asked).cube.years
    return _pinned(question, years, release).href(lang)


def _pinned(question: Question, years: tuple[int, ...], release: Release) -> Question:
    """The question about the years it shows now, in the release it is answered from."""
    fixed = ",".join(str(year) for year in years) or question.years
    return replace(question, years=fixed, release=release.id)


def _answer(request: HttpRequest, lang: Lang, status: int, key: str, **more: Any) -> HttpResponse:
    context = common(request, lang) | {"words": strings(lang)[key], "explorer": PATH} | more
    body = render_to_string("portal/explorer_link.html", context)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})
