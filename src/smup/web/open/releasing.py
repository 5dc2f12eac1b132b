"""The release an answer is made of: the one that serves, or another asked for by ``asOf``."""

import re
from datetime import UTC, date, datetime, time

from django.http import HttpRequest

from smup.language.dates import ZONE
from smup.store.errors import StoreError
from smup.store.releases import Release
from smup.web.config.current import NoReleaseServing, release_of, releases
from smup.web.open.answers import FOREVER, NO_CACHE
from smup.web.open.problems import Problem

PARAMETER = "asOf"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def current(request: HttpRequest) -> Release:
    """The release of the request. Raises Problem 503 while there is none."""
    try:
        return release_of(request)
    except NoReleaseServing:
        raise Problem(503, "Nie zbudowano jeszcze żadnego wydania danych.") from None


def as_of(request: HttpRequest, asked: str) -> Release:
    """``asked`` is the id of a release, a day (the newest release built until then), or "".

    Raises Problem 400 for anything else, 404 for what the store does not have.
    """
    if not asked:
        return current(request)
    if _DAY.fullmatch(asked):
        return _until(asked)
    return opened(asked, PARAMETER)


def opened(asked: str, parameter: str) -> Release:
    """The release of an id. Raises Problem 404 with the newest ids there are."""
    try:
        return releases().open(asked)
    except (StoreError, OSError, ValueError):
        detail = f"Nie ma wydania „{asked[:40]}”. Podaj numer wydania albo dzień (RRRR-MM-DD)."
        raise Problem(404, detail, parameter, releases().ids()[::-1][:5]) from None


def lasting(asked: str, release: Release) -> str:
    """Cache-Control of an answer: for ever where the address names the release itself."""
    return FOREVER if asked == release.id else NO_CACHE


def _until(day: str) -> Release:
    try:
        last = datetime.combine(date.fromisoformat(day), time.max, ZONE)
        last.astimezone(UTC)  # the first and the last day there is have no moment elsewhere
    except (ValueError, OverflowError):
        raise Problem(400, f"„{day}” nie jest dniem kalendarza.", PARAMETER) from None
    found = releases().built_by(last)
    if found is None:
        first = min((one.created[:10] for one in releases().list() if not one.damaged), default="")
        oldest = f"Najstarsze jest z {first}." if first else "Nie ma żadnego."
        raise Problem(404, f"Do dnia {day} nie było jeszcze wydania. {oldest}", PARAMETER)
    return opened(found, PARAMETER)
