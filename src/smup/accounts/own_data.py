"""What this application itself holds of people: accounts, sessions, and the record of writes."""

from datetime import datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Event, Person
from smup.accounts.personal import Holder, register


class Accounts:
    """The account of a person; erasing it takes the roles, second factor and sessions along."""

    def export(self, email: str) -> list[dict[str, object]]:
        return [
            {
                "email": person.email,
                "name": person.name,
                "active": person.is_active,
                "joined": person.joined.isoformat(),
                "last_login": person.last_login.isoformat() if person.last_login else None,
                "roles": [
                    {"role": role, "organisation": organisation}
                    for role, organisation in person.memberships.values_list(
                        "role", "organisation_id"
                    )
                ],
            }
            for person in Person.objects.filter(email=email)
        ]

    def erase(self, email: str, actor: Actor, why: str) -> int:
        person = Person.objects.filter(email=email).first()
        if person is None:
            return 0
        audit.record(actor, "accounts.person.erased", f"person:{person.pk}", why=why)
        person.delete()
        return 1

    def anonymise_due(self, now: datetime) -> int:
        return 0  # an account lasts as long as the work; an administrator ends it


class Record:
    """E-mails of staff beside what they did; it is evidence and cannot be changed."""

    def export(self, email: str) -> list[dict[str, object]]:
        found = Event.objects.filter(actor_kind="person", actor=email)
        return [
            {"at": at.isoformat(), "what": what, "about": about}
            for at, what, about in found.values_list("at", "what", "about")
        ]

    def erase(self, email: str, actor: Actor, why: str) -> int:
        return 0

    def anonymise_due(self, now: datetime) -> int:
        return 0  # audit.forget_old removes whole rows


def register_all() -> None:
    register(
        Holder(
            id="accounts",
            what={
                "pl": "Osoby prowadzące szkolenia i administrujące serwisem: adres e-mail, imię "
                "i nazwisko, rola, czas logowania, sieć i przeglądarka otwartych sesji.",
                "en": "People who run trainings and administer the service: e-mail, name, role, "
                "time of sign-in, network and browser of open sessions.",
            },
            purpose={
                "pl": "Logowanie i uprawnienia.",
                "en": "Signing in and permissions.",
            },
            retention={
                "pl": "Do usunięcia konta; sesje 12 godzin.",
                "en": "Until the account is removed; sessions for 12 hours.",
            },
            kept={"pl": "", "en": ""},
            holding=Accounts(),
        )
    )
    register(
        Holder(
            id="audit",
            what={
                "pl": "Dziennik: kto z obsługi, co i kiedy zmienił.",
                "en": "The record of writes: who of the staff changed what and when.",
            },
            purpose={
                "pl": "Rozliczalność decyzji i środków programu.",
                "en": "Accountability of decisions and of the programme's means.",
            },
            retention={"pl": "2 lata od zapisu.", "en": "2 years from the entry."},
            kept={
                "pl": "Dziennika nie można zmienić przed upływem 2 lat: jest dowodem w rozliczeniu "
                "programu.",
                "en": "The record cannot be changed within 2 years: it is evidence in the "
                "programme's accounting.",
            },
            holding=Record(),
        )
    )
