"""What a contact person does with a registration: one function for each button of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest

from smup.accounts.actor import Actor
from smup.training.actions import (
    agreeing,
    asking,
    deciding,
    declaring,
    offering,
    replacing,
    short_areas,
    staging,
)
from smup.training.models import Participant, Registration
from smup.training.rules.refusal import Refusal, Refused
from smup.web.people.where import lang_of
from smup.web.training.form.fields import SEX
from smup.web.training.reading import whole_number

WHAT, PERSON, FILE = "co", "osoba", "plik"


@dataclass(frozen=True)
class Failed:
    """What was tried and could not be done: shown beside its button, with what was typed."""

    what: str
    person: str
    sentence: str
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Deed:
    """One press of a button."""

    request: HttpRequest
    case: Registration
    actor: Actor
    now: datetime

    def text(self, name: str) -> str:
        return str(self.request.POST.get(name, "")).strip()

    @property
    def file(self) -> tuple[bytes, str]:
        """Content and name of the file that was sent; nothing where there is none."""
        sent = self.request.FILES.get(FILE)
        return (sent.read(), sent.name or "") if sent is not None else (b"", "")

    @property
    def person(self) -> Participant:
        """The participant meant. Raises Refused for one of another registration."""
        number = whole_number(self.text(PERSON))
        people = self.case.participants.select_related("registration__edition")
        found: Participant | None = people.filter(pk=number).first()
        if found is None:
            raise Refused(Refusal(9, "participant_left", "participant"))
        return found


def _accept(deed: Deed) -> None:
    offering.accept(deed.case, actor=deed.actor, now=deed.now)


def _decline(deed: Deed) -> None:
    offering.decline(deed.case, why=deed.text("powod"), actor=deed.actor, now=deed.now)


def _confirm(deed: Deed) -> None:
    staging.confirm(deed.case, actor=deed.actor, now=deed.now)


def _wait(deed: Deed) -> None:
    short_areas.answer_area(deed.case, "wait", actor=deed.actor, now=deed.now)


def _online(deed: Deed) -> None:
    short_areas.answer_area(deed.case, "online", actor=deed.actor, now=deed.now)


def _withdraw(deed: Deed) -> None:
    deciding.withdraw(deed.case, why=deed.text("powod"), actor=deed.actor, now=deed.now)


def _return(deed: Deed) -> None:
    content, name = deed.file
    agreeing.return_signed(deed.case, content, name, actor=deed.actor, now=deed.now)


def _declare(deed: Deed) -> None:
    content, name = deed.file
    declaring.deliver(
        deed.person,
        deed.text("rodzaj"),
        content,
        filename=name,
        email=deed.text("email"),
        actor=deed.actor,
        now=deed.now,
    )


def _replace(deed: Deed) -> None:
    name, surname = deed.text("imie"), deed.text("nazwisko")
    replacing.replace(deed.person, name, surname, deed.text(SEX), actor=deed.actor, now=deed.now)


def _ask(deed: Deed) -> None:
    case = deed.case
    asking.ask(
        case.edition,
        case.organiser,
        case.contact_name,
        case.contact_email,
        deed.text("pytanie"),
        lang=lang_of(deed.request),
        registration=case,
        actor=deed.actor,
        now=deed.now,
    )


DEEDS: Mapping[str, Callable[[Deed], None]] = {
    "przyjmuje": _accept,
    "rezygnuje": _decline,
    "potwierdzam": _confirm,
    "czekamy": _wait,
    "online": _online,
    "wycofuje": _withdraw,
    "umowa": _return,
    "oswiadczenie": _declare,
    "zamiana": _replace,
    "pytanie": _ask,
}
