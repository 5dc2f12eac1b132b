"""What could be expected of such a place, who improved from here, and what it would take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smup.catalogue import Indicator
from smup.compare import Comparison
from smup.compare.expected import Expected, Model, expected_value
from smup.compare.features import chosen
from smup.compare.improvers import Improvers, improvers
from smup.compare.needed import Lever, Needed, needed
from smup.language import Lang, format_number
from smup.present.insights import blocked_words, no_expected, no_improvers, no_way
from smup.present.values import value_text, with_symbol
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.methodology import address_of
from smup.telling.naming import kind_name, title
from smup.telling.strings import strings
from smup.telling.units.company import comparator_name
from smup.territory import Kind, Unit


@dataclass(frozen=True)
class Insights:
    """The words of one page; ``signed`` changes carry their sign."""

    release: Release
    unit: Unit
    indicator: Indicator
    lang: Lang
    groups: str  # the group system of the comparison

    @property
    def t(self) -> Mapping[str, str]:
        return strings(self.lang)

    def said(self, value: float) -> str:
        measure = self.release.catalogue.measures[self.indicator.unit]
        return value_text(value, self.indicator, measure, self.lang)

    def difference(self, value: float) -> str:
        """Between two values: of percentages in percentage points."""
        if self.indicator.unit != "procent":
            return self.said(value)
        return f"{self.number(value, self.indicator.decimals)} {self.t['insight_points']}"

    def number(self, value: float, decimals: int) -> str:
        return format_number(value, decimals, self.lang)

    def amount(self, variable: str, value: float, *, signed: bool = False) -> str:
        """A value of a variable with its unit of measure."""
        catalogue = self.release.catalogue
        measure = catalogue.measures[catalogue.variables[variable].unit]
        number = self.number(value, 0 if value == int(value) else 1)
        sign = "+" if signed and value > 0 else ""
        return sign + with_symbol(number, measure, self.lang)


def insights(
    release: Release, unit: Unit, indicator: Indicator, result: Comparison, lang: Lang
) -> dict[str, Any]:
    """``expected``, ``improvers`` and ``needed`` as the template shows them, "" where refused; why
    is then in ``not_said``. Nothing at all for an indicator that describes the place."""
    if indicator.service is None:
        return {}
    say = Insights(release, unit, indicator, lang, result.groups)
    asked = (release.frame, unit.code, indicator.id, result.year, result.role)
    expectation, improved = expected_value(*asked), improvers(*asked)
    ways = needed(release.frame, result)
    nobody = no_improvers(improved.reason, lang) if improved.reason else ""
    refused = [
        (expected_title(say), _why_not_expected(expectation, lang)),
        (say.t["insight_improvers"], nobody),
        *((_goal_title(say, way), _why_no_way(say, way)) for way in ways),
    ]
    return {
        "expected": _expected(say, expectation),
        "improvers": _improvers(say, improved),
        "needed": _needed(say, ways),
        "not_said": [{"what": what, "why": why} for what, why in refused if why],
        "method": address_of(lang)("method#oczekiwana"),
    }


def expected_title(say: Insights) -> str:
    kinds = {Kind.MIASTO: "miasto", Kind.POWIAT: "powiat"}
    return say.t[f"insight_expected_{kinds.get(say.unit.kind, 'gmina')}"]


def needed_title(say: Insights) -> str:
    """Where nothing is better there is a distance, not something to be done."""
    return say.t["insight_needed" + ("_neither" if say.indicator.better == "neither" else "")]


def _why_not_expected(one: Expected, lang: Lang) -> str:
    return no_expected(one.refusal.reason, one.refusal.number, lang) if one.refusal else ""


def _expected(say: Insights, one: Expected) -> dict[str, Any]:
    if one.model is None or one.expected is None or one.low is None or one.high is None:
        return {}
    t, model = say.t, one.model
    where = ("insight_below", "insight_within", "insight_above")[one.beyond + 1]
    notes = [
        t["insight_extrapolated"] if one.extrapolated else "",
        t["insight_influential"] if one.influential else "",
    ]
    return {
        "title": expected_title(say),
        "sentence": t["insight_expected"].format(
            year=one.year,
            expected=say.said(one.expected),
            low=say.said(one.low),
            high=say.said(one.high),
            verdict=t[where].format(value=say.said(one.value or 0.0)),
        ),
        "rule": t["insight_rule"].format(
            kind=kind_name(model.kind, say.lang),
            n=say.number(len(model.codes), 0),
            r2=say.number(100 * model.r2, 0),
            coverage=say.number(100 * model.coverage, 0),
        ),
        "notes": [note for note in notes if note],
        **_rule_table(say, model),
    }


def _rule_table(say: Insights, model: Model) -> dict[str, Any]:
    decimals = min(say.indicator.decimals + 2, 6)
    units = say.release.territory.units
    left_out = [
        f"{_feature(say, name)} ({say.t[f'insight_{why}']})" for name, why in model.left_out.items()
    ]
    moved = ", ".join(title(units[code], say.lang) for code in model.influential)
    return {
        "intercept": say.number(model.intercept, decimals),
        "terms": [
            {
                "name": _feature(say, one.feature),
                "year": one.year,
                "mean": say.number(one.mean, 3),
                "spread": say.number(one.spread, 3),
                "coefficient": say.number(one.coefficient, decimals),
            }
            for one in model.terms
        ],
        "left_out": say.t["insight_left_out"].format(features="; ".join(left_out))
        if left_out
        else "",
        "moved": say.t["insight_moved"].format(units=moved) if moved else "",
    }


def _feature(say: Insights, name: str) -> str:
    feature = chosen(say.release.frame)[name]
    words: str = getattr(feature.name, say.lang)
    return f"{words} – {say.t['insight_logarithm']}" if feature.log else words


def _improvers(say: Insights, one: Improvers) -> dict[str, Any]:
    if one.since is None or one.within is None or one.then is None or one.now is None:
        return {}
    t, units, to = say.t, say.release.territory.units, Addresses(say.lang)
    sentence = t["insight_alike" if one.features else "insight_alike_kind"]
    return {
        "sentence": sentence.format(
            since=one.since,
            alike=say.number(one.alike, 0),
            within=say.difference(one.within),
            better=say.number(one.better, 0),
        ),
        "since": one.since,
        "year": one.year,
        "own": {
            "name": title(say.unit, say.lang),
            "then": say.said(one.then),
            "now": say.said(one.now),
        },
        "units": [
            {
                "name": title(units[each.unit], say.lang),
                "href": to.unit_indicator(each.unit, say.indicator.id),
                "then": say.said(each.then),
                "now": say.said(each.now),
                "gain": say.difference(each.gain),
            }
            for each in one.units
        ],
        "most": t["insight_most"].format(n=len(one.units)) if one.better > len(one.units) else "",
    }


def _goal(say: Insights, one: Needed) -> str:
    if one.to == "target":
        return say.t["insight_goal_target"]
    name = comparator_name(say.release, say.unit, one.to, say.lang, say.groups)
    return say.t["insight_goal_median"].format(name=name)


def _goal_title(say: Insights, one: Needed) -> str:
    return f"{needed_title(say)} ({_goal(say, one)})"


def _why_no_way(say: Insights, one: Needed) -> str:
    if one.reason is None:
        return ""
    variables = say.release.catalogue.variables
    blocked = "; ".join(
        f"{getattr(variables[name].name, say.lang)}: {blocked_words(why, say.lang)}"
        for name, why in one.blocked
    )
    return no_way(one.reason, say.lang) + (f" ({blocked})" if blocked else "")


def _needed(say: Insights, ways: tuple[Needed, ...]) -> dict[str, Any]:
    found = [(one, lever) for one in ways for lever in one.levers]
    if not found:
        return {}
    return {
        "title": needed_title(say),
        "rows": [_lever(say, one, lever) for one, lever in found],
        "effects": [
            {
                "title": say.t["insight_effects"].format(
                    variable=_variable(say, lever), goal=_goal(say, one)
                ),
                "rows": _effects(say, lever),
            }
            for one, lever in found
            if lever.effects
        ],
        "note": say.t["insight_needed_note"].format(year=ways[0].year),
    }


def _variable(say: Insights, lever: Lever) -> str:
    words: str = getattr(say.release.catalogue.variables[lever.variable].name, say.lang)
    return words


def _lever(say: Insights, one: Needed, lever: Lever) -> dict[str, str]:
    return {
        "goal": f"{_goal(say, one)}: {say.said(one.goal or 0.0)}",
        "variable": _variable(say, lever),
        "before": say.amount(lever.variable, lever.before),
        "change": say.amount(lever.variable, lever.change, signed=True),
        "after": say.amount(lever.variable, lever.after),
    }


def _effects(say: Insights, lever: Lever) -> list[dict[str, str]]:
    catalogue, to = say.release.catalogue, Addresses(say.lang)
    rows = []
    for one in lever.effects:
        other = catalogue.indicators[one.indicator]
        measure = catalogue.measures[other.unit]
        rows.append(
            {
                "name": getattr(other.label, say.lang),
                "href": to.unit_indicator(say.unit.code, other.id),
                "before": value_text(one.before, other, measure, say.lang),
                "after": value_text(one.after, other, measure, say.lang),
            }
        )
    return rows
