"""The door of the desk: who may come in, what is looked at, and what every page of it shows."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from smup.accounts.roles import may
from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.models import Edition
from smup.web.people.acting import person_of
from smup.web.people.allowing import forbidden, signed_in
from smup.web.people.page import lang_of, show
from smup.web.people.words import words
from smup.web.training.desk.seeing import ANSWER, ATTEND, READ, Sight, sight_of

View = Callable[..., HttpResponseBase]
HOME = "/szkolenia/biuro"
# path below the desk, its word, permissions of which one is enough
_ROOMS = (
    ("", "desk_nav_start", (READ,)),
    ("/zgloszenia", "desk_nav_cases", (READ,)),
    ("/szkolenia", "desk_nav_trainings", (READ, ATTEND)),
    ("/pytania", "desk_nav_questions", (READ, ANSWER)),
)


def desk(*permissions: str) -> Callable[[View], View]:
    """For staff with one of the permissions, anywhere.

    The view is given the language of the address and a Sight after the request.
    """

    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, **more: Any) -> HttpResponseBase:
            lang, person = lang_of(request), person_of(request)
            assert person is not None
            if not any(may(person, one) for one in permissions):
                return forbidden(request, permissions[0])
            sight = sight_of(request, person)
            if sight is None:
                return show(request, "training/desk/no_edition.html", {}, lang)
            return view(request, lang, sight, **more)

        return guarded

    return guard


def show_desk(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    lang: Lang,
    sight: Sight,
    status: int = 200,
) -> HttpResponse:
    """A page of the desk with its navigation. ``template`` is named below ``training/desk/``."""
    shared = {
        "rooms": _rooms(request, lang, sight),
        "edition": sight.edition,
        "editions": list(Edition.objects.order_by("-id")),
        "desk": Addresses(lang).page(HOME),
    }
    return show(request, f"training/desk/{template}", shared | dict(context), lang, status)


def _rooms(request: HttpRequest, lang: Lang, sight: Sight) -> list[dict[str, Any]]:
    found = []
    for path, word, permissions in _ROOMS:
        if any(sight.may(one) for one in permissions):
            href = Addresses(lang).page(HOME + path)
            here = request.path == href or (bool(path) and request.path.startswith(href[:-1]))
            found.append({"name": words(lang)[word], "href": href, "here": here})
    return found
