"""The door of these pages."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from smup.accounts.models import Person
from smup.language import Lang
from smup.web.people.acting import person_of
from smup.web.people.allowing import needs
from smup.web.people.page import lang_of, show

SETUP, INVITE, REPORT = "training.setup", "training.invite", "training.report"
UNPROCESSABLE = 422
View = Callable[..., HttpResponseBase]


def setup(permission: str) -> Callable[[View], View]:
    """For staff with the permission; the view is given the language of the address."""

    def guard(view: View) -> View:
        @needs(permission)
        @wraps(view)
        def guarded(request: HttpRequest, **more: Any) -> HttpResponseBase:
            return view(request, lang_of(request), **more)

        return guarded

    return guard


def staff(request: HttpRequest) -> Person:
    """Who is signed in, behind ``setup``."""
    person = person_of(request)
    assert person is not None
    return person


def show_setup(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    lang: Lang,
    status: int = 200,
) -> HttpResponse:
    """One of these pages; ``template`` is named below ``training/setup/``."""
    return show(request, f"training/setup/{template}", context, lang, status)
