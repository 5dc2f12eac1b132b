"""The funnel of an indicator: which units lie further from the whole than chance explains."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.counts import counts_of, recipe_of
from smup.compare.funnel import Funnel, funnel
from smup.compare.groups import STRATA, stratum
from smup.compute.formula import names
from smup.language import Lang, format_number
from smup.panel import Status
from smup.present.charts import FunnelPoint, FunnelSpec, funnel_chart
from smup.present.data import Column, Data, Plot
from smup.present.figure import Figure, Heading
from smup.present.scales import decimals_of
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import counted_foot, mark, subtitle
from smup.telling.charts.placing import placed, table
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Level, Unit

STEPS = 120  # points of a limit


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
    at = release.indicators.unit_index.get(ours.code) if ours else None
    points = _points(release, indicator, drawn, at, lang)
    order = {int(column): i for i, column in enumerate(drawn.columns)}
    marked = points[order[at]] if at is not None and at in order else None
    bases = np.geomspace(drawn.base.min(), drawn.base.max(), STEPS)
    low_outer, low_inner, high_inner, high_outer = (row.tolist() for row in drawn.limits(bases))
    members = _members(release, indicator, level, year, part or "")
    t, measure = strings(lang), release.catalogue.measures[indicator.unit]
    target = value_text(drawn.target, indicator, measure, lang)
    levels = _levels(drawn, lang)
    by_size = sorted(range(len(points)), key=lambda i: -abs(float(drawn.z[i])))
    heading = Heading(
        "lejek-wykres",
        _finding(drawn, marked, lang),
        subtitle(release, indicator, str(year), lang),
        counted_foot(release, indicator, len(points), members, lang),
        mark(release, lang),
    )
    figure = funnel_chart(
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
    query = {"poziom": level.value, "rok": year, "jst": ours.code if ours else ""}
    return placed(
        figure,
        "lejek",
        Addresses(lang).indicator(indicator.id, **query) + "#lejek",
        lambda: _funnel_data(release, indicator, drawn, lang),
        wskaznik=indicator.id,
        **query,
    )


def _funnel_data(release: Release, indicator: Indicator, drawn: Funnel, lang: Lang) -> Data:
    """Every unit of the funnel with its base, its rate and where it stands."""
    t, units, said = strings(lang), release.territory.units, _standing_words(drawn, lang)
    codes = [release.indicators.units[column] for column in drawn.columns]
    columns = (
        Column("unit", t["chart_code"]),
        Column("name", t["unit_word"]),
        Column("base", t["funnel_base"], 0),
        Column("value", t["value"], indicator.decimals),
        Column("standing", t["funnel_standing"]),
    )
    rows = [
        (code, title(units[code], lang), float(base), float(rate), said[int(standing) + 2])
        for code, base, rate, standing in zip(
            codes, drawn.base, drawn.rates, drawn.standing, strict=True
        )
    ]
    return table(columns, rows, Plot("point", {"x": "base", "y": "value", "shape": "standing"}))


@lru_cache(maxsize=64)
def _funnel(release: Release, indicator: str, level: Level, year: int, part: int) -> Funnel | None:
    frame, chosen = release.frame, release.catalogue.indicators[indicator]
    counts = counts_of(frame, chosen, year)
    if counts is None:
        return None
    columns = _columns(release, chosen, level, part)
    found = funnel(counts, columns, release.catalogue.uncertainty)
    return found if isinstance(found, Funnel) else None


def _columns(release: Release, indicator: Indicator, level: Level, part: int) -> NDArray[np.intp]:
    """Positions of the units of one funnel."""
    frame = release.frame
    columns: NDArray[np.intp] = frame.role(level).columns[frame.strata(indicator, level) == part]
    return columns


def _members(release: Release, indicator: Indicator, level: Level, year: int, part: str) -> int:
    """How many units of one funnel existed that year."""
    panel = release.indicators
    status = panel.status[panel.item_index[indicator.id], panel.year_index[year]]
    columns = _columns(release, indicator, level, STRATA.index(part))
    return int(np.count_nonzero(status[columns] != Status.NOT_EXISTING))


def _points(
    release: Release, indicator: Indicator, drawn: Funnel, ours: int | None, lang: Lang
) -> list[FunnelPoint]:
    """Words only for those that are named, ours and the outliers: there are thousands of others."""
    units, panel = release.territory.units, release.indicators
    measure = release.catalogue.measures[indicator.unit]
    rows = zip(drawn.columns, drawn.base, drawn.rates, drawn.standing, strict=True)
    points = []
    for column, base, rate, standing in rows:
        named = abs(standing) == 2 or column == ours
        name = title(units[panel.units[column]], lang) if named else ""
        shown = value_text(float(rate), indicator, measure, lang) if named else ""
        points.append(FunnelPoint(name, float(base), float(rate), int(standing), shown))
    return points


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
