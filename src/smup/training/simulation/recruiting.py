"""A stage of recruitment replayed: forms, the reserve list, offers, decisions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from smup.accounts.actor import VISITOR
from smup.accounts.models import Organisation
from smup.training.actions import (
    consenting,
    deadlines,
    deciding,
    drafting,
    moving,
    offering,
    setting_up,
    staging,
    submitting,
)
from smup.training.models import Registration
from smup.training.rules.form import Form
from smup.training.rules.kinds import Kind, request
from smup.training.rules.queues import Places, QueueKey, total
from smup.training.rules.refusal import Refused
from smup.training.simulation.drawing import Applicant, person
from smup.training.simulation.play import STAGES, Act, Play, case, stage_of, unit

RUSH = 0.45  # share of forms in the first ten minutes
_FITS, _FITS_LAST = 0.86, 0.97  # places for what is asked for, in the last stage more
_WRONG, _TWICE, _CONSENT = 0.04, 0.05, 0.02
_CONFIRMS, _ACCEPTS, _DECLINES = 0.92, 0.8, 0.1
_WITHDRAWS, _REFUSED, _MOVED, _REOPENED = 0.015, 0.015, 0.01, 0.6
_OFFERS = (5, 12, 19, 26, 33, 40)  # days on which free places are offered
_WHY = {
    "withdraw": "Zmiana planów urzędu.",
    "refuse": "Podano zatrudnienie z jednostkami podległymi.",
    "reopen": "Urząd wyjaśnił rozbieżność.",
    "move": "Jednostka współpracuje z drugim organizatorem.",
    "consent": "Urząd ma dwa wydziały monitorujące usługi.",
    "decline": "Uczestnicy mają w tym czasie inne szkolenie.",
}


def prepare(play: Play, act: Act, applicants: Sequence[Applicant], areas: Sequence[str]) -> None:
    """Put a stage on the clock: its announcement, the forms of these units, and what follows."""
    clock = play.clock
    clock.at(act.moment(act.announced), partial(_announce, play, act, applicants, areas))
    clock.at(act.moment(act.carried), partial(_carry, play, act))
    for one in applicants:
        clock.at(_arrival(play, act), partial(_send, play, act, one.form))
    for day in _OFFERS:
        clock.at(act.moment(day, 12), partial(offer, play, act))
    clock.daily(act.moment(act.announced, 3), act.moment(act.completed, 3), _round)


def offer(play: Play, act: Act, now: datetime) -> None:
    """Offer free places until nobody of the reserve list fits."""
    stage = stage_of(play.edition, act)
    while (one := offering.offer_next(stage, actor=play.staff, now=now)) is not None:
        roll = play.chance.random()
        if roll < _ACCEPTS:
            play.clock.at(play.later(now, 0.1, 6), partial(_accept, one.pk))
        elif roll < _ACCEPTS + _DECLINES:
            play.clock.at(play.later(now, 0.1, 6), partial(_decline, one.pk))


def _round(now: datetime) -> None:
    deadlines.round_(now)


def _announce(
    play: Play, act: Act, applicants: Sequence[Applicant], areas: Sequence[str], now: datetime
) -> None:
    plan = setting_up.StagePlan(
        opens=act.moment(0),
        closes=act.moment(act.closes),
        areas=tuple(areas),
        quarters=act.quarters,
        places=_places(play, act, applicants, areas),
    )
    stage = setting_up.create_stage(play.edition, plan, actor=play.staff, now=now)
    staging.announce(stage, actor=play.staff, now=now)


def _places(play: Play, act: Act, applicants: Sequence[Applicant], areas: Sequence[str]) -> Places:
    """Somewhat fewer than will be asked for, those on the reserve list included."""
    asked = Counter(total(request(one.form.participants) for one in applicants))
    waiting = play.edition.registrations.filter(status="reserve", participants__state="active")
    for kind, area in waiting.values_list("participants__kind", "participants__area"):
        there = kind == Kind.IN_PERSON
        asked[QueueKey(Kind(kind), area if there else None)] += 1
    share = _FITS_LAST if act.number == STAGES else _FITS
    queues = [QueueKey(Kind.ONLINE), *(QueueKey(Kind.IN_PERSON, area) for area in areas)]
    return {queue: round(asked[queue] * share) for queue in queues}


def _carry(play: Play, act: Act, now: datetime) -> None:
    """The reserve list goes on to this stage, and most of it confirms."""
    stage = stage_of(play.edition, act)
    for one in staging.carry_reserve(stage, actor=play.staff, now=now):
        if play.happens(_CONFIRMS):
            play.clock.at(play.later(act.moment(0), 0, 13), partial(_confirm, one.pk))


def _arrival(play: Play, act: Act) -> datetime:
    opens = act.moment(0)
    if play.happens(RUSH):
        return opens + timedelta(seconds=play.chance.uniform(0, 600))
    days = min(play.chance.expovariate(1 / 8), act.closes - 1.0)
    return opens + timedelta(days=days)


def _send(play: Play, act: Act, form: Form, now: datetime) -> None:
    """Fill in a form and send it: some wrong at first, some twice."""
    form = _consented(play, form, now)
    secret = drafting.begin(play.edition, "pl", now)
    if play.happens(_WRONG):
        _send_wrong(play, secret, form, now)
    sent = submitting.submit(secret, form, lang="pl", actor=VISITOR, now=now)
    if play.happens(_TWICE):
        again = submitting.submit(secret, form, lang="pl", actor=VISITOR, now=now)
        assert again.pk == sent.pk, "a double click made a second registration"
    _decide(play, act, sent, now)


def _send_wrong(play: Play, secret: str, form: Form, now: datetime) -> None:
    """Nobody gets in with one person more than the rules say."""
    more = person(play.chance, Kind.ONLINE, form.participants[0].area)
    wrong = replace(form, participants=(*form.participants, more))
    try:
        submitting.submit(secret, wrong, lang="pl", actor=VISITOR, now=now)
    except Refused:
        return
    raise AssertionError("a form with one person too many was accepted")


def _consented(play: Play, form: Form, now: datetime) -> Form:
    """A few larger units are let send one person more."""
    larger = len(form.participants) > play.edition.rules.all_in_person_up_to
    if not larger or not play.happens(_CONSENT):
        return form
    persons, why = len(form.participants) + 1, _WHY["consent"]
    consenting.consent(play.edition, form.unit, persons, why=why, actor=play.staff, now=now)
    more = person(play.chance, Kind.ONLINE, form.participants[0].area)
    return replace(form, participants=(*form.participants, more))


def _decide(play: Play, act: Act, sent: Registration, now: datetime) -> None:
    """What people decide about a registration while the stage is open."""
    until = act.closes - (now - act.moment(0)).total_seconds() / 86_400
    if until < 4:
        return
    soon = play.later(now, 0.5, until - 3)
    if play.happens(_WITHDRAWS):
        play.clock.at(soon, partial(_withdraw, sent.pk))
    elif play.happens(_REFUSED):
        play.clock.at(soon, partial(_refuse, play, sent.pk))
    elif play.happens(_MOVED):
        play.clock.at(soon, partial(_move, play, sent.pk))


def _withdraw(pk: int, now: datetime) -> None:
    one = case(pk)
    deciding.withdraw(one, why=_WHY["withdraw"], actor=unit(one), now=now)


def _refuse(play: Play, pk: int, now: datetime) -> None:
    deciding.refuse(case(pk), "6", why=_WHY["refuse"], actor=play.staff, now=now)
    if play.happens(_REOPENED):
        play.clock.at(now + timedelta(days=1), partial(_reopen, play, pk))


def _reopen(play: Play, pk: int, now: datetime) -> None:
    deciding.reopen(case(pk), why=_WHY["reopen"], actor=play.staff, now=now)


def _move(play: Play, pk: int, now: datetime) -> None:
    one = case(pk)
    other = Organisation.objects.exclude(pk=one.organiser_id).earliest("pk")
    moving.move(one, other, why=_WHY["move"], actor=play.staff, now=now)


def _confirm(pk: int, now: datetime) -> None:
    one = case(pk)
    staging.confirm(one, actor=unit(one), now=now)


def _accept(pk: int, now: datetime) -> None:
    one = case(pk)
    offering.accept(one, actor=unit(one), now=now)


def _decline(pk: int, now: datetime) -> None:
    one = case(pk)
    offering.decline(one, why=_WHY["decline"], actor=unit(one), now=now)
