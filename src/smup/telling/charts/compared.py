"""The value of a unit among the medians of those it is compared with."""

from collections.abc import Mapping
from typing import Any

from smup.catalogue import DEFAULT_SYSTEM, Indicator
from smup.language import Lang
from smup.present.charts import Bar, BarSpec, bar_ranking
from smup.present.data import Column, Plot
from smup.present.figure import Figure, Heading
from smup.present.sentences import verdict
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import foot, mark, subtitle
from smup.telling.charts.placing import placed, table
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.company import comparator_name
from smup.territory import Unit

AMONG = Plot("bar", {"x": "value", "y": "name"}, zero=True)


def compared_bars(
    release: Release, unit: Unit, indicator: Indicator, result: Mapping[str, Any], lang: Lang
) -> Figure | None:
    """``result`` is that of ``smup compare``; None without an own value or anybody beside it."""
    if result["value"] is None:
        return None
    measure, t = release.catalogue.measures[indicator.unit], strings(lang)
    own = float(result["value"])
    rows = [(title(unit, lang), own, True), *_medians(release, unit, result, lang)]
    if len(rows) == 1:
        return None
    below = sum(verdict(own, value, indicator).side > 0 for _, value, ours in rows if not ours)
    sentence = t["medians_finding"].format(name=title(unit, lang), below=below, n=len(rows) - 1)
    heading = Heading(
        "porownanie",
        sentence,
        subtitle(release, indicator, str(result["year"]), lang),
        foot(release, indicator, lang),
        mark(release, lang),
    )
    bars = tuple(
        Bar(name, value, value_text(value, indicator, measure, lang), ours)
        for name, value, ours in rows
    )
    drawn = bar_ranking(BarSpec(heading, bars, sentence, (t["unit_word"], t["value"])))
    columns = (Column("name", t["unit_word"]), Column("value", t["value"], indicator.decimals))
    groups = result["groups"]
    query = {
        "rola": result["role"] if len(unit.levels) > 1 else "",
        "grupy": "" if groups == DEFAULT_SYSTEM else groups,
    }
    return placed(
        drawn,
        "porownanie",
        Addresses(lang).unit_indicator(unit.code, indicator.id, **query),
        lambda: table(columns, [(name, value) for name, value, _ in rows], AMONG),
        jst=unit.code,
        wskaznik=indicator.id,
        **query,
    )


def _medians(
    release: Release, unit: Unit, result: Mapping[str, Any], lang: Lang
) -> list[tuple[str, float, bool]]:
    word = strings(lang)["median"]
    return [
        (
            f"{word}: {comparator_name(release, unit, one['id'], lang, result['groups'])}",
            float(one["median"]),
            False,
        )
        for one in result["comparators"]
        if one["median"] is not None and one["with_data"] > 1
    ]
