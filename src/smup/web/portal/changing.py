"""How one figure of a unit changed: the sentences and the chart of situation and change."""

from typing import Any

import numpy as np

from smup.catalogue import Indicator
from smup.compare.breaks import between, breaks_of, cuts
from smup.compare.change import Change, change_of
from smup.compare.kernels import FEWEST
from smup.compare.positions import group_columns
from smup.compare.score import distance_to_target
from smup.compare.steps import changes_between
from smup.compare.trend import trend
from smup.language import Lang
from smup.panel import Panel
from smup.present.changing import (
    among_sentence,
    breaks_sentence,
    chance_sentence,
    change_sentence,
    constant_sentence,
    quarter_names,
    trend_test_sentence,
)
from smup.present.charts import QuadrantSpec, quadrant, quarter
from smup.present.figure import Figure, Heading
from smup.store.releases import Release
from smup.territory import Level, Unit
from smup.web.portal.addresses import Addresses
from smup.web.portal.figures import foot, mark, subtitle
from smup.web.portal.naming import title
from smup.web.portal.rows import group_words
from smup.web.portal.strings import strings

SPAN = 5  # years over which a change is told, fewer where a break or the data say so


def change_section(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    role: Level,
    prices: int | None,
    lang: Lang,
) -> dict[str, Any]:
    """``change_words`` (none where there are not two values) and ``quadrant``.

    An amount is in the ``prices`` of a year where one is given.
    """
    nothing: dict[str, Any] = {"change_words": [], "quadrant": None, "changes_href": ""}
    if indicator.id not in release.indicators.item_index:
        return nothing
    amounts = None if prices is None else release.in_prices_of(prices, indicator.id)
    panel = amounts or release.indicators
    points = _points(panel, indicator.id, unit.code)
    if len(points) < 2:
        return nothing
    breaks = breaks_of(release.frame, indicator.id, unit.code)
    years = [year for year, _ in points]
    start = _start(years, lambda one: bool(between(breaks, one, years[-1])))
    level = role if role in unit.levels else None
    change = change_of(
        release.frame, unit.code, indicator.id, start, years[-1], level, amounts=amounts
    )
    measure = release.catalogue.measures[indicator.unit]
    words = [change_sentence(title(unit, lang), change, indicator, measure, lang)]
    words.append(constant_sentence(change, indicator, measure, lang))
    if change.reason is None:
        words.append(chance_sentence(change, indicator, measure, lang))
    words += [
        among_sentence(one, group_words(release, unit, lang), indicator, measure, lang)
        for one in change.among
        if one.id == "group"
    ]
    if indicator.comparable_over_time:
        segments = trend(points, cuts(breaks, years))
        words.append(trend_test_sentence(segments, indicator, measure, lang))
    words.append(breaks_sentence(between(breaks, years[0], years[-1]), lang))
    return {
        "change_words": [one for one in words if one],
        "quadrant": _quadrant(release, panel, unit, indicator, change, lang),
        "changes_href": Addresses(lang).unit_changes(unit.code, od=start),
        "changes_words": strings(lang)["changes_of_all"].format(since=start),
    }


def _points(panel: Panel, indicator: str, unit: str) -> list[tuple[int, float]]:
    cells = ((year, panel.cell(indicator, year, unit)[0]) for year in panel.years)
    return [(year, value) for year, value in cells if value is not None]


def _start(years: list[int], broken: Any) -> int:
    """The earliest year within the span without a break in between; else the one before."""
    near = [year for year in years[:-1] if years[-1] - year <= SPAN]
    return next((year for year in near if not broken(year)), years[-2])


def _quadrant(
    release: Release,
    panel: Panel,
    unit: Unit,
    indicator: Indicator,
    change: Change,
    lang: Lang,
) -> Figure | None:
    """None without a change of our own, without a group, or where few of it have one."""
    role = unit.level if unit.level is Level.WOJEWODZTWO else change.role
    if change.amount is None or change.after is None or role is None:
        return None
    columns = group_columns(release.frame, unit, indicator, role)
    item = panel.item_index[indicator.id]
    before, after = (
        panel.values[item, panel.year_index[year]][columns] for year in (change.start, change.end)
    )
    moves = changes_between(panel, indicator, change.start, change.end)[columns]
    own = change.after, change.amount
    t = strings(lang)
    axes = (
        t["axis_situation"].format(year=change.end),
        t["axis_change"].format(start=change.start, end=change.end),
    )
    if indicator.target is not None:
        ends = np.array([before, after])
        (before, after), _ = distance_to_target(ends, indicator)
        moves = after - before
        sooner, later = distance_to_target(np.array([change.before, change.after]), indicator)[0]
        own = float(later), float(later - sooner)
        axes = t["axis_distance"].format(year=change.end), axes[1]
    known = ~np.isnan(after) & ~np.isnan(moves)
    points = list(zip(after[known].tolist(), moves[known].tolist(), strict=True))
    if len(points) < FEWEST:
        return None
    medians = float(np.median(after[known])), float(np.median(moves[known]))
    names = quarter_names(indicator, lang)
    side = quarter(own, medians)
    place = t["on_median_line"] if side is None else names[side]
    sentence = t["quadrant_sentence"].format(
        name=title(unit, lang), place=place, group=group_words(release, unit, lang), n=len(points)
    )
    heading = Heading(
        "sytuacja-zmiana",
        sentence,
        subtitle(release, indicator, f"{change.start}–{change.end}", lang),
        foot(release, indicator, lang),
        mark(release, lang),
    )
    return quadrant(
        QuadrantSpec(
            heading,
            points,
            medians,
            own,
            title(unit, lang),
            names,
            axes,
            (t["quarter"], t["number_of_units"]),
            t["on_median_line"],
            t["this_unit"],
            sentence,
            lang,
        )
    )
