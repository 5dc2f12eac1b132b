"""What ends: a training, its account, and the case of a unit all of whose people are done."""

from datetime import datetime, timedelta

from smup.accounts.actor import SYSTEM, Actor
from smup.language import Lang
from smup.language.dates import day_in_words, moment_in_words
from smup.training.actions import notices
from smup.training.actions.advancing import advance, may
from smup.training.actions.enrolling import active
from smup.training.actions.locking import case
from smup.training.actions.scheduling import held_training
from smup.training.actions.stepping import step
from smup.training.models import Attendance, Meeting, Registration, Training
from smup.training.moments import today
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.words import Words

SURVEY_DAYS = 7  # a usual time to answer in; the survey stays open afterwards


def finish(training: Training, *, actor: Actor, now: datetime) -> Training:
    """Note that a training was held and ask its people for test and survey.

    Raises NotPossible, Refused before its end.
    """
    with held_training(training) as one:
        if one.state == "held":
            return one
        may(one, "finish")
        last = one.meetings.last()
        if last is None or now < last.ends:
            raise Refused(_not_over(last))
        event = advance(one, "finish", actor=actor, edition=one.edition_id)
        until = today(now) + timedelta(days=SURVEY_DAYS)

        def told(lang: Lang) -> dict[str, str]:
            return {"training": one.title, "deadline": day_in_words(until, lang)}

        readers = notices.of_enrolments(notices.enrolled(one))
        notices.tell("survey-invitation", one, readers, event, told, now=now)
        return one


def close(training: Training, *, actor: Actor, now: datetime) -> Training:
    """Account for a training that was held; cases of units whose people are all done end with it.

    Raises NotPossible, Refused while the attendance of somebody is not noted.
    """
    with held_training(training) as one:
        if one.state == "closed":
            return one
        may(one, "close")
        if gaps := missing_attendance(one):
            raise Refused(Refusal(13, "attendance_gaps", "attendance", {"missing": gaps}))
        advance(one, "close", actor=actor, edition=one.edition_id)
        for registration in {each.participant.registration for each in notices.enrolled(one)}:
            if is_done(registration):
                with case(registration) as held:
                    step(held, "complete", actor=SYSTEM, now=now)
        return one


def missing_attendance(training: Training) -> int:
    """How many times nobody has said yet whether somebody was there."""
    people = notices.enrolled(training)
    noted = Attendance.objects.filter(enrolment__in=people, meeting__training=training).count()
    return len(people) * int(training.meetings.count()) - int(noted)


def is_done(registration: Registration) -> bool:
    """Is every training of every participant accounted for?"""
    people = registration.participants.filter(state="active")
    return registration.status == "in_training" and all(
        active(one).filter(training__state="closed").exists() for one in people
    )


def _not_over(last: Meeting | None) -> Refusal:
    said = Words(pl="bez terminu", en="no date")
    if last is not None:
        said = Words(pl=moment_in_words(last.ends, "pl"), en=moment_in_words(last.ends, "en"))
    return Refusal(13, "training_not_over", "state", {"until": said})
