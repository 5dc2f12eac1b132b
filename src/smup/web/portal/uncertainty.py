"""Words and charts about chance: the interval of a value, places within reach, the funnel."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from smup.catalogue import Indicator
from smup.compare.counts import counts_of, recipe_of
from smup.compare.funnel import Funnel, funnel
from smup.compare.groups import STRATA, stratum
from smup.compare.intervals import intervals_of
from smup.compare.rank_interval import costs, reached
from smup.compute.formula import names
from smup.language import Lang, format_number
from smup.present.charts import FunnelPoint, FunnelSpec, funnel_chart
from smup.present.figure import Figure, Heading
from smup.present.scales import decimals_of
from smup.present.values import value_text
from smup.store.releases import Release
from smup.territory import Level, Unit
from smup.web.portal.addresses import Addresses
from smup.web.portal.figures import foot, mark, subtitle
from smup.web.portal.naming import title
from smup.web.portal.standing import columns_of_level
from smup.web.portal.strings import strings

STEPS = 120  # points of a limit


def chance_words(
    release: Release, unit: Unit, indicator: Indicator, result: Mapping[str, Any], lang: Lang
) -> dict[str, str]:
    """One sentence on the interval of ``smup compare``'s value, or on why it has none; others on
    the smoothed value and on a base too small for a place; where the unit stands in the funnel.
    Empty strings where there is nothing to say."""
    t, measure = strings(lang), release.catalogue.measures[indicator.unit]
    told = {"interval": "", "smoothed": "", "href": "", "small_base": ""}
    found, refused = result["interval"], result["interval_reason"]
    if found is None:
        if refused not in (None, "no_value"):
            told["interval"] = t[f"no_interval_{refused}"]
        return told

    def words(value: float) -> str:
        return value_text(value, indicator, measure, lang)

    told["interval"] = t["interval_sentence"].format(
        level=format_number(100 * found["level"], 0, lang),
        low=format_number(found["low"], indicator.decimals, lang),
        high=words(found["high"]),
        method=t[f"interval_{found['method']}"],
        counts=_counted(result["basis"], lang),
    )
    if result["rank"]["reason"] == "small_base":
        told["small_base"] = small_base_words("small_base", release, indicator, lang)
    smoothed = result["smoothed"]
    if smoothed is not None:
        key = "smoothed_sentence" if smoothed["weight"] else "smoothed_alone"
        told["smoothed"] = t[key].format(
            value=words(smoothed["value"]),
            centre=words(smoothed["centre"]),
            weight=format_number(100 * smoothed["weight"], 0, lang),
        )
        told["href"] = (
            Addresses(lang).indicator(
                indicator.id, poziom=result["role"], rok=result["year"], jst=unit.code
            )
            + "#lejek"
        )
    return told


def small_base_words(key: str, release: Release, indicator: Indicator, lang: Lang) -> str:
    """``key`` of the words with the smallest base on which the indicator gives places."""
    smallest = release.catalogue.uncertainty.minimum_denominator
    fewest = 0.0 if indicator.interval == "none" else smallest[indicator.interval]
    return strings(lang)[key].format(n=format_number(fewest, 0, lang))


def _counted(basis: Mapping[str, Any], lang: Lang) -> str:
    t = strings(lang)
    events = format_number(basis["events"], 0, lang)
    if basis["base"] is None:
        return t["counted_only"].format(events=events)
    return t["counted_of"].format(events=events, base=format_number(basis["base"], 0, lang))


def place_words(rank: Mapping[str, Any], lang: Lang) -> str:
    """12 z 380, and the places within reach where they are more than the tie."""
    t = strings(lang)
    if not rank["position"]:
        return "–"
    words = t["place_of"].format(
        place=format_number(rank["position"], 0, lang), of=format_number(rank["with_data"], 0, lang)
    )
    if rank["high"] - rank["low"] + 1 == rank["tied"]:
        return words
    return f"{words} ({reach_words(rank['low'], rank['high'], lang)})"


def reach_words(low: int, high: int, lang: Lang) -> str:
    """5–60."""
    first, last = format_number(low, 0, lang), format_number(high, 0, lang)
    return first if low == high else f"{first}–{last}"


@lru_cache(maxsize=128)
def places_within_reach(
    release: Release, indicator: str, level: Level, year: int
) -> Mapping[str, tuple[int, int] | None]:
    """Unit of a level -> best and worst place within reach among all of them; None for a unit on
    too small a base. Empty for an indicator without intervals, or placed by a target."""
    frame, chosen = release.frame, release.catalogue.indicators[indicator]
    found = intervals_of(frame, chosen, year)
    if found is None or chosen.target is not None:
        return {}
    panel = frame.indicators
    columns = np.asarray(columns_of_level(release, level))
    values = panel.values[panel.item_index[indicator], panel.year_index[year]]
    better, worse = costs(values, found, chosen)
    low, high = reached(better[columns], worse[columns])
    smallest = frame.catalogue.uncertainty.minimum_denominator[found.counts.model]
    small = found.counts.has_base & (found.counts.base[columns] < smallest)
    return {
        panel.units[column]: None if is_small else (int(first), int(last))
        for column, first, last, is_small in zip(columns, low, high, small, strict=True)
        if first
    }


def funnel_figure(
    release: Release, indicator: Indicator, level: Level, year: int, ours: Unit | None, lang: Lang
) -> Figure | None:
    """The funnel of a level in a year, our unit marked; None where it says nothing.

    Cities that are compared apart have a funnel of their own, drawn where ours is one of them.
    """
    part = stratum(ours, indicator, level) if ours else ""
    drawn = _funnel(release, indicator.id, level, year, STRATA.index(part or ""))
    if drawn is None:
        return None
    points = _points(release, indicator, drawn, lang)
    at = release.indicators.unit_index.get(ours.code) if ours else None
    order = {int(column): i for i, column in enumerate(drawn.columns)}
    marked = points[order[at]] if at is not None and at in order else None
    bases = np.geomspace(drawn.base.min(), drawn.base.max(), STEPS)
    low_outer, low_inner, high_inner, high_outer = (row.tolist() for row in drawn.limits(bases))
    t, measure = strings(lang), release.catalogue.measures[indicator.unit]
    target = value_text(drawn.target, indicator, measure, lang)
    levels = _levels(drawn, lang)
    by_size = sorted(range(len(points)), key=lambda i: -abs(float(drawn.z[i])))
    heading = Heading(
        "lejek-wykres",
        _finding(drawn, marked, lang),
        subtitle(release, indicator, str(year), lang),
        foot(release, indicator, lang),
        mark(release, lang),
    )
    return funnel_chart(
        FunnelSpec(
            heading=heading,
            points=[points[i] for i in by_size],
            bases=bases.tolist(),
            limits=(low_outer, low_inner, high_inner, high_outer),
            target=drawn.target,
            target_words=f"{t['funnel_together']}: {target}",
            base_words=f"{t['funnel_base']}: {_base_words(release, indicator, lang)}",
            legend=(
                t["funnel_within"],
                t["funnel_outside_95"].format(**levels),
                t["funnel_outside_998"].format(**levels),
            ),
            standings=_standing_words(drawn, lang),
            head=(t["unit_word"], t["funnel_base"], t["value"], t["funnel_standing"]),
            whole=(t["funnel_together"], format_number(float(drawn.base.sum()), 0, lang), target),
            sentence=_explained(drawn, target, lang),
            marked=marked,
            lang=lang,
        )
    )


@lru_cache(maxsize=64)
def _funnel(release: Release, indicator: str, level: Level, year: int, part: int) -> Funnel | None:
    frame, chosen = release.frame, release.catalogue.indicators[indicator]
    counts = counts_of(frame, chosen, year)
    if counts is None:
        return None
    columns = frame.role(level).columns[frame.strata(chosen, level) == part]
    found = funnel(counts, columns, release.catalogue.uncertainty)
    return found if isinstance(found, Funnel) else None


def _points(release: Release, indicator: Indicator, drawn: Funnel, lang: Lang) -> list[FunnelPoint]:
    units, panel = release.territory.units, release.indicators
    measure = release.catalogue.measures[indicator.unit]
    rows = zip(drawn.columns, drawn.base, drawn.rates, drawn.standing, strict=True)
    return [
        FunnelPoint(
            title(units[panel.units[column]], lang),
            float(base),
            float(rate),
            int(standing),
            value_text(float(rate), indicator, measure, lang),
        )
        for column, base, rate, standing in rows
    ]


def _base_words(release: Release, indicator: Indicator, lang: Lang) -> str:
    """The variables of the base, by name."""
    assert indicator.interval != "none"
    recipe = recipe_of(release.frame.formulas[indicator.id], indicator.interval)
    assert recipe is not None
    assert recipe.base is not None
    variables = release.catalogue.variables
    found = [getattr(variables[name.id].name, lang) for name in names(recipe.base)]
    return " + ".join(found)


def _finding(drawn: Funnel, marked: FunnelPoint | None, lang: Lang) -> str:
    t = strings(lang)
    if marked is not None:
        return f"{marked.name}: {_standing_words(drawn, lang)[marked.standing + 2]}"
    outside = int(np.count_nonzero(np.abs(drawn.standing) == 2))
    if not outside:
        return t["funnel_none_outside"]
    return t["funnel_outside"].format(
        outside=format_number(outside, 0, lang), n=format_number(len(drawn.base), 0, lang)
    )


def _explained(drawn: Funnel, target: str, lang: Lang) -> str:
    t = strings(lang)
    said = t["funnel_sentence"].format(target=target, **_levels(drawn, lang))
    if drawn.is_exact:
        return said
    wider = format_number(drawn.dispersion**0.5, 1, lang)
    return f"{said} {t['funnel_wider'].format(times=wider)}"


def _standing_words(drawn: Funnel, lang: Lang) -> tuple[str, str, str, str, str]:
    """What standings from -2 to 2 mean."""
    t, levels = strings(lang), _levels(drawn, lang)
    lowest, low, within, high, highest = (
        t[f"standing_{standing}"].format(**levels) for standing in range(-2, 3)
    )
    return lowest, low, within, high, highest


def _levels(drawn: Funnel, lang: Lang) -> dict[str, str]:
    inner, outer = (100 * level for level in drawn.levels)
    shown = {"inner": round(inner, 6), "outer": round(outer, 6)}
    return {key: format_number(one, decimals_of([one]), lang) for key, one in shown.items()}
