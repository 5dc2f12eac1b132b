"""Session, login and protection of forms for the pages for people, and for no others.

Pages about numbers are the same for everybody and kept for everybody: nothing here may read a
cookie, open the database or add ``Vary: Cookie`` there.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils import translation

from smup.web.config.client_address import from_trusted
from smup.web.config.security import POLICY
from smup.web.people.acting import person_of
from smup.web.people.allowing import lacks_second_factor
from smup.web.people.where import for_people, lang_of, of_accounts

Answer = Callable[[HttpRequest], HttpResponseBase]
_SECURE = "https"
# Pages by which one comes to a second factor, or leaves.
_BEFORE = frozenset(
    (
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "accounts_start",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    )
)


class PeopleMiddleware:
    """Language by address, scheme as the reader sees it, and headers of pages nobody may keep."""

    cookies: ClassVar = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not for_people(request.path):
            return self.get_response(request)
        if _is_secure(request):
            request.environ["wsgi.url_scheme"] = _SECURE
        lang = lang_of(request)
        request.LANGUAGE_CODE = lang
        with translation.override(lang):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if settings.SMUP_OIDC is not None:
            allowed = f"form-action 'self' {settings.SMUP_OIDC.origin}"
            policy = POLICY.replace("form-action 'self'", allowed)
            response.headers.setdefault("Content-Security-Policy", policy)
        for name in self.cookies:
            if name in response.cookies and request.is_secure():
                response.cookies[name]["secure"] = True
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
    ) -> HttpResponse | None:
        """Staff set up a second factor before they see any other page of accounts."""
        match = request.resolver_match
        if not of_accounts(request.path) or match is None or match.url_name in _BEFORE:
            return None
        who = person_of(request)
        if who is None or not lacks_second_factor(who):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))


def _is_secure(request: HttpRequest) -> bool:
    """Does the reader speak TLS, to us or to a server in front that we trust?"""
    if settings.SMUP_ADDRESS.startswith(f"{_SECURE}://"):
        return True
    told = request.headers.get("X-Forwarded-Proto", "")
    return told.strip() == _SECURE and from_trusted(request.META)


class Sessions(SessionMiddleware):
    """Sessions of pages for people."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if for_people(request.path) else self.get_response(request)


class Forms(CsrfViewMiddleware):
    """Forms of pages for people; those of other pages are told by ``own_page``."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if for_people(request.path) else self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., Any] | None,
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        if not for_people(request.path):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class Login(AuthenticationMiddleware):
    """Who is signed in, asked of the database when a page first wants to know."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if for_people(request.path) else self.get_response(request)


class Messages(MessageMiddleware):
    """Sentences shown once on the next page."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if for_people(request.path) else self.get_response(request)
