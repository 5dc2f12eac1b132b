"""When a message the server did not take is tried again."""

from datetime import timedelta

# After the first, second, … attempt; after the last one the message has failed.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts (1 or more); None when there were enough."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
