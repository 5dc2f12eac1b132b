"""How the values of all units of a level are spread."""

from collections.abc import Sequence

import numpy as np

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.present.charts import HistogramSpec, histogram
from smup.present.data import Plot
from smup.present.figure import Figure, Heading
from smup.present.sentences import units_counted
from smup.present.shading import Cells
from smup.present.values import value_text, with_symbol
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import counted_foot, mark, subtitle
from smup.telling.charts.placing import observations, placed
from smup.telling.naming import level_name, title
from smup.telling.strings import strings
from smup.territory import Level, Unit

SPREAD = Plot("bar", {"x": "value"}, binned=True)


def distribution(
    release: Release,
    indicator: Indicator,
    cells: Cells,
    level: Level,
    year: int,
    ours: Sequence[Unit],
    lang: Lang,
) -> Figure | None:
    """How the values of a level are spread, the chosen units marked; None with fewer than eight
    different values."""
    values = [value for value, _ in cells.values() if value is not None]
    if len(set(values)) < 8:
        return None
    heading, median, sentence = _said(release, indicator, values, len(cells), level, year, lang)
    own = [(unit, cells.get(unit.code, (None, None))[0]) for unit in ours]
    t = strings(lang)
    drawn = histogram(
        HistogramSpec(
            heading,
            values,
            float(np.median(values)),
            f"{t['median']} {median}",
            t["and_more"],
            (t["range"], t["number_of_units"]),
            sentence,
            [(title(unit, lang), value) for unit, value in own if value is not None],
            lang,
        )
    )
    units = release.territory.units
    found = ((units[code], indicator, year, *cell) for code, cell in cells.items())
    query = {"poziom": level.value, "rok": year, "jst": ",".join(unit.code for unit in ours)}
    return placed(
        drawn,
        "rozklad",
        Addresses(lang).indicator(indicator.id, poziom=level.value, rok=year),
        lambda: observations(release, found, SPREAD, lang),
        wskaznik=indicator.id,
        **query,
    )


def _said(
    release: Release,
    indicator: Indicator,
    values: list[float],
    everybody: int,
    level: Level,
    year: int,
    lang: Lang,
) -> tuple[Heading, str, str]:
    """The heading, the median in words and the sentence below the chart."""
    t, measure = strings(lang), release.catalogue.measures[indicator.unit]
    median = with_symbol(
        format_number(float(np.median(values)), indicator.decimals, lang), measure, lang
    )
    sentence = t["distribution_sentence"].format(
        median=median,
        low=format_number(min(values), indicator.decimals, lang),
        high=value_text(max(values), indicator, measure, lang),
        n=units_counted(len(values), lang),
    )
    heading = Heading(
        "rozklad",
        t["distribution_title"].format(median=median, level=level_name(level, lang)),
        subtitle(release, indicator, str(year), lang),
        counted_foot(release, indicator, len(values), everybody, lang),
        mark(release, lang),
    )
    return heading, median, sentence
