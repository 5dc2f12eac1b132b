"""Who was there: noted day by day, only for those whose declarations came in time (rule 12)."""

from datetime import datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.documents.pdf import paper_pdf
from smup.language.dates import moment_in_words
from smup.training import calendars
from smup.training.actions import notices
from smup.training.actions.calling import where
from smup.training.actions.declaring import delivered
from smup.training.actions.locking import alone
from smup.training.actions.preparing import full_name
from smup.training.models import Attendance, Certificate, Enrolment, Meeting, Training
from smup.training.moments import today
from smup.training.papers.agreement import funding
from smup.training.papers.attendance_list import Group
from smup.training.papers.attendance_list import attendance_list as listed
from smup.training.rules.attendance import may_confirm
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.words import Words

NOTED = "training.attendance.noted"


def note(
    enrolment: Enrolment, meeting: Meeting, present: bool, *, actor: Actor, now: datetime
) -> Attendance:
    """Note whether somebody was there on a day; noting the same again changes nothing.

    Raises Refused before the day has begun, for presence without all declarations by the first
    day, and once there is a certificate.
    """
    with alone(enrolment.training.edition_id):
        one = fresh(enrolment)
        known: Attendance | None = Attendance.objects.filter(
            enrolment=one, meeting=meeting.pk
        ).first()
        if known is not None and known.present == present:
            return known
        day = _day(one, meeting, now)
        if present and (refusal := why_not(one)):
            raise Refused(refusal)
        if Certificate.objects.filter(enrolment=one, withdrawn_reason="").exists():
            raise Refused(Refusal(13, "attendance_certified", "attendance"))
        noted = known or Attendance(enrolment=one, meeting=day)
        noted.present, noted.at, noted.by = present, now, actor.label
        noted.save()
        audit.record(
            actor,
            NOTED,
            f"enrolment:{one.pk}",
            before={} if known is None else {"present": not present},
            after={"present": present, "meeting": day.pk},
            edition=one.training.edition_id,
        )
        return noted


def why_not(enrolment: Enrolment) -> Refusal | None:
    """Why presence cannot be confirmed: declarations that are missing or came too late."""
    first = enrolment.training.meetings.first()
    if first is None:
        return None
    settings = enrolment.training.edition.rules
    return may_confirm(delivered(enrolment.participant), today(first.starts), settings)


def attended(enrolment: Enrolment) -> tuple[int, int]:
    """On how many days, of how many."""
    there = enrolment.attendance.filter(present=True).count()
    return int(there), int(enrolment.training.meetings.count())


def attendance_list(training: Training, *, now: datetime) -> bytes:
    """The list to be signed, a sheet for each day: a PDF."""
    days = training.meetings.all()
    people = [
        (full_name(one.participant), one.participant.registration.unit_name)
        for one in notices.enrolled(training)
    ]
    trainer = training.trainer
    group = Group(
        title=training.title,
        organiser=training.organiser.name,
        place=where(training),
        trainer="" if trainer is None else trainer.name,
        days=tuple(calendars.in_words(one.starts, one.ends, "pl") for one in days),
        people=tuple(people),
    )
    return paper_pdf(listed(group, funding(training.edition.rules), today(now)))


def fresh(enrolment: Enrolment) -> Enrolment:
    """The row as it stands, with all that decides about it."""
    rows = Enrolment.objects.select_related(
        "training__edition", "training__organiser", "participant__registration__organiser"
    )
    found: Enrolment = rows.get(pk=enrolment.pk)
    return found


def _day(enrolment: Enrolment, meeting: Meeting, now: datetime) -> Meeting:
    day: Meeting | None = enrolment.training.meetings.filter(pk=meeting.pk).first()
    if day is None or enrolment.state != "enrolled" or enrolment.training.state == "cancelled":
        raise Refused(Refusal(13, "attendance_other", "attendance"))
    if now < day.starts:
        starts = Words(pl=moment_in_words(day.starts, "pl"), en=moment_in_words(day.starts, "en"))
        raise Refused(Refusal(13, "attendance_early", "attendance", {"starts": starts}))
    return day
