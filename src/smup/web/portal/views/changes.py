"""``/jst/{code}/zmiany?od=YEAR_OR_RELEASE``: what changed for a unit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator
from smup.compare.change import Change
from smup.compare.changes import KINDS, Noted, changes_since_year
from smup.language import Lang, format_number
from smup.panel.panel import FIRST_GAP
from smup.present.changing import (
    amount_words,
    breaks_sentence,
    constant_sentence,
    unsure_words,
)
from smup.present.values import gap, value_text
from smup.store.changes import unit_changes as unit_changes_between
from smup.store.errors import StoreError
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.territory import Unit
from smup.web.config.current import release_of, releases
from smup.web.portal.page import render
from smup.web.portal.reading import the_unit
from smup.web.portal.views.unit import introduction

SINCE = "od"
SHOWN_YEARS = 12  # years offered; any other can be asked for in the address
OPEN_KINDS = ("change_real", "new_value", "newly_missing", "territory")


@dataclass(frozen=True)
class Line:
    """One change in words. ``href`` is empty where it is about no indicator."""

    name: str
    href: str
    before: str
    after: str
    amount: str
    remark: str


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
        since = _year(asked, years, _newest_year(release, unit))
        noted = changes_since_year(release.frame, unit.code, since)
        heading, lead = t["changes_title"], t["changes_lead"]
    else:
        since, noted, heading, lead = "", [], t["changes_link"], ""
    context = introduction(release, unit, None, lang) | {
        "heading": heading.format(since=since),
        "lead": lead.format(since=since),
        "kinds": [_kind(release, unit, kind, noted, lang) for kind in _present(noted)],
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


def _newest_year(release: Release, unit: Unit) -> int:
    """The newest year with any value of the unit: others may have a newer one."""
    panel = release.indicators
    known = panel.status[:, :, panel.unit_index[unit.code]] < FIRST_GAP
    found = np.flatnonzero(known.any(axis=0))
    return panel.years[int(found[-1])] if found.size else panel.years[-1]


def _year(asked: str, years: tuple[int, ...], newest: int) -> int:
    """The year asked for where there is a later one, else the last before ``newest``."""
    wanted = int(asked) if asked.isascii() and asked.isdecimal() else 0
    before = [year for year in years[:-1] if year < newest]
    return wanted if wanted in years[:-1] else before[-1] if before else years[0]


def _choice(unit: Unit, values: list[str], chosen: str, lang: Lang) -> list[dict[str, Any]]:
    to = Addresses(lang)
    return [
        {"name": one, "href": to.unit_changes(unit.code, od=one), "chosen": one == chosen}
        for one in reversed(values)
    ]


def _present(noted: list[Noted]) -> list[str]:
    found = {one.kind for one in noted}
    return [kind for kind in KINDS if kind in found]


def _kind(
    release: Release, unit: Unit, kind: str, noted: list[Noted], lang: Lang
) -> dict[str, Any]:
    """The lines of one kind; several years of one indicator are one line, the newest."""
    alike: dict[str, list[Noted]] = {}
    for at, one in enumerate(each for each in noted if each.kind == kind):
        alike.setdefault(one.indicator or f"#{at}", []).append(one)
    lines = [_line(release, unit, members, lang) for members in alike.values()]
    return {
        "id": kind.replace("_", "-"),
        "name": strings(lang)[f"changes_{kind}"],
        "n": format_number(len(lines), 0, lang),
        "lines": lines,
        "open": kind in OPEN_KINDS,
        "chance": kind == "change_real",
    }


def _line(release: Release, unit: Unit, alike: list[Noted], lang: Lang) -> Line:
    one = max(alike, key=lambda each: each.year_after or 0)
    if one.indicator is None:
        return _of_unit(release, one, lang)
    indicator = release.catalogue.indicators.get(one.indicator)
    if indicator is None:
        return Line(one.indicator, "", "", "", "", strings(lang)["changes_removed"])
    to = Addresses(lang).unit_indicator(unit.code, indicator.id)
    return Line(
        getattr(indicator.name, lang),
        to,
        _value(release, indicator, one.before, one.year_before, lang),
        _value(release, indicator, one.after, one.year_after, lang),
        _amount(release, indicator, one, lang),
        _remark(release, one, alike, lang),
    )


def _of_unit(release: Release, one: Noted, lang: Lang) -> Line:
    t = strings(lang)
    if one.kind == "territory":
        words = t[f"change_{one.what.replace('-', '_')}"].partition(":")[0]
        year = str(one.year_after or "")
        return Line(words, "", str(one.before), str(one.after), "", year)
    old, new = (set(str(codes).split()) for codes in (one.before, one.after))
    units = release.territory.units
    told = []
    for key, codes in (("peers_came", new - old), ("peers_went", old - new)):
        if codes:
            names = ", ".join(title(units[c], lang) for c in sorted(codes) if c in units)
            told.append(t[key].format(names=names))
    area = release.catalogue.areas.get(one.what)
    name = getattr(area.name, lang) if area else t["peers_common"]
    return Line(name, "", str(len(old)), str(len(new)), "", "; ".join(told))


def _value(
    release: Release, indicator: Indicator, value: object, year: int | None, lang: Lang
) -> str:
    if not isinstance(value, float):
        return "–"
    measure = release.catalogue.measures[indicator.unit]
    return f"{value_text(value, indicator, measure, lang)} ({year})"


def _amount(release: Release, indicator: Indicator, one: Noted, lang: Lang) -> str:
    if one.change is None or one.change.amount is None:
        return ""
    measure = release.catalogue.measures[indicator.unit]
    return amount_words(one.change.amount, indicator, measure, lang)


def _remark(release: Release, one: Noted, alike: list[Noted], lang: Lang) -> str:
    """Why there is a gap, which keys or years; of a change: breaks, prices, good or bad."""
    if one.status is not None:
        return gap(one.status, lang)
    if one.kind == "definition_changed":
        removed = strings(lang)["changes_removed"]
        return removed if one.what == "removed" else one.what.replace(" ", ", ")
    if one.change is not None and one.indicator is not None:
        return _about(release.catalogue.indicators[one.indicator], one.change, release, lang)
    years = [each.year_after for each in alike if each.year_after is not None]
    return year_span(sorted(years)) if len(years) > 1 else ""


def _about(indicator: Indicator, change: Change, release: Release, lang: Lang) -> str:
    if change.breaks:
        return breaks_sentence(change.breaks, lang)
    if change.unsure is not None:
        return unsure_words(change.unsure, lang)
    measure = release.catalogue.measures[indicator.unit]
    words = constant_sentence(change, indicator, measure, lang)
    if change.real and change.better is not None:
        judged = strings(lang)["change_for_better" if change.better else "change_for_worse"]
        words = f"{judged}. {words}" if words else judged
    return words.removesuffix(".")
