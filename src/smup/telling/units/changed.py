"""What changed for one unit, in words: lines by kind of change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smup.catalogue import Indicator
from smup.compare.change import Change
from smup.compare.changes import KINDS, Kind, Noted
from smup.language import Lang
from smup.panel.panel import FIRST_GAP
from smup.present.changing import (
    amount_words,
    breaks_sentence,
    constant_sentence,
    unsure_words,
)
from smup.present.values import gap, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.territory import Unit


@dataclass(frozen=True)
class Line:
    """One change in words. ``href`` is empty where it is about no indicator."""

    name: str
    href: str
    before: str
    after: str
    amount: str
    remark: str


def newest_year(release: Release, unit: Unit) -> int:
    """The newest year with any value of the unit: others may have a newer one."""
    years = release.indicators.years
    known = release.unit_slice(unit.code).status < FIRST_GAP
    found = np.flatnonzero(known.any(axis=0))
    return years[int(found[-1])] if found.size else years[-1]


def year_before(release: Release, unit: Unit) -> int:
    """The last year before the newest one with any value of the unit; the first there is."""
    years, newest = release.indicators.years, newest_year(release, unit)
    before = [year for year in years[:-1] if year < newest]
    return before[-1] if before else years[0]


def present(noted: Sequence[Noted]) -> list[Kind]:
    """The kinds there are, in their order."""
    found = {one.kind for one in noted}
    return [kind for kind in KINDS if kind in found]


def lines_of(
    release: Release, unit: Unit, kind: Kind, noted: Sequence[Noted], lang: Lang
) -> list[Line]:
    """The lines of one kind; several years of one indicator are one line, the newest."""
    alike: dict[str, list[Noted]] = {}
    for at, one in enumerate(each for each in noted if each.kind == kind):
        alike.setdefault(one.indicator or f"#{at}", []).append(one)
    return [_line(release, unit, members, lang) for members in alike.values()]


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
