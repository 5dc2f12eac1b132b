"""Chosen units side by side over a service or an area: what the comparison of units shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from smup.catalogue import Indicator
from smup.compare.positions import Summary, part_of
from smup.language import Lang, format_number
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.charts.spine import SpineRow, SpineSpec, SpineWords, spine
from smup.present.data import Plot
from smup.present.figure import Figure, Heading
from smup.present.sentences import units_counted, verdict
from smup.present.values import reason, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import mark
from smup.telling.charts.placing import observations, placed
from smup.telling.feeding import fed
from smup.telling.naming import level_name, told_apart
from smup.telling.strings import strings
from smup.telling.units.services import concerns
from smup.telling.units.standing import default_years
from smup.territory import Level, Unit

Value = tuple[float | None, Status]


@dataclass(frozen=True)
class Subject:
    """What is compared: the parameter that names it (usluga or obszar), its id, name and
    indicators with data."""

    key: str
    id: str
    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Side:
    """One indicator of all chosen units in one year; ``summary`` is of their group."""

    indicator: Indicator
    year: int
    values: tuple[Value, ...]
    summary: Summary | None


def subject_of(
    release: Release, service: str, area: str, units: Sequence[Unit], lang: Lang
) -> Subject:
    """The service or area asked for; by default the first area with data for the units. An unknown
    name counts as none."""
    catalogue = release.catalogue
    if service in catalogue.services:
        found = fed(release, catalogue.indicators_of(service=service))
        its = catalogue.services[service]
        return Subject("usluga", service, getattr(its.name, lang), _for(units, found))
    areas = [area] if area in catalogue.areas else list(catalogue.areas)
    for one in areas:
        made_for = _for(units, fed(release, catalogue.indicators_of(area=one)))
        if made_for or len(areas) == 1:
            return Subject("obszar", one, getattr(catalogue.areas[one].name, lang), made_for)
    return Subject("obszar", areas[0], getattr(catalogue.areas[areas[0]].name, lang), ())


def _for(units: Sequence[Unit], found: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Those made for at least one of the units; all without units."""
    if not units:
        return tuple(found)
    return tuple(one for one in found if any(concerns(unit, one.kinds) for unit in units))


def common_level(units: Sequence[Unit], asked: str = "") -> Level | None:
    """The level at which all can be compared: the one asked for where they can; None for none."""
    shared = [level for level in Level if all(level in unit.levels for unit in units)]
    if not units or not shared:
        return None
    return next((level for level in shared if level.value == asked), shared[0])


def sides(
    release: Release,
    units: Sequence[Unit],
    subject: Subject,
    level: Level | None,
    year: int | None,
) -> list[Side]:
    """A side for each indicator, in the ``year`` where anybody has a value in it, else in the year
    in which units of the level are compared, else in the newest."""
    by_default = default_years(release, level) if level else {}
    found = []
    for one in subject.indicators:
        years = release.years_of(one.id)
        chosen = year if year in years else by_default.get(one.id, years[-1])
        values = tuple(_value(release, unit, one, chosen) for unit in units)
        summary = _summary(release, units, one, level, chosen) if level else None
        found.append(Side(one, chosen, values, summary))
    return found


def _value(release: Release, unit: Unit, indicator: Indicator, year: int) -> Value:
    panel, one = release.indicators, release.unit_slice(unit.code)
    at = panel.item_index[indicator.id], panel.year_index[year]
    status = Status(int(one.status[at]))
    return (float(one.values[at]) if status < FIRST_GAP else None), status


def same_group(release: Release, units: Sequence[Unit]) -> str:
    """The id of the fixed group that all units share; "" for none."""
    groups = {release.frame.groups.get(unit.code, "") for unit in units}
    return groups.pop() if len(groups) == 1 else ""


def _summary(
    release: Release, units: Sequence[Unit], indicator: Indicator, level: Level, year: int
) -> Summary | None:
    """Of the group that all share, else of all units of the level; None where the units are not of
    one comparison, and where too few have data."""
    if level not in release.positions:
        return None
    grouped = same_group(release, units) and level is not Level.WOJEWODZTWO
    comparator = "group" if grouped else "kraj"
    parts = {part_of(release.frame, unit, indicator, level, comparator) for unit in units}
    parts.discard(None)  # takes no part in this indicator, yet may have a value
    if len(parts) != 1:
        return None
    part = parts.pop()
    found = release.positions[level].summary(indicator.id, year, part) if part else None
    return found if found is not None and found.is_telling and found.low < found.high else None


