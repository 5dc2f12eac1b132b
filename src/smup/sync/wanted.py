"""A run somebody asked for on a page, and the one due at night; who starts it is ``web``.

The wish is a note, ``<home>/sync/wanted.json``: the process that serves pages starts nothing that
would have to outlive it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import orjson

from smup.language.dates import ZONE
from smup.store.files import write_whole
from smup.sync.journal import FOLDER, Journal

FILE = "wanted.json"
SETTING = "SMUP_SYNC"
OFF = "off"
AGAIN = timedelta(hours=1)  # a nightly run that was cut off is taken up again after so long


class WrongHour(ValueError):
    def __init__(self, told: str) -> None:
        super().__init__(
            f"{SETTING}: „{told}” to nie godzina – podaj ją jako GG:MM (np. 02:30) albo {OFF}."
        )


def hour(environ: Mapping[str, str]) -> time | None:
    """When a run begins each night (Polish time); None where it does not. Raises WrongHour."""
    told = environ.get(SETTING, OFF).strip()
    if told in ("", OFF):
        return None
    try:
        return datetime.strptime(told, "%H:%M").time()
    except ValueError:
        raise WrongHour(told) from None


def due(home: Path, at: time, now: datetime) -> bool:
    """Has the run of this night not begun yet, or was it cut off a while ago?

    A machine that slept at the hour makes up for it when it wakes.
    """
    local = now.astimezone(ZONE)
    last = datetime.combine(local.date(), at, ZONE)
    if last > local:
        last = datetime.combine(local.date() - timedelta(days=1), at, ZONE)
    journal = Journal(home)
    if journal.alive():
        return False
    for run in journal.runs():
        begun = datetime.fromisoformat(run.started)
        if begun < last:
            return True
        if run.reason == "night":
            cut_off = run.state(alive=False) in ("broken", "stopped")
            return cut_off and now - begun >= AGAIN
    return True


def ask(home: Path, sources: Sequence[str]) -> None:
    """Note that somebody wants these sources asked (all, where none is named)."""
    told = {"sources": list(sources), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    write_whole(home / FOLDER / FILE, orjson.dumps(told))


def asked(home: Path) -> list[str] | None:
    """The sources of the wish that waits; None where there is none, or it cannot be read."""
    try:
        return [str(one) for one in orjson.loads((home / FOLDER / FILE).read_bytes())["sources"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drop(home: Path) -> None:
    (home / FOLDER / FILE).unlink(missing_ok=True)
