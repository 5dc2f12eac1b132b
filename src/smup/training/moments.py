"""Days on the wall clock of Poland, in which every deadline is meant."""

from datetime import date, datetime, time, timedelta

from smup.language.dates import ZONE


def today(now: datetime) -> date:
    """The day it is in Poland."""
    return now.astimezone(ZONE).date()


def end_of(day: date) -> datetime:
    """The moment a last day is over: the midnight after it."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)


def last_day(deadline: datetime) -> date:
    """The day whose end a deadline is."""
    return (deadline - timedelta(microseconds=1)).astimezone(ZONE).date()
