"""Who is in which training (rules 7 and 13)."""

from datetime import datetime

from django.db.models import QuerySet

from smup.accounts.actor import Actor
from smup.accounts.models import Event
from smup.training.actions import calling, notices
from smup.training.actions.advancing import advance
from smup.training.actions.locking import alone
from smup.training.actions.preparing import RUNNING, kind_and_area
from smup.training.models import Attendance, Edition, Enrolment, Participant, Training
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.words import Words
from smup.training.rules.workflow import workflow

HOLDING = frozenset({"qualified", "agreement_sent", "agreement_returned", "in_training"})


def enrol(
    participant: Participant, training: Training, *, actor: Actor, now: datetime
) -> Enrolment:
    """Put a participant into a training; of an announced one the unit gets an invitation.

    Enrolled already, it is the enrolment there is. Raises Refused for a training of another kind,
    area or edition, one that is full or over, a participant who left or is in another.
    """
    with alone(training.edition_id) as edition:
        one, person = fresh_training(training, edition), fresh_participant(participant)
        same: Enrolment | None = active(person).filter(training=one).first()
        if same is not None:
            return same
        check_may_join(person, one)
        if other := active(person).select_related("training").first():
            fields = {"training": other.training.title}
            raise Refused(Refusal(13, "already_in_training", "training", fields))
        enrolment, event = _enrolled(person, one, actor)
        if one.state == "announced":
            notices.tell(
                "training-invitation",
                one,
                notices.of_enrolments([enrolment]),
                event,
                lambda lang: calling.invitation(one, lang),
                now=now,
                attachments=(calling.enclosed(one, now=now),),
            )
        return enrolment


def move(enrolment: Enrolment, training: Training, *, actor: Actor, now: datetime) -> Enrolment:
    """Move a participant to another group; the unit is told what it was and will be.

    Raises NotPossible for somebody no longer in the first, Refused as ``enrol`` does.
    """
    with alone(training.edition_id) as edition:
        one = fresh_training(training, edition)
        old = _fresh(enrolment)
        same: Enrolment | None = active(old.participant).filter(training=one).first()
        if same is not None:
            return same
        check_may_join(old.participant, one)
        _check_not_there(old)
        advance(old, "move", actor=actor, edition=edition.pk)
        new, event = _enrolled(old.participant, one, actor)
        was = old.training
        if "announced" in (was.state, one.state):
            notices.tell(
                "training-changed",
                one,
                notices.of_enrolments([new]),
                event,
                lambda lang: {
                    "training": one.title,
                    "was": f"{was.title}\n{calling.when_and_where(was, lang)}",
                    "becomes": f"{one.title}\n{calling.when_and_where(one, lang)}",
                },
                now=now,
                attachments=(calling.enclosed(one, now=now),),
            )
        return new


def resign(enrolment: Enrolment, *, why: str = "", actor: Actor, now: datetime) -> Enrolment:
    """Take a participant off a training, who stays a participant. Raises NotPossible."""
    with alone(enrolment.training.edition_id) as edition:
        one = _fresh(enrolment)
        if one.state == "resigned":
            return one
        _check_not_there(one)
        advance(one, "resign", actor=actor, edition=edition.pk, why=why)
        return one


def enrolled_count(training: Training) -> int:
    """How many of its places are taken."""
    return int(training.enrolments.filter(state="enrolled").count())


def active(participant: Participant) -> QuerySet[Enrolment]:
    """Enrolments that count: not moved, not given up, of a training that was not cancelled."""
    return participant.enrolments.filter(state="enrolled").exclude(training__state="cancelled")


def check_may_join(person: Participant, training: Training) -> None:
    """Raises Refused where the person may not come to the training, or nobody more may."""
    registration, found = person.registration, []
    if registration.edition_id != training.edition_id:
        found.append(Refusal(13, "training_other_edition", "training"))
    if person.state != "active":
        found.append(Refusal(9, "participant_left", "participant"))
    if registration.status not in HOLDING:
        status = workflow("registration").statuses[registration.status].name
        found.append(Refusal(1, "without_place", "participant", {"status": status}))
    if training.state not in RUNNING:
        status = workflow("training").statuses[training.state].name
        found.append(Refusal(13, "training_not_open", "training", {"status": status}))
    if (person.kind, person.area) != (training.kind, training.area):
        fields = {"asked": _words(person), "given": _words(training)}
        found.append(Refusal(7, "training_kind", "training", fields))
    if enrolled_count(training) >= training.capacity:
        found.append(Refusal(13, "training_full", "training", {"capacity": training.capacity}))
    if found:
        raise Refused(*found)


def fresh_training(training: Training, edition: Edition) -> Training:
    """The row as it stands under the lock."""
    rows = Training.objects.select_related("organiser", "trainer")
    one: Training = rows.get(pk=training.pk)
    one.edition = edition
    return one


def fresh_participant(participant: Participant) -> Participant:
    people = Participant.objects.select_related("registration__edition", "registration__organiser")
    found: Participant = people.get(pk=participant.pk)
    return found


def _fresh(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_related(
        "training__organiser",
        "training__edition",
        "participant__registration__edition",
        "participant__registration__organiser",
    )
    found: Enrolment = rows.get(pk=enrolment.pk)
    return found


def _enrolled(person: Participant, training: Training, actor: Actor) -> tuple[Enrolment, Event]:
    made = Enrolment(training=training, participant=person)
    noted = {"training": training.pk, "participant": person.pk}
    event = advance(made, "enrol", actor=actor, edition=training.edition_id, noted=noted)
    return made, event


def _check_not_there(enrolment: Enrolment) -> None:
    """Whoever was there on a day stays in the group that day was of."""
    if Attendance.objects.filter(enrolment=enrolment, present=True).exists():
        raise Refused(Refusal(13, "was_there", "training"))


def _words(of: Participant | Training) -> Words:
    return Words(pl=kind_and_area(of.kind, of.area, "pl"), en=kind_and_area(of.kind, of.area, "en"))
