"""Lengths of time and moments in words, for commands and pages alike."""

from datetime import datetime

from smup.language import Lang
from smup.language.dates import ZONE

_DAY = 86_400
_UNITS = (
    (_DAY, {"pl": "dni", "en": "days"}),
    (3_600, {"pl": "godz.", "en": "h"}),
    (60, {"pl": "min", "en": "min"}),
    (1, {"pl": "s", "en": "s"}),
)


def window(seconds: int, lang: Lang) -> str:
    """The length of a limit: "15 min", "24 godz.", "7 dni"."""
    fitting = [one for one in _UNITS if seconds % one[0] == 0 and not seconds == one[0] == _DAY]
    size, names = fitting[0]
    return f"{seconds // size} {names[lang]}"


def local(moment: datetime | str) -> str:
    """A moment as clocks in Poland show it, to the minute; "" stays."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
