"""An edition in full swing, made through the actions: forty units in every status.

    stage 1: over; its reserve list was carried into
    stage 2: open; with agreements, offers, refusals, people in trainings

Names of people are invented. ``run`` may be given a moment, so that pages can be looked at now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from smup.accounts.actor import Actor
from smup.language.dates import ZONE
from tests.helpers.recruiting import edition, form, nips, send, stage

if TYPE_CHECKING:
    from smup.accounts.models import Person
    from smup.training.actions.planning import Plan
    from smup.training.models import Edition, Registration, Stage, Training

NOW = datetime(2022, 3, 14, 10, tzinfo=ZONE)
FIRST = {("online", ""): 8, ("in_person", "edukacja"): 4}
SECOND = {
    ("online", ""): 16,
    ("in_person", "edukacja"): 2,
    ("in_person", "drogownictwo-i-transport"): 4,
}
OFFICE = Actor("person", None, "jan.biurowy@example.org")
Asked = Sequence[tuple[str, str]]
_DAY = timedelta(days=1)
_HERE, _ROADS = ("in_person", "edukacja"), ("in_person", "drogownictwo-i-transport")


def _online(*areas: str) -> tuple[tuple[str, str], ...]:
    return tuple(("online", area) for area in areas)


# What each unit of a stage asks for, by arrival.
_ASKED_FIRST = (
    _online("edukacja"),
    (_HERE,),
    _online("kultura-i-rekreacja", "edukacja"),
    (_HERE, _HERE),
    _online("ochrona-srodowiska"),
    _online("edukacja", "edukacja", "podatki-i-oplaty-lokalne"),
    (_HERE,),
    (_HERE,),
    _online("geodezja-i-kartografia"),
    _online("edukacja", "edukacja"),
    (_HERE, _HERE, ("online", "edukacja")),
    _online("kultura-i-rekreacja"),
)
_ASKED_SECOND = (
    *(_online("edukacja"),) * 6,
    (_ROADS,),
    (_ROADS, _ROADS),
    _online("edukacja", "kultura-i-rekreacja"),
    (_HERE,),
    (_HERE,),
    *(_online("drogownictwo-i-transport"),) * 6,
    _online("edukacja", "edukacja", "edukacja", "edukacja"),
    (_ROADS,),
    *(_online("lokalna-polityka-spoleczna"),) * 9,
)


@dataclass(frozen=True)
class Programme:
    """What was made; ``cases`` by arrival, ``of`` the first with a status."""

    edition: "Edition"
    stages: tuple["Stage", "Stage"]
    cases: tuple["Registration", ...]
    trainings: tuple["Training", ...]  # held, announced, planned

    def of(self, status: str) -> "Registration":
        from smup.training.models import Registration

        found: Registration = Registration.objects.filter(
            edition=self.edition, status=status
        ).order_by("number")[0]
        return found


def run(now: datetime = NOW, trainer: "Person | None" = None) -> Programme:
    """Everything up to ``now``, which lies in the second stage; ``trainer`` gets two trainings."""
    made = edition()
    first = stage(made, 1, FIRST, opens=now - 70 * _DAY)
    second = stage(made, 2, SECOND, opens=now - 8 * _DAY)
    for one in (first, second):
        one.areas = list(made.rules.areas)
        one.save(update_fields=("areas",))
    codes, numbers = units(len(_ASKED_FIRST) + len(_ASKED_SECOND)), nips()
    early = _send_all(made, _ASKED_FIRST, codes, numbers, first.opens)
    _run_first(early, first, second)
    late = _send_all(made, _ASKED_SECOND, codes[len(early) :], numbers, second.opens)
    _run_second(late, early, second, now)
    held = _hold(made, early[0], first.opens + 25 * _DAY, trainer)
    coming = _plan_next(made, now, trainer)
    return Programme(made, (first, second), (*early, *late), (held, *coming))


def _send_all(
    made: "Edition",
    asked: Sequence[Asked],
    codes: Sequence[str],
    numbers: Iterator[str],
    opens: datetime,
) -> list["Registration"]:
    """One form each 7 minutes, from the opening on."""
    return [
        send(made, form(code, next(numbers), people), opens + at * timedelta(minutes=7))
        for at, (code, people) in enumerate(zip(codes, asked, strict=False))
    ]


def _run_first(sent: Sequence["Registration"], first: "Stage", second: "Stage") -> None:
    """Agreements, a withdrawal of each kind, an offer that was taken and one that lapsed."""
    from smup.accounts.actor import SYSTEM, contact
    from smup.training.actions import checking, deadlines, deciding, offering, staging

    then = first.opens + 3 * _DAY
    for one in sent[:5]:
        checking.note(one, "in_time", True, "", actor=OFFICE, now=then)
        checking.note(one, "number", True, "", actor=OFFICE, now=then)
    for one in (sent[0], sent[1], sent[2], sent[3]):
        _agree(one, then, signs=one is not sent[3], accepted=one is not sent[2])
    why = "Wskazane osoby nie są pracownikami samorządowymi."
    deciding.refuse(sent[4], "9", why=why, actor=OFFICE, now=then)
    why = "Zmiana planów urzędu."
    deciding.withdraw(sent[5], why=why, actor=contact(sent[5].pk), now=then)
    offered = offering.offer_next(first, actor=OFFICE, now=then)
    assert offered is not None
    offering.accept(offered, actor=contact(offered.pk), now=then + _DAY)
    late = then + 20 * _DAY
    deadlines.round_(late)
    why = "Umowy nie podpisano mimo przypomnienia."
    deciding.withdraw_place(sent[3], why=why, fault=True, actor=OFFICE, now=late)
    offering.offer_next(first, actor=OFFICE, now=late)
    deadlines.round_(second.opens)
    staging.carry_reserve(second, actor=SYSTEM, now=second.opens)


def _run_second(
    sent: Sequence["Registration"], early: Sequence["Registration"], second: "Stage", now: datetime
) -> None:
    """Decisions of the days before ``now``; most cases are still to be looked at."""
    from smup.accounts.actor import VISITOR, contact
    from smup.accounts.models import Organisation
    from smup.training.actions import asking, deciding, moving, offering, staging

    waiting = second.registrations.filter(status="to_confirm").order_by("number")
    for one in list(waiting)[1:]:
        staging.confirm(one, actor=contact(one.pk), now=second.opens + _DAY)
    why = "Jednostka prosi o wznowienie; osoby zostały zmienione."
    deciding.reopen(early[4], why=why, actor=OFFICE, now=now - 3 * _DAY)
    _agree(sent[0], now - 3 * _DAY, signs=False)
    _agree(sent[1], now - 3 * _DAY, signs=True, accepted=False)
    _agree(sent[6], now - 3 * _DAY, signs=True, accepted=True)
    why = "Powiat prowadzi sprawę razem z sąsiednim miastem."
    other = Organisation.objects.exclude(pk=sent[2].organiser_id).get()
    moving.move(sent[2], other, why=why, actor=OFFICE, now=now - _DAY)
    why = "Urząd zrezygnował telefonicznie i potwierdził to pismem."
    deciding.withdraw(sent[3], why=why, actor=contact(sent[3].pk), now=now - _DAY)
    offering.offer_next(second, actor=OFFICE, now=now - _DAY)
    why = "Zgłoszono osobę spoza urzędu."
    deciding.refuse(sent[4], "9", why=why, actor=OFFICE, now=now - _DAY)
    asking.ask(
        second.edition,
        other,
        "Maria Wzorowa",
        sent[7].contact_email,
        "Czy na szkolenie stacjonarne może przyjechać inna osoba na każde spotkanie?",
        lang="pl",
        registration=sent[7],
        actor=VISITOR,
        now=now - _DAY,
    )


def _agree(
    case: "Registration", now: datetime, *, signs: bool, accepted: bool | None = None
) -> None:
    """An agreement as far as it got."""
    from smup.accounts.actor import contact
    from smup.training.actions import agreeing

    paper = agreeing.send(case, actor=OFFICE, now=now)
    if not signs:
        return
    unit, then = contact(case.pk), now + timedelta(hours=30)
    agreeing.return_signed(case, blank_pdf(), "umowa.pdf", actor=unit, now=then)
    if accepted:
        agreeing.check(paper, True, "", actor=OFFICE, now=then + timedelta(hours=2))


def _hold(
    made: "Edition", case: "Registration", day: datetime, trainer: "Person | None"
) -> "Training":
    """An online training of the first stage: announced, held, with a certificate."""
    from smup.accounts.actor import contact
    from smup.training.actions import (
        attending,
        certifying,
        closing,
        declaring,
        enrolling,
        scheduling,
        testing,
    )
    from smup.training.papers.questions import test

    early = day - 15 * _DAY
    training = scheduling.create(made, _plan(case, day, trainer), actor=OFFICE, now=early)
    scheduling.announce(training, actor=OFFICE, now=early)
    person = case.participants.get()
    seat = enrolling.enrol(person, training, actor=OFFICE, now=early)
    unit = contact(case.pk)
    for paper in made.rules.documents.declarations:
        declaring.deliver(person, paper.id, None, actor=OFFICE, now=day - _DAY)
    meeting, after = training.meetings.get(), day + timedelta(hours=5)
    right = {one.id: one.right for one in test().questions}
    testing.give(seat, "pre", dict.fromkeys(right, 1), actor=unit, now=day - _DAY)
    attending.note(seat, meeting, True, actor=OFFICE, now=after)
    closing.finish(training, actor=OFFICE, now=after)
    testing.give(seat, "post", right, actor=unit, now=after)
    certifying.issue(seat, actor=OFFICE, now=after + _DAY)
    return training


def _plan_next(
    made: "Edition", now: datetime, trainer: "Person | None"
) -> tuple["Training", "Training"]:
    """One announced with people in it, one that lacks its dates and its trainer."""
    from smup.training.actions import enrolling, scheduling
    from smup.training.models import Participant

    waiting = Participant.objects.filter(
        registration__edition=made,
        registration__status__in=enrolling.HOLDING,
        state="active",
        kind="online",
        area="edukacja",
        enrolments=None,
    ).order_by("registration__number", "order")
    people = list(waiting.select_related("registration"))
    day = (now + 12 * _DAY).replace(hour=9, minute=0, second=0, microsecond=0)
    plan = replace(_plan(people[0].registration, day, trainer), title="Edukacja online, grupa 2")
    coming = scheduling.create(made, plan, actor=OFFICE, now=now)
    for one in people[:3]:
        enrolling.enrol(one, coming, actor=OFFICE, now=now)
    scheduling.announce(coming, actor=OFFICE, now=now)
    bare = replace(plan, title="Edukacja online, grupa 3", days=(), link="", trainer=None)
    return coming, scheduling.create(made, bare, actor=OFFICE, now=now)


def _plan(case: "Registration", day: datetime, trainer: "Person | None") -> "Plan":
    from smup.training.actions.planning import Plan
    from smup.training.rules.queues import Kind

    return Plan(
        organiser=case.organiser,
        kind=Kind.ONLINE,
        area="edukacja",
        quarter="2022-Q1",
        title="Edukacja online, grupa 1",
        capacity=6,
        days=((day, day + timedelta(hours=4)),),
        link="https://spotkania.example.org/edukacja-1",
        trainer=trainer,
        listener_places=2,
    )


def blank_pdf() -> bytes:
    """A page with nothing on it, as harmless as a scan."""
    from pypdf import PdfWriter

    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def units(how_many: int) -> list[str]:
    """Codes of units of every kind, always the same: a powiat and a city among them."""
    from smup.training.register import register
    from smup.training.rules.settings import UNIT_KINDS

    by_kind = [[unit.code for unit in register() if unit.kind is kind] for kind in UNIT_KINDS]
    picked = [codes[at * 7 % len(codes)] for at in range(how_many) for codes in by_kind]
    return list(islice(dict.fromkeys(picked), how_many))
