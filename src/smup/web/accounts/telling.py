"""Rows of the record of writes as people read them: verbs in words, subjects as links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from django.urls import NoReverseMatch, reverse

from smup.accounts.models import Event
from smup.language import Lang
from smup.training.rules.workflow import names, workflow
from smup.web.people.words import words

_FILE = Path(__file__).with_name("verbs.yaml")
# What a subject is called, and the view that shows it by its number.
_SUBJECTS = {
    "person": ("audit_about_person", "accounts_person"),
    "registration": ("audit_about_registration", "training_case"),
    "message": ("audit_about_message", "accounts_outbox_message"),
    "training": ("audit_about_training", "training_training"),
    "edition": ("audit_about_edition", "training_edition"),
    "stage": ("audit_about_stage", "training_stage"),
    "agreement": ("audit_about_agreement", ""),
    "participant": ("audit_about_participant", ""),
    "question": ("audit_about_question", ""),
    "invitation": ("audit_about_invitation", ""),
    "letter": ("audit_about_letter", ""),
    "personal": ("audit_about_personal", ""),
    "release": ("audit_about_release", ""),
    "sync": ("audit_about_sync", ""),
}


@dataclass(frozen=True)
class Change:
    """One value before and after; "" where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    at: datetime
    actor: str
    what: str
    about: str
    href: str
    changes: tuple[Change, ...]
    why: str


def told(event: Event, lang: Lang) -> Row:
    """A row of the record in words."""
    about, href = subject(event.about, lang)
    return Row(
        event.at,
        event.actor,
        verbs(lang).get(event.what, event.what),
        about,
        href,
        changes(event, lang),
        event.why,
    )


@cache
def verbs(lang: Lang) -> Mapping[str, str]:
    """Words of verbs; a workflow's are its name and the status that was reached."""
    found = {}
    for name in names():
        table = workflow(name)
        for step in table.transitions:
            reached = table.statuses.get(step.to)
            said = step.name if reached is None else reached.name
            found[step.verb] = f"{table.name.of(lang)}: {said.of(lang)}"
    return found | {verb: texts[lang] for verb, texts in _own()["verbs"].items()}


def subject(about: str, lang: Lang) -> tuple[str, str]:
    """``registration:12`` in words, and the address of its page or ""."""
    kind, _, number = about.partition(":")
    if kind not in _SUBJECTS:
        return about, ""
    word, view = _SUBJECTS[kind]
    name = f"{words(lang)[word]} {number}".strip()
    if not view or not number.isdecimal():
        return name, ""
    try:
        return name, reverse(view, args=[int(number)])
    except NoReverseMatch:
        return name, ""


def changes(event: Event, lang: Lang) -> tuple[Change, ...]:
    """Values that differ, by name."""
    named, kind = _own()["fields"], event.about.partition(":")[0]
    keys = dict.fromkeys((*event.before, *event.after))
    return tuple(
        Change(
            named[key][lang] if key in named else key,
            _plain(key, event.before.get(key), kind, lang),
            _plain(key, event.after.get(key), kind, lang),
        )
        for key in keys
        if event.before.get(key) != event.after.get(key)
    )


def _plain(key: str, value: object, kind: str, lang: Lang) -> str:
    """A value in words; a status as its workflow names it."""
    if value is None:
        return ""
    if key == "status" and kind in names():
        status = workflow(kind).statuses.get(str(value))
        return str(value) if status is None else status.name.of(lang)
    if isinstance(value, bool):
        return words(lang)["audit_yes" if value else "audit_no"]
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


@cache
def _own() -> Mapping[str, Mapping[str, Mapping[Lang, str]]]:
    found: Mapping[str, Mapping[str, Mapping[Lang, str]]] = yaml.safe_load(
        _FILE.read_text(encoding="utf-8")
    )
    return found
