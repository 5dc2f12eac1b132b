"""Trainings in calendars: iCalendar files (RFC 5545) on the wall clock of Poland."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from icalendar.enums import STATUS

from smup.language import Lang
from smup.language.dates import ZONE, day_in_words

MEDIA = "text/calendar"
_PRODID = "-//SMUP//Szkolenia//PL"
_YEAR = timedelta(days=366)  # around the days: both changes of the clock stand in the file


@dataclass(frozen=True)
class Day:
    """One day of a training. ``uid`` stays when dates change, so that a calendar moves the entry
    and does not add another; ``sequence`` grows with every change."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    where: str
    link: str
    sequence: int
    cancelled: bool


def calendar(uid: str, days: Sequence[Day], now: datetime) -> bytes:
    """A file for a calendar program; ``uid`` names it, ``now`` is when it was made."""
    whole = Calendar.new(
        uid=uid,
        prodid=_PRODID,
        method="PUBLISH",
        subcomponents=[_event(one, now) for one in days],
    )
    if days:
        first, last = min(one.starts for one in days), max(one.ends for one in days)
        whole.add_missing_timezones(first.date() - _YEAR, last.date() + _YEAR)
    made: bytes = whole.to_ical()
    return made


def in_words(starts: datetime, ends: datetime, lang: Lang) -> str:
    """„15 marca 2027 r., godz. 9:00–13:00”, "15 March 2027, 9:00–13:00"."""
    local, until = starts.astimezone(ZONE), ends.astimezone(ZONE)
    hours = f"{local:%-H:%M}–{until:%-H:%M}"
    return f"{day_in_words(local.date(), lang)}, {'godz. ' if lang == 'pl' else ''}{hours}"


def _event(day: Day, now: datetime) -> Event:
    return Event.new(
        uid=day.uid,
        stamp=now,
        start=day.starts.astimezone(ZONE),
        end=day.ends.astimezone(ZONE),
        summary=day.title,
        location=day.where or None,
        url=day.link or None,
        sequence=day.sequence,
        status=STATUS.CANCELLED if day.cancelled else STATUS.CONFIRMED,
    )
