"""Days and moments as people read them, on the wall clock of Poland."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from smup.language.numbers import Lang

ZONE = ZoneInfo("Europe/Warsaw")


def day_in_words(day: date, lang: Lang) -> str:
    """ "15 marca 2027 r.", "15 March 2027"."""
    return format_date(day, "d MMMM y 'r'." if lang == "pl" else "d MMMM y", locale=lang)


def moment_in_words(moment: datetime, lang: Lang) -> str:
    """ "15 marca 2027 r., godz. 15:00", "15 March 2027, 15:00"."""
    form = "d MMMM y 'r'., 'godz'. H:mm" if lang == "pl" else "d MMMM y, H:mm"
    return format_datetime(moment.astimezone(ZONE), form, locale=lang)
