"""Recruitment checked: stages, arrival, who registered with how many people, and their letters."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from smup.accounts.models import Event
from smup.mailing.models import Message
from smup.training.models import Edition, Participant, Registration
from smup.training.simulation.violation import Violation

_POLAND = ZoneInfo("Europe/Warsaw")
_CITIES_AND_POWIATS = {"powiat", "miasto-na-prawach-powiatu"}
# What a unit is written about, and with which letter.
_LETTERS = {
    "training.registration.qualified": "result-qualified",
    "training.registration.reserved": "result-reserve",
    "training.registration.refused": "result-refused",
    "training.registration.offered": "place-offered",
    "training.registration.offer_accepted": "result-qualified",
    "training.registration.carried_over": "stage-confirm",
    "training.registration.confirmed": "result-qualified",
    "training.registration.confirmed_to_reserve": "result-reserve",
    "training.registration.lapsed": "offer-lapsed",
    "training.registration.withdrawn": "registration-withdrawn",
    "training.registration.place_withdrawn": "place-withdrawn",
    "training.registration.reopened": "registration-reopened",
    "training.registration.reopened_to_reserve": "registration-reopened",
    "training.registration.moved": "moved-organiser",
    "training.registration.agreement_sent": "agreement-ready",
    "training.registration.agreement_accepted": "agreement-returned-ok",
    "training.registration.agreement_sent_back": "agreement-returned-bad",
}
_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


def stages(edition: Edition) -> Iterator[Violation]:
    """Each open long enough, one after another."""
    end = None
    for stage in edition.stages.order_by("number"):
        opens, closes = (one.astimezone(_POLAND) for one in (stage.opens, stage.closes))
        lasts = closes.replace(tzinfo=None) - opens.replace(tzinfo=None)
        if lasts < timedelta(days=edition.rules.min_stage_days):
            yield Violation("stage", f"stage:{stage.pk}", f"open for {lasts.days} days")
        if end is not None and stage.opens < end:
            yield Violation("stage", f"stage:{stage.pk}", "opened before the one before it ended")
        end = stage.closes


def arrivals(edition: Edition) -> Iterator[Violation]:
    """Numbers follow the order of arrival."""
    before = None
    for one in edition.registrations.order_by("number"):
        if before is not None and one.arrived_at < before.arrived_at:
            yield Violation(
                "order", _about(one), f"number {one.number} came before {before.number}"
            )
        before = one


def units(edition: Edition) -> Iterator[Violation]:
    """Who registered: not from the pilot, once, with a tax number of their own, at the right
    organiser unless a person moved them."""
    pilot = set(edition.pilot_units.values_list("unit", flat=True))
    moved = set(
        Event.objects.filter(edition=edition.pk, what="training.registration.moved").values_list(
            "about", flat=True
        )
    )
    codes, numbers = Counter[str](), Counter[str]()
    for one in edition.registrations.all():
        codes[one.unit] += 1
        numbers[one.nip] += 1
        if one.unit in pilot:
            yield Violation("pilot", _about(one), f"{one.unit} took part in the pilot")
        if codes[one.unit] > 1 or numbers[one.nip] > 1:
            yield Violation("once", _about(one), f"{one.unit} or its NIP is there twice")
        if not _is_nip(one.nip):
            yield Violation("nip", _about(one), "the check digit is wrong")
        expected = "zpp" if one.unit_kind in _CITIES_AND_POWIATS else "zmp"
        if one.organiser_id != expected and _about(one) not in moved:
            yield Violation("organiser", _about(one), f"{one.unit_kind} is with {one.organiser_id}")


def people(edition: Edition) -> Iterator[Violation]:
    """How many people for the headcount, and which kinds of training they chose."""
    consents = dict(edition.consents.values_list("unit", "persons"))
    sent: dict[int, list[Participant]] = defaultdict(list)
    rows = Participant.objects.filter(registration__edition=edition).exclude(state="replaced")
    for person in rows:
        sent[person.registration_id].append(person)
    for one in edition.registrations.all():
        theirs = sent[one.pk]
        needed = _needed(one.headcount, edition)
        most = max(needed, consents.get(one.unit, 0))
        if not needed <= len(theirs) <= most:
            told = f"{len(theirs)} people, {needed} for {one.headcount} employed"
            yield Violation("headcount", _about(one), told)
        if not _kinds_are_good(theirs, edition):
            yield Violation("kinds", _about(one), "kinds of training that one unit may not choose")


def letters(edition: Edition) -> Iterator[Violation]:
    """One letter for every result, to the contact person, and none without a result."""
    cases = {_about(one): one for one in edition.registrations.all()}
    sent: dict[str, list[Message]] = defaultdict(list)
    for message in Message.objects.filter(about__in=cases, key__startswith="event:"):
        sent[message.key].append(message)
    for event in Event.objects.filter(edition=edition.pk, what__in=_LETTERS):
        found = [one for one in sent.pop(f"event:{event.pk}", []) if one.about == event.about]
        if [one.letter for one in found] != [_LETTERS[event.what]]:
            told = f"{event.what}: {len(found)} letters"
            yield Violation("letters", event.about, told)
        for message in found:
            if message.to != cases[event.about].contact_email:
                yield Violation("letters", event.about, "a letter to somebody else")
    results = set(_LETTERS.values())
    for key, messages in sent.items():
        if messages[0].letter in results:
            yield Violation("letters", messages[0].about, f"a letter without a result: {key}")


def deadlines(edition: Edition) -> Iterator[Violation]:
    """Nothing waits for an answer after the end of everything."""
    last = edition.stages.order_by("-closes").first()
    waiting = edition.registrations.filter(status__in=("offered", "to_confirm"))
    for one in waiting if last is not None and edition.state == "ended" else ():
        yield Violation("deadline", _about(one), f"still {one.status} at the end of the edition")


def _about(registration: Registration) -> str:
    return f"registration:{registration.pk}"


def _is_nip(nip: str) -> bool:
    if len(nip) != 10 or not nip.isdecimal() or set(nip) == {"0"}:
        return False
    return sum(w * int(sign) for w, sign in zip(_WEIGHTS, nip, strict=False)) % 11 == int(nip[9])


def _needed(headcount: int, edition: Edition) -> int:
    for step in edition.rules.headcount:
        if step.up_to is None or headcount <= step.up_to:
            return step.people
    return 0


def _kinds_are_good(people: list[Participant], edition: Edition) -> bool:
    there = [one for one in people if one.kind == "in_person"]
    if len({one.area for one in there}) > 1:
        return False
    if len(people) <= edition.rules.all_in_person_up_to:
        return len(there) in (0, len(people))
    return len(there) <= edition.rules.max_in_person_per_unit
