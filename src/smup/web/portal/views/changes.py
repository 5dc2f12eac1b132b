"""``/jst/{code}/zmiany?od=YEAR_OR_RELEASE``: what changed for a unit."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.compare.changes import Kind, Noted, changes_since_year
from smup.language import Lang, format_number
from smup.store.changes import unit_changes as unit_changes_between
from smup.store.errors import StoreError
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.strings import strings
from smup.telling.units.changed import lines_of, present, year_before
from smup.territory import Unit
from smup.web.config.current import release_of, releases
from smup.web.portal.page import render
from smup.web.portal.reading import the_unit
from smup.web.portal.views.unit import introduction

SINCE = "od"
SHOWN_YEARS = 12  # years offered; any other can be asked for in the address
OPEN_KINDS = ("change_real", "new_value", "newly_missing", "territory")


def unit_changes(request: HttpRequest, code: str, lang: Lang) -> HttpResponse:
    """By kind of change: real ones, within chance, new figures, revisions, definitions."""
    release = release_of(request)
    unit = the_unit(release, code, lang, "/zmiany")
    t = strings(lang)
    asked = request.GET.get(SINCE, "")
    earlier = _earlier(asked, release)
    years = release.indicators.years
    if earlier is not None:
        since: object = earlier.id
        noted = unit_changes_between(earlier, release, unit.code)
        heading, lead = t["changes_title_release"], t["changes_lead_release"]
    elif len(years) > 1:
        since = _year(asked, years, year_before(release, unit))
        noted = changes_since_year(release.frame, unit.code, since)
        heading, lead = t["changes_title"], t["changes_lead"]
    else:
        since, noted, heading, lead = "", [], t["changes_link"], ""
    context = introduction(release, unit, None, lang) | {
        "heading": heading.format(since=since),
        "lead": lead.format(since=since),
        "kinds": [_kind(release, unit, kind, noted, lang) for kind in present(noted)],
        "years": _choice(unit, [str(y) for y in years[-SHOWN_YEARS - 1 : -1]], str(since), lang),
        "releases": _choice(unit, _not_newer(release), str(since), lang),
    }
    response = render(request, "unit_changes.html", context, lang, release)
    if earlier is not None:  # which may be withdrawn: not a function of this release alone
        response.smup_cacheable = False
        response.headers["Cache-Control"] = "no-cache"
    return response


def _earlier(asked: str, release: Release) -> Release | None:
    """The other release asked for; None for a year, the same or one that cannot be opened."""
    if asked == release.id or asked not in releases().ids():
        return None
    try:
        return releases().open(asked)
    except StoreError:
        return None


def _not_newer(release: Release) -> list[str]:
    """Other releases of the same day or before; within a day the ids tell no order."""
    day = release.id[: len("2026-11-22")]
    return [one for one in releases().ids() if one != release.id and one[: len(day)] <= day]


def _year(asked: str, years: tuple[int, ...], usual: int) -> int:
    """The year asked for where there is a later one, else the ``usual``."""
    wanted = int(asked) if asked.isascii() and asked.isdecimal() else 0
    return wanted if wanted in years[:-1] else usual


def _choice(unit: Unit, values: list[str], chosen: str, lang: Lang) -> list[dict[str, Any]]:
    to = Addresses(lang)
    return [
        {"name": one, "href": to.unit_changes(unit.code, od=one), "chosen": one == chosen}
        for one in reversed(values)
    ]


def _kind(
    release: Release, unit: Unit, kind: Kind, noted: list[Noted], lang: Lang
) -> dict[str, Any]:
    lines = lines_of(release, unit, kind, noted, lang)
    return {
        "id": kind.replace("_", "-"),
        "name": strings(lang)[f"changes_{kind}"],
        "n": format_number(len(lines), 0, lang),
        "lines": lines,
        "open": kind in OPEN_KINDS,
        "chance": kind == "change_real",
    }
