"""Units after qualification, brought there through the actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfWriter

from smup.language.dates import ZONE
from tests.helpers.recruiting import ONLINE, edition, form, gminas, nips, send, stage

if TYPE_CHECKING:
    from smup.accounts.actor import Actor
    from smup.training.actions.planning import Plan
    from smup.training.models import Edition, Participant, Registration, Training

SENT = datetime(2022, 2, 14, 10, tzinfo=ZONE)  # agreements; the stage has ended
DAY = datetime(2022, 3, 14, 9, tzinfo=ZONE)  # of the online training
PLACES = {("online", ""): 100, ("in_person", "edukacja"): 30}


def staff() -> "Actor":
    from smup.accounts.actor import Actor

    return Actor("person", None, "biuro@zmp.example")


def contact(registration: "Registration") -> "Actor":
    from smup.accounts import actor

    return actor.contact(registration.pk)


def recruited(
    units: Sequence[Sequence[tuple[str, str]]] = ((ONLINE,),),
) -> tuple["Edition", list["Registration"]]:
    """An edition and units with a place, each sending people of these kinds and areas."""
    ours = edition()
    stage(ours, places=PLACES)
    codes = zip(gminas(len(units)), nips(), units, strict=False)
    return ours, [send(ours, form(*one)) for one in codes]


def signed(words: str = "podpisano") -> bytes:
    """A PDF without anything that could run; ``words`` make it another file."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": words})
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def with_agreement(registration: "Registration", now: datetime = SENT) -> "Registration":
    """Sent, returned and accepted."""
    from smup.training.actions import agreeing
    from smup.training.models import Registration

    agreeing.send(registration, actor=staff(), now=now)
    day = now + timedelta(days=1)
    paper = agreeing.return_signed(
        registration, signed(), "umowa.pdf", actor=contact(registration), now=day
    )
    agreeing.check(paper, True, "", actor=staff(), now=day)
    found: Registration = Registration.objects.get(pk=registration.pk)
    return found


def plan(ours: "Edition", **more: object) -> "Plan":
    """Four hours online on ``DAY``."""
    from smup.accounts.models import Organisation
    from smup.training.actions.planning import Plan
    from smup.training.rules.queues import Kind

    values: dict[str, object] = {
        "organiser": Organisation.objects.get(pk="zmp"),
        "kind": Kind.ONLINE,
        "area": "edukacja",
        "quarter": "2022-Q1",
        "title": "Szkolenie online – Edukacja, grupa 1",
        "capacity": 20,
        "days": ((DAY, DAY + timedelta(hours=4)),),
        "link": "https://spotkanie.example/edukacja-1",
    }
    return Plan(**(values | more))  # type: ignore[arg-type]


def training(ours: "Edition", **more: object) -> "Training":
    """Planned and announced."""
    from smup.training.actions import scheduling

    made = scheduling.create(ours, plan(ours, **more), actor=staff(), now=SENT)
    return scheduling.announce(made, actor=staff(), now=SENT)


def with_declarations(person: "Participant", now: datetime) -> None:
    from smup.training.actions import declaring

    for one in declaring.missing(person):
        declaring.deliver(person, one.id, None, actor=staff(), now=now)


def first_of(registration: "Registration") -> "Participant":
    found: Participant = registration.participants.filter(state="active").first()
    return found
