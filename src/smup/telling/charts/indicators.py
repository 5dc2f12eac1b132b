"""Indicators of one unit side by side: small multiples, each on a scale of its own."""

from collections.abc import Sequence

from smup.catalogue import Indicator
from smup.language import Lang, plural
from smup.present.charts import MultiplesSpec, Panel, small_multiples
from smup.present.data import Plot
from smup.present.figure import Figure, Heading
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import mark, published_by, sources_foot
from smup.telling.charts.choosing import span, unit_series
from smup.telling.charts.placing import observations, placed
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.territory import Unit


def multiples_of_indicators(
    release: Release, unit: Unit, indicators: Sequence[Indicator], years: Sequence[int], lang: Lang
) -> Figure | None:
    """None where the unit has no value of any of them."""
    panels = tuple(_panel(release, unit, one, years, lang) for one in indicators)
    if not any(panel.series.known for panel in panels):
        return None
    t, n = strings(lang), len(indicators)
    forms = [t[f"chart_indicator_{form}"] for form in ("one", "few", "many")]
    sources = dict.fromkeys(s for one in indicators for s in published_by(release, one, lang))
    heading = Heading(
        "male-wykresy",
        t["chart_own_scales"].format(name=title(unit, lang), n=f"{n} {plural(n, *forms)}"),
        f"{title(unit, lang)}, {year_span(list(years))}",
        sources_foot(release, list(sources), lang),
        mark(release, lang),
    )
    sentence = f"{heading.title}. {t['chart_own_sentence']}"
    drawn = small_multiples(
        MultiplesSpec(heading, panels, sentence, t["year"], common=False, lang=lang)
    )
    wanted = set(years)
    found = (
        (unit, one, year, value, status)
        for one in indicators
        for year, value, status, _ in release.series(one.id, unit.code)
        if year in wanted
    )
    plot = Plot("line", {"x": "year", "y": "value", "facet": "indicator"})
    return placed(
        drawn,
        "male-wykresy",
        Addresses(lang).unit(unit.code),
        lambda: observations(release, found, plot, lang),
        jst=unit.code,
        wskaznik=",".join(one.id for one in indicators),
        lata=span(years),
    )


def _panel(
    release: Release, unit: Unit, indicator: Indicator, years: Sequence[int], lang: Lang
) -> Panel:
    """The indicator as a series called by its name; years on different scales are not joined."""
    name = getattr(indicator.name, lang)
    return Panel(unit_series(release, unit, indicator, years, lang, 0, name))
