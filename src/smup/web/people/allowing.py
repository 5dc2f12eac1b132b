"""Who may see a page: signed in, with a second factor, with the permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from smup.accounts.models import Person
from smup.accounts.roles import is_staff, may, table
from smup.web.people.acting import person_of
from smup.web.people.page import lang_of, show

View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """Only for people with ``permission`` in some organisation.

    Others are led to the login (and back), to their second factor, or told what they may not.
    What an organisation may see is for the view to ask: ``roles.reach``.
    """
    table().permissions[permission]  # a mistyped one is found when the module is loaded

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
            person = person_of(request)
            if person is None:
                return to_login(request)
            if lacks_second_factor(person):
                return HttpResponseRedirect(reverse("mfa_index"))
            if not may(person, permission):
                return forbidden(request, permission)
            return view(request, *args, **more)

        return guarded

    return guard


def signed_in(view: View) -> View:
    """For everybody who is signed in, with a second factor where the person is staff."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        person = person_of(request)
        if person is None:
            return to_login(request)
        if lacks_second_factor(person):
            return HttpResponseRedirect(reverse("mfa_index"))
        return view(request, *args, **more)

    return guarded


def lacks_second_factor(person: Person) -> bool:
    """Staff have one before anything else."""
    return is_staff(person) and not is_mfa_enabled(person)


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login, and back here afterwards where coming back is possible."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    query = f"?{urlencode({'next': back})}" if back else ""
    return HttpResponseRedirect(reverse("account_login") + query)


def forbidden(request: HttpRequest, permission: str) -> HttpResponse:
    """403, naming what is not allowed."""
    lang = lang_of(request)
    what = table().permissions[permission][lang]
    return show(request, "people/forbidden.html", {"what": what}, lang, status=403)
