"""Days and hours on the wall clock of Poland, in which every deadline is meant."""

from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_datetime

from smup.language import Lang
from smup.training.rules.stages import ZONE


def today(now: datetime) -> date:
    """The day it is in Poland."""
    return now.astimezone(ZONE).date()


def end_of(day: date) -> datetime:
    """The moment a last day is over: the midnight after it."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)


def last_day(deadline: datetime) -> date:
    """The day whose end a deadline is."""
    return (deadline - timedelta(microseconds=1)).astimezone(ZONE).date()


def day_in_words(day: date, lang: Lang) -> str:
    """ "15 marca 2027 r.", "15 March 2027"."""
    return format_date(day, "d MMMM y 'r'." if lang == "pl" else "d MMMM y", locale=lang)


def moment_in_words(moment: datetime, lang: Lang) -> str:
    """ "15 marca 2027 r., godz. 15:00", "15 March 2027, 15:00"."""
    form = "d MMMM y 'r'., 'godz'. H:mm" if lang == "pl" else "d MMMM y, H:mm"
    return format_datetime(moment.astimezone(ZONE), form, locale=lang)
