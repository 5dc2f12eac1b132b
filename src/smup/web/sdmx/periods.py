"""Periods and moments as SDMX writes them, and which years or release they mean."""

import re
from calendar import monthrange
from datetime import date, datetime

from django.http import HttpRequest

from smup.language.dates import ZONE
from smup.store.releases import Release
from smup.web.config.current import releases
from smup.web.open.problems import Problem
from smup.web.open.releasing import as_of, opened

_PERIOD = re.compile(r"(\d{4})(?:-(?:([ASTQ])([1-4])|M?(\d{2})(?:-(\d{2}))?(?:T.*)?))?", re.ASCII)
_MONTHS = {"A": 12, "S": 6, "T": 4, "Q": 3}


def span(text: str, parameter: str) -> tuple[date, date]:
    """The first and the last day of ``2020``, ``2020-Q2``, ``2020-05``, ``2020-05-01``, of a day
    with a time. Raises Problem 400."""
    match = _PERIOD.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, word, part, month, day = match.groups()
        if word:
            length = _MONTHS[word]
            first, last = (int(part) - 1) * length + 1, int(part) * length
        else:
            first, last = (int(month), int(month)) if month else (1, 12)
        if day:
            return date(int(year), first, int(day)), date(int(year), first, int(day))
        end = date(int(year), last, monthrange(int(year), last)[1])
        return date(int(year), first, 1), end
    except ValueError:
        detail = f"„{text[:40]}” nie jest okresem, np. 2020, 2020-Q4, 2020-12, 2020-12-31."
        raise Problem(400, detail, parameter) from None


def starts_by(year: int, bounds: tuple[date, date]) -> bool:
    """Does the whole year fall no earlier than the beginning of the period?"""
    return date(year, 1, 1) >= bounds[0]


def ends_by(year: int, bounds: tuple[date, date]) -> bool:
    """Does the whole year fall no later than the end of the period?"""
    return date(year, 12, 31) <= bounds[1]


def moment(text: str, parameter: str) -> datetime:
    """A date with or without a time. Raises Problem 400."""
    try:
        # the plus of an offset arrives as a blank where it was not encoded
        found = datetime.fromisoformat(text.replace(" ", "+"))
        aware = found if found.tzinfo else found.replace(tzinfo=ZONE)
        aware.astimezone(ZONE)  # year 1 has no earlier offset
        return aware
    except (ValueError, OverflowError):
        detail = f"„{text[:40]}” nie jest chwilą, np. 2026-11-22T14:00:00+01:00."
        raise Problem(400, detail, parameter) from None


def release_at(asked: datetime) -> Release | None:
    """The newest release built until then; None where there was none."""
    found = releases().built_by(asked)
    return opened(found, "updatedAfter") if found else None


def release_as_of(request: HttpRequest) -> Release:
    """The release of ``asOf``: its id, a day, or a moment; the one that serves where left out.

    Raises Problem 400, 404, 503.
    """
    asked = request.GET.get("asOf", "")
    if "T" not in asked:
        return as_of(request, asked)
    found = release_at(moment(asked, "asOf"))
    if found is None:
        raise Problem(404, f"Do chwili „{asked[:40]}” nie było jeszcze wydania.", "asOf")
    return found
