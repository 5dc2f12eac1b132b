"""What the public pages, the form and the contact person's pages share: edition, links, marks."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.rules.settings import EditionSettings
from smup.web.people.page import show

HOME = "/szkolenia/"


def home(lang: Lang) -> str:
    return Addresses(lang).page(HOME)


def show_training(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    lang: Lang,
    rules: EditionSettings | None,
    status: int = 200,
) -> HttpResponse:
    """A page with the links and funding marks of the edition. ``template`` is named below
    ``training/``; without ``rules`` no edition is announced."""
    shared: dict[str, Any] = {"training_home": home(lang)}
    if rules is not None:
        shared |= {
            "rules": rules,
            "edition_name": rules.name.of(lang),
            "funding": [mark.of(lang) for mark in rules.funding],
        }
    return show(request, f"training/{template}", shared | dict(context), lang, status)


def nothing(request: HttpRequest, lang: Lang) -> HttpResponse:
    """No edition was announced."""
    return show_training(request, "public/nothing.html", {}, lang, None)
