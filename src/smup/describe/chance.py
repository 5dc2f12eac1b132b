"""Numbers of the examples in the section on chance, computed by the code they explain."""

import numpy as np

from smup.catalogue.methods import Uncertainty
from smup.compare.counts import Counts
from smup.compare.funnel import Funnel, funnel
from smup.compare.intervals import FEW, exact_poisson, poisson, wilson
from smup.compare.rank_interval import reached
from smup.compare.shrinkage import Shrunk, shrink
from smup.language import Lang, format_number
from smup.panel.panel import Values
from smup.present.scales import decimals_of

SHARE = (81.0, 263.0)  # R. G. Newcombe (1998), table I
EVENTS = (5.0, 100.0)
PLACES = ((8.0, 12.0), (7.0, 11.0), (4.0, 6.0))  # three units, a larger value is better
# Fires of eight units and their inhabitants, the last of them small
FIRES = (40.0, 130.0, 90.0, 210.0, 60.0, 100.0, 170.0, 8.0)
PEOPLE = (10_000.0, 30_000.0, 20_000.0, 50_000.0, 20_000.0, 40_000.0, 30_000.0, 1000.0)


def chance_numbers(rules: Uncertainty, lang: Lang) -> dict[str, object]:
    """What the texts of ``method.yaml`` take, ready to read."""

    def said(value: float, decimals: int) -> str:
        return format_number(value, decimals, lang)

    def percent(share: float) -> str:
        whole = round(100 * share, 6)
        return said(whole, decimals_of([whole]))

    low, high = _ends(wilson(np.array(SHARE[:1]), np.array(SHARE[1:]), 0.95))
    exact_low, exact_high = _ends(exact_poisson(np.array(EVENTS[:1]), 0.95))
    byar_low, byar_high = _ends(poisson(np.array(EVENTS[1:]), 0.95))
    first, last = reached(
        -np.array([high for _, high in PLACES]), -np.array([low for low, _ in PLACES])
    )
    drawn, smoothed = _fires(rules)
    inner, outer = (percent(level) for level in rules.funnel_levels)
    return {
        "interval_level": percent(rules.level),
        "wilson_share": said(100 * SHARE[0] / SHARE[1], 1),
        "wilson_low": said(100 * low, 1),
        "wilson_high": said(100 * high, 1),
        "few_events": FEW,
        "exact_low": said(exact_low, 2),
        "exact_high": said(exact_high, 2),
        "byar_low": said(byar_low, 1),
        "byar_high": said(byar_high, 1),
        "places": "; ".join(_places(a, b) for a, b in zip(first, last, strict=True)),
        "smallest_share": said(rules.minimum_denominator["binomial"], 0),
        "smallest_rate": said(rules.minimum_denominator["poisson"], 0),
        "inner": inner,
        "outer": outer,
        "winsorised": percent(rules.winsorised),
        "phi": said(drawn.dispersion, 2),
        "fires_joint": said(drawn.target, 2),
        "fires_own": said(float(drawn.rates[-1]), 2),
        "fires_smoothed": said(float(smoothed.values[-1]), 2),
        "fires_weight": said(100 * float(smoothed.weight[-1]), 0),
    }


def _fires(rules: Uncertainty) -> tuple[Funnel, Shrunk]:
    counts = Counts("poisson", 1000.0, np.array(FIRES), np.array(PEOPLE), has_base=True)
    columns = np.arange(len(FIRES))
    drawn = funnel(counts, columns, rules)
    smoothed = shrink(counts, columns, rules.level)
    if not isinstance(drawn, Funnel) or not isinstance(smoothed, Shrunk):
        raise TypeError("the example of eight units has both a funnel and smoothed rates")
    return drawn, smoothed


def _places(first: int, last: int) -> str:
    return f"{first}–{last}" if first < last else str(first)


def _ends(limits: tuple[Values, Values]) -> tuple[float, float]:
    low, high = limits
    return float(low[0]), float(high[0])
