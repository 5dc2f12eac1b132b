"""Letters to everyone a training concerns, to each address once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from smup.accounts.models import Event
from smup.language import Lang
from smup.mailing.outbox import Enclosed, put
from smup.training import addresses
from smup.training.actions.letters import lang_of, of_organiser, panel
from smup.training.models import Enrolment, FreeListener, Registration, Training

SCHEDULE = "harmonogram"


@dataclass(frozen=True)
class Reader:
    """Whom to write to; ``contact`` is the registration whose contact person it is, who gets the
    link to the panel. ``id`` tells readers of one event apart."""

    id: str
    email: str
    lang: Lang
    contact: Registration | None = None

    def link(self, now: datetime) -> str:
        """What the letter leads to."""
        if self.contact is None:
            return addresses.page(SCHEDULE, self.lang)
        return panel(self.contact, now)


def of_enrolments(enrolments: Iterable[Enrolment]) -> Iterator[Reader]:
    """Contact persons first, so that theirs is the letter with the panel; then the people."""
    held = list(enrolments)
    for registration in {one.participant.registration for one in held}:
        lang = lang_of(registration)
        name = f"registration:{registration.pk}"
        yield Reader(name, registration.contact_email, lang, registration)
    for one in held:
        person = one.participant
        if person.email:
            lang = lang_of(person.registration)
            yield Reader(f"participant:{person.pk}", person.email, lang)


def of_training(training: Training) -> Iterator[Reader]:
    """Everyone concerned: contact persons, participants, the trainer, free listeners."""
    yield from of_enrolments(enrolled(training))
    if training.trainer is not None:
        lang: Lang = "en" if training.trainer.lang == "en" else "pl"
        yield Reader("trainer", training.trainer.email, lang)
    for one in FreeListener.objects.filter(training=training).order_by("pk"):
        yield Reader(f"listener:{one.pk}", one.email, "pl")


def enrolled(training: Training) -> list[Enrolment]:
    """Who is in the training, in the order of arrival of their units."""
    rows = training.enrolments.filter(state="enrolled", participant__state="active")
    rows = rows.select_related("participant__registration__edition")
    return list(rows.order_by("participant__registration__number", "participant__order"))


def tell(
    letter: str,
    training: Training,
    readers: Iterable[Reader],
    event: Event,
    told: Callable[[Lang], Mapping[str, str]],
    *,
    now: datetime,
    attachments: tuple[Enclosed, ...] = (),
) -> int:
    """Write ``letter`` to each reader, in the caller's transaction; how many letters.

    ``told`` gives the fields in a language, but for the footer and ``link``.
    """
    settings, organiser = training.edition.rules, training.organiser
    written: set[str] = set()
    for reader in readers:
        to = reader.email.lower()
        if to in written:
            continue
        written.add(to)
        footer = of_organiser(settings, organiser, reader.lang)
        put(
            letter,
            reader.email,
            reader.lang,
            {**footer, **told(reader.lang), "link": reader.link(now)},
            key=f"event:{event.pk}:{reader.id}",
            about=f"training:{training.pk}",
            organisation=organiser.pk,
            attachments=attachments,
            now=now,
        )
    return len(written)
