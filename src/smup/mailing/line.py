"""What is known of the way to the mail server, for people and for the next round."""

from datetime import datetime, timedelta

from smup.mailing.models import Line

REST = timedelta(seconds=30)  # after the server could not be reached
SEEN = timedelta(minutes=1)  # rounds are noted as seldom as this
SILENT = timedelta(minutes=5)  # after which people are told that nothing sends
_LONGEST = 500


def state() -> Line | None:
    """None while no round was ever made."""
    found: Line | None = Line.objects.first()
    return found


def ready(now: datetime) -> bool:
    """May the server be tried? Not right after it could not be reached."""
    known = state()
    return known is None or known.tried is None or not known.tried <= now < known.tried + REST


def note_round(now: datetime) -> None:
    """A round was made, so something sends."""
    known = state()
    if known is None or not known.seen <= now < known.seen + SEEN:
        Line.objects.update_or_create(pk=1, defaults={"seen": now})


def note_trouble(words: str, now: datetime) -> None:
    """Nobody could be reached; ``since`` keeps when that began."""
    known = state()
    since = known.since if known is not None and known.trouble else now
    told = {"trouble": words[:_LONGEST], "since": since, "tried": now}
    Line.objects.update_or_create(pk=1, defaults=told | {"seen": now})


def note_works(now: datetime) -> None:
    """The server answers."""
    known = state()
    if known is not None and known.trouble:
        Line.objects.filter(pk=1).update(trouble="", since=None, tried=None)
