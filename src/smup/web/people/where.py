"""Which addresses are pages for people: only they have a session, a login and a database."""

import re

from django.http import HttpRequest

from smup.language import Lang
from smup.telling.addresses import is_english

_PEOPLE = re.compile(r"/(en/)?(konto|szkolenia|operacje)(/|$)")
_STAFF = re.compile(r"/(en/)?konto(/|$)")


def for_people(path: str) -> bool:
    """Is it a page for people? ``/konto``, ``/szkolenia``, ``/operacje``, also below ``/en``."""
    return _PEOPLE.match(path) is not None


def of_accounts(path: str) -> bool:
    """Is it a page of accounts, below ``/konto``?"""
    return _STAFF.match(path) is not None


def lang_of(request: HttpRequest) -> Lang:
    """The language of a page, by its address alone."""
    return "en" if is_english(request.path) else "pl"
