"""A training as letters and calendars call it: when, where, and its calendar file."""

from datetime import datetime

from smup.accounts.files import keep
from smup.language import Lang
from smup.mailing.outbox import Enclosed
from smup.training import calendars
from smup.training.calendars import MEDIA, Day
from smup.training.models import Edition, Training
from smup.training.rules.queues import Kind


def when(training: Training, lang: Lang) -> str:
    """Its days, a line each."""
    days = training.meetings.all()
    return "\n".join(calendars.in_words(one.starts, one.ends, lang) for one in days)


def where(training: Training) -> str:
    """The room, or the address of the online meeting."""
    found: str = training.place if training.kind == Kind.IN_PERSON else training.link
    return found


def when_and_where(training: Training, lang: Lang) -> str:
    return "\n".join(one for one in (when(training, lang), where(training)) if one)


def invitation(training: Training, lang: Lang) -> dict[str, str]:
    """What an invitation says, but for its link."""
    return {
        "training": training.title,
        "date": when(training, lang),
        "place": where(training),
    }


def calendar(training: Training, *, now: datetime) -> bytes:
    """The training as an iCalendar file. It names the online meeting, so it is for those who take
    part; what everybody may see is ``public_calendar``."""
    return calendars.calendar(f"szkolenie-{training.pk}@smup", _days(training, private=True), now)


def public_calendar(edition: Edition, *, now: datetime) -> bytes:
    """All announced trainings of an edition, without the addresses of online meetings."""
    announced = edition.trainings.filter(state__in=("announced", "held", "closed", "cancelled"))
    days = [
        day
        for training in announced.exclude(revision=0).prefetch_related("meetings")
        for day in _days(training, private=False)
    ]
    return calendars.calendar(f"szkolenia-{edition.slug}@smup", days, now)


def enclosed(training: Training, *, now: datetime) -> Enclosed:
    """The calendar file as an attachment, in the caller's transaction."""
    name = f"szkolenie-{training.pk}.ics"
    return Enclosed(name, keep(calendar(training, now=now), MEDIA))


def _days(training: Training, *, private: bool) -> list[Day]:
    return [
        Day(
            uid=f"szkolenie-{training.pk}-{n}@smup",
            starts=one.starts,
            ends=one.ends,
            title=training.title,
            where=training.place,
            link=training.link if private else "",
            sequence=training.revision,
            cancelled=training.state == "cancelled",
        )
        for n, one in enumerate(training.meetings.all(), 1)
    ]
