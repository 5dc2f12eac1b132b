"""Letters of accounts. What allauth wants to tell becomes a letter of ours, in the outbox."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from smup.accounts import actor, audit
from smup.accounts.models import Person
from smup.accounts.people import RESET_HOURS, START_HOURS
from smup.accounts.roles import table
from smup.language import Lang
from smup.language.dates import moment_in_words
from smup.mailing import outbox
from smup.web.config.origin import origin
from smup.web.people.words import words

# What allauth writes without a record of its own; new factors are recorded as they are saved
# (``apps``), because it tells of them only afterwards.
_RECORDED = {
    "account/email/password_changed": "accounts.password.set",
    "account/email/password_set": "accounts.password.set",
    "mfa/email/totp_deactivated": "accounts.second_factor.removed",
    "mfa/email/webauthn_removed": "accounts.second_factor.removed",
}


def invitation(request: HttpRequest, who: Person, token: str, role: str) -> None:
    """The link of an invitation, inside the caller's transaction."""
    fields = {"role": table().roles[role].name[_lang(who)]}
    _with_link("account-invitation", request, who, token, START_HOURS, fields)


def new_password(request: HttpRequest, who: Person, token: str) -> None:
    """The link for a forgotten password, inside the caller's transaction."""
    _with_link("account-password-reset", request, who, token, RESET_HOURS, {})


def notice(request: HttpRequest, template_prefix: str, email: str) -> None:
    """Something happened to an account: record it, and tell its owner in allauth's words."""
    who = Person.objects.get(email=email)
    lang = _lang(who)
    with translation.override(lang), transaction.atomic():
        matter = " ".join(render_to_string(f"{template_prefix}_subject.txt").split())
        if verb := _RECORDED.get(template_prefix):
            audit.record(actor.person(who), verb, f"person:{who.pk}")
        text = words(lang)["accounts_notice"].format(matter=matter)
        _put("account-notice", request, who, {"matter": matter, "text": text})


def _with_link(
    letter: str,
    request: HttpRequest,
    who: Person,
    token: str,
    hours: int,
    fields: Mapping[str, str],
) -> None:
    lang = _lang(who)
    link = start_address(origin(request), lang, token)
    deadline = moment_in_words(timezone.now() + timedelta(hours=hours), lang)
    _put(letter, request, who, {"link": link, "deadline": deadline} | dict(fields))


def start_address(home: str, lang: Lang, token: str) -> str:
    """The whole address of the page where a password is set."""
    with translation.override(lang):
        return f"{home}{reverse('accounts_start')}?{urlencode({'klucz': token})}"


def _put(letter: str, request: HttpRequest, who: Person, fields: Mapping[str, str]) -> None:
    """Every one of these letters is its own: its key is chance."""
    key, about = f"{letter}:{uuid.uuid4().hex}", f"person:{who.pk}"
    said = dict(fields) | {"portal": origin(request)}
    outbox.put(letter, who.email, _lang(who), said, key=key, about=about)


def _lang(who: Person) -> Lang:
    return "en" if who.lang == "en" else "pl"
