"""Letters about a registration: each field is made here once, for every letter that names it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from smup.accounts import links
from smup.accounts.models import Organisation
from smup.language import Lang, noun
from smup.language.dates import day_in_words
from smup.mailing.letter import letter_of
from smup.mailing.outbox import Enclosed, put
from smup.training import addresses
from smup.training.models import Edition, Participant, Registration, Stage
from smup.training.moments import last_day
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Admission
from smup.training.rules.settings import EditionSettings
from smup.training.rules.words import Words

PURPOSE = "training.contact"  # of links that open the panel of a registration
LINK_HOURS = 14 * 24  # a new one can be asked for at any time
STAGE = Words(pl="Etap {number}", en="Stage {number}")
QUALIFIED = Words(pl="jednostka zakwalifikowana", en="the unit is qualified")
_PEOPLE = {"pl": "osoba|osoby|osób", "en": "person|people"}
RESERVE = Words(pl="lista rezerwowa, miejsce {position}", en="reserve list, position {position}")
RULE = Words(pl="Zasady uczestnictwa, pkt {rule}", en="Rules of participation, point {rule}")


def subject(registration: Registration) -> str:
    """What is written about in the record and in the outbox."""
    return f"registration:{registration.pk}"


def number_of(registration: Registration) -> str:
    """The arrival number as people read it: ``2022-2023/0142``."""
    return f"{registration.edition.slug}/{registration.number:04d}"


def panel(registration: Registration, now: datetime) -> str:
    """A new link to the panel of the contact person, who needs no password."""
    token = links.issue(PURPOSE, subject(registration), LINK_HOURS, once=False, now=now)
    return addresses.page("moje", lang_of(registration), klucz=token)


def lang_of(registration: Registration) -> Lang:
    return "en" if registration.lang == "en" else "pl"


def people(persons: int, lang: Lang) -> str:
    """ "2 osoby", "2 people"."""
    return f"{persons} {noun(persons, _PEOPLE[lang])}"


def of_people(participants: Sequence[Participant], lang: Lang) -> dict[str, str]:
    """How many there are, and a line for each kind and area."""
    counted = Counter((one.kind, one.area) for one in participants)
    lines = [
        f"{kind_name(kind, lang)}, {area_name(area, lang)}: {people(n, lang)}"
        for (kind, area), n in counted.items()
    ]
    return {"people": people(len(participants), lang), "trainings": "\n".join(lines)}


def result(admission: Admission, lang: Lang) -> str:
    """ "lista rezerwowa, miejsce 3"."""
    words = QUALIFIED if admission.qualified else RESERVE
    return words.of(lang).format(position=admission.position)


def of_organiser(edition: EditionSettings, organiser: Organisation, lang: Lang) -> dict[str, str]:
    """The fields of the footer: who writes, and who pays."""
    contact = ", ".join(one for one in (organiser.email, organiser.phone) if one)
    return {
        "edition": edition.name.of(lang),
        "organiser": organiser.name,
        "organiser_contact": contact or addresses.page(f"organizator/{organiser.pk}", lang),
        "funding": "\n".join(mark.of(lang) for mark in edition.funding),
    }


@dataclass(frozen=True)
class About:
    """A registration as a letter tells of it."""

    registration: Registration
    now: datetime

    @property
    def lang(self) -> Lang:
        return lang_of(self.registration)

    @cached_property
    def edition(self) -> Edition:
        edition: Edition = self.registration.edition
        return edition

    @cached_property
    def stage(self) -> Stage:
        stage: Stage = self.registration.stage
        return stage

    @cached_property
    def participants(self) -> Sequence[Participant]:
        return list(self.registration.participants.filter(state="active"))

    def of_people(self, name: str) -> str:
        return of_people(self.participants, self.lang)[name]

    @property
    def deadline(self) -> str:
        day = self.registration.deadline
        return day_in_words(last_day(day), self.lang) if day else ""


_FIELDS: Mapping[str, Callable[[About], str]] = {
    "unit": lambda about: about.registration.unit_name,
    "number": lambda about: number_of(about.registration),
    "stage": lambda about: STAGE.of(about.lang).format(number=about.stage.number),
    "people": lambda about: about.of_people("people"),
    "trainings": lambda about: about.of_people("trainings"),
    "reason": lambda about: about.registration.reason,
    "rule": lambda about: RULE.of(about.lang).format(rule=about.registration.rule),
    "deadline": lambda about: about.deadline,
    "link": lambda about: panel(about.registration, about.now),
}


def write(
    letter: str,
    registration: Registration,
    *,
    key: str,
    now: datetime,
    told: Mapping[str, str] | None = None,
    attachments: Sequence[Enclosed] = (),
) -> None:
    """Put a letter to the contact person into the outbox, in the transaction of the caller.

    ``told`` are fields only the caller knows. Raises KeyError for a field nobody makes.
    """
    about, known = About(registration, now), dict(told or {})
    lang = about.lang
    known |= of_organiser(about.edition.rules, registration.organiser, lang)
    for name in letter_of(letter).every_field:
        if name not in known:
            known[name] = _FIELDS[name](about)
    put(
        letter,
        registration.contact_email,
        lang,
        known,
        key=key,
        about=subject(registration),
        organisation=registration.organiser_id,
        attachments=attachments,
        now=now,
    )
