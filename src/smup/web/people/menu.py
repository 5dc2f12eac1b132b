"""The menu of pages for people: what the one who is signed in may reach."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from smup.accounts.roles import may
from smup.language import Lang
from smup.web.people.acting import person_of
from smup.web.people.words import words

# View, words, permissions of which one is enough; views of rooms that are not there are left out.
_ENTRIES = (
    ("training_desk", "people_menu_desk", "training.read training.attendance"),
    ("training_reports", "people_menu_reports", "training.report"),
    ("training_invitations", "people_menu_invitations", "training.invite"),
    ("training_setup", "people_menu_setup", "training.setup"),
    ("operations_home", "people_menu_operations", "operations.read"),
    ("accounts_outbox", "people_menu_outbox", "mail.read"),
    ("accounts_people", "people_menu_people", "accounts.read"),
    ("accounts_audit", "people_menu_audit", "audit.read"),
    ("accounts_privacy", "people_menu_privacy", "personal.read"),
)


@dataclass(frozen=True)
class Entry:
    name: str
    href: str
    here: bool


def menu(request: HttpRequest, lang: Lang) -> list[Entry]:
    """Entries in their order; none for visitors."""
    person = person_of(request) if hasattr(request, "user") else None
    if person is None:
        return []
    found = []
    for view, word, permissions in _ENTRIES:
        allowed = any(may(person, one) for one in permissions.split())
        if allowed and (href := _address(view)):
            here = request.path == href or request.path.startswith(f"{href}/")
            found.append(Entry(words(lang)[word], href, here))
    return found


def _address(view: str) -> str:
    try:
        return str(reverse(view))
    except NoReverseMatch:
        return ""
