"""What recruitment and training hold of people, why and how long (``accounts.personal``)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from smup.accounts.actor import Actor
from smup.accounts.personal import Holder, register
from smup.training.actions import anonymising
from smup.training.models import (
    Certificate,
    Enrolment,
    FreeListener,
    Invitation,
    Participant,
    Question,
    Registration,
)

_WORDS = Path(__file__).with_suffix(".yaml")
Records = list[dict[str, object]]


@dataclass(frozen=True)
class Held:
    """One purpose, by what gives out, erases and forgets it."""

    give: Callable[[str], Records]
    remove: Callable[[str, Actor, str], int]
    due: Callable[[datetime], int] = lambda now: 0

    def export(self, email: str) -> Records:
        return self.give(email)

    def erase(self, email: str, actor: Actor, why: str) -> int:
        return self.remove(email, actor, why)

    def anonymise_due(self, now: datetime) -> int:
        return self.due(now)


def _contacts(email: str) -> Records:
    found = Registration.objects.filter(contact_email__iexact=email).select_related("edition")
    return [
        {
            "edition": one.edition.slug,
            "registration": one.number,
            "unit": one.unit_name,
            "name": one.contact_name,
            "phone": one.contact_phone,
            "email": one.contact_email,
            "arrived": one.arrived_at.isoformat(),
        }
        for one in found.order_by("pk")
    ]


def _participants(email: str) -> Records:
    found = Participant.objects.filter(email__iexact=email).select_related("registration__edition")
    return [
        {
            "edition": one.registration.edition.slug,
            "unit": one.registration.unit_name,
            "name": one.name,
            "surname": one.surname,
            "email": one.email,
            "sex": one.sex,
            "kind": one.kind,
            "area": one.area,
            "state": one.state,
            "declarations": list(one.declarations.values_list("kind", flat=True)),
            "trainings": [_enrolment(seat) for seat in one.enrolments.select_related("training")],
        }
        for one in found.order_by("pk")
    ]


def _enrolment(seat: Enrolment) -> dict[str, object]:
    certificate = Certificate.objects.filter(enrolment=seat).first()
    return {
        "training": seat.training.title,
        "days_present": seat.attendance.filter(present=True).count(),
        "tests": list(seat.test_results.values("moment", "points", "of", "answers")),
        "certificate": certificate.number if certificate else None,
    }


def _questions(email: str) -> Records:
    found = Question.objects.filter(email__iexact=email).order_by("pk")
    return [
        {
            "name": one.name,
            "email": one.email,
            "asked": one.asked_at.isoformat(),
            "text": one.text,
            "answer": one.answer,
        }
        for one in found
    ]


def _listeners(email: str) -> Records:
    found = FreeListener.objects.filter(email__iexact=email).select_related("training")
    return [
        {"training": one.training.title, "name": one.name, "email": one.email, "unit": one.unit}
        for one in found.order_by("pk")
    ]


def _invited(email: str) -> Records:
    found = Invitation.objects.filter(email__iexact=email).select_related("wave__edition")
    return [
        {
            "edition": one.wave.edition.slug,
            "unit": one.unit,
            "email": one.email,
            "sent": one.sent_at.isoformat() if one.sent_at else None,
        }
        for one in found.order_by("pk")
    ]


def _drafts(email: str) -> Records:
    return [
        {"changed": one.changed_at.isoformat(), "typed": one.data}
        for one in anonymising.drafts(email)
    ]


_HELD: Mapping[str, Held] = {
    "training-contacts": Held(_contacts, anonymising.erase_contact, anonymising.anonymise_due),
    "training-participants": Held(_participants, anonymising.erase_participant),
    "training-questions": Held(_questions, anonymising.erase_asker),
    "training-listeners": Held(_listeners, anonymising.erase_listener),
    "training-invitations": Held(_invited, anonymising.erase_invited),
    "training-drafts": Held(_drafts, anonymising.erase_drafts),
}


def register_all() -> None:
    """Called once when the application starts. Raises KeyError for a purpose without words."""
    words = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    for name, held in _HELD.items():
        register(Holder(id=name, holding=held, **words[name]))