def range_words(release: Release, units: Sequence[Unit], level: Level, lang: Lang) -> str:
    """Whose range is drawn: "gminy wiejskie", "gminy"."""
    group = same_group(release, units)
    if group and level is not Level.WOJEWODZTWO:
        return str(getattr(release.catalogue.groups[group].name, lang))
    return level_name(level, lang)


def profile(
    release: Release,
    units: Sequence[Unit],
    subject: Subject,
    found: Sequence[Side],
    level: Level,
    year: int | None,
    lang: Lang,
) -> Figure | None:
    """The spine chart; None where nothing of it can be drawn."""
    if not any(one.summary for one in found):
        return None
    t, among = strings(lang), range_words(release, units, level, lang)
    judged = [one for one in found if one.indicator.better in ("higher", "lower")]
    neutral = [one for one in found if one.indicator.better not in ("higher", "lower")]
    names = told_apart(units, lang)
    heading = Heading(
        "profil",
        t["compare_heading"].format(subject=subject.name, counted=units_counted(len(units), lang)),
        t["compare_subtitle"].format(among=among),
        f"{t['release']} {release.id}.",
        mark(release, lang),
    )
    drawn = spine(
        SpineSpec(
            heading,
            tuple(names),
            tuple(_row(release, one, lang) for one in judged),
            tuple(_row(release, one, lang) for one in neutral),
            _words(lang),
            _sentence(found, names, among, lang),
            lang,
        )
    )
    query: dict[str, object] = {
        "jst": ",".join(unit.code for unit in units),
        subject.key: subject.id,
        "rola": level.value if any(len(unit.levels) > 1 for unit in units) else "",
        "rok": year or "",
    }
    cells = (
        (unit, one.indicator, one.year, *value)
        for one in found
        for unit, value in zip(units, one.values, strict=True)
    )
    page = Addresses(lang).page("/porownaj", **query)
    plot = Plot("point", {"x": "value", "y": "indicator"})
    return placed(drawn, "profil", page, lambda: observations(release, cells, plot, lang), **query)


def shown(release: Release, indicator: Indicator, value: Value, lang: Lang) -> str:
    """A value, or the reason why there is none."""
    number, status = value
    if number is None:
        return reason(status, lang)
    return value_text(number, indicator, release.catalogue.measures[indicator.unit], lang)


def _row(release: Release, one: Side, lang: Lang) -> SpineRow:
    indicator, summary = one.indicator, one.summary
    measure = release.catalogue.measures[indicator.unit]
    return SpineRow(
        getattr(indicator.label, lang),
        str(one.year),
        summary,
        tuple(number for number, _ in one.values),
        tuple(shown(release, indicator, value, lang) for value in one.values),
        value_text(summary.median, indicator, measure, lang) if summary else "–",
        indicator.better == "lower",
    )


def _words(lang: Lang) -> SpineWords:
    t = strings(lang)
    return SpineWords(
        t["spine_judged"],
        t["spine_worse"],
        t["spine_better"],
        t["spine_neutral"],
        t["spine_less"],
        t["spine_more"],
        t["indicator"],
        t["median"].capitalize(),
    )


def _sentence(found: Sequence[Side], names: Sequence[str], among: str, lang: Lang) -> str:
    """In how many judged indicators each unit is on the better side of the median."""
    t, told = strings(lang), []
    judged = [
        (one, one.summary.median)
        for one in found
        if one.summary and one.indicator.better in ("higher", "lower")
    ]
    if not judged:
        return t["compare_none_judged"]
    for at, name in enumerate(names):
        known = [(one.values[at][0], median, one.indicator) for one, median in judged]
        sides = [
            (verdict(value, median, indicator).side, indicator.better)
            for value, median, indicator in known
            if value is not None
        ]
        better = sides.count((1, "higher")) + sides.count((-1, "lower"))
        told.append(f"{name} {format_number(better, 0, lang)} {t['of_word']} {len(sides)}")
    return t["compare_sentence"].format(among=among, told=", ".join(told))
