"""The worked examples of change and trend, computed by the code that does it."""

import numpy as np

from smup.compare.chance import Chance, by_variation, difference_of_shares, ratio_of_rates
from smup.compare.trend import FEWEST_POINTS, LEVEL, MOST_EXACT, trend
from smup.compare.usual import usual_of
from smup.language import Lang, format_number

SHARES = (48.0, 80.0, 56.0, 70.0)  # Newcombe (1998), table II, contrast (a)
RATES = (20.0, 2000.0, 8.0, 2000.0)
STEPS = (2.0, -1.0, 3.0, 0.0, -2.0, 1.0)
SERIES = (2.0, 3.0, 5.0, 4.0, 6.0)
EXAMPLE_LEVEL = 0.95  # of the examples, whatever the catalogue says


def moving_numbers(lang: Lang) -> dict[str, object]:
    """Numbers of the examples, ready to print."""
    low, high = difference_of_shares(*SHARES, EXAMPLE_LEVEL)
    usual = by_variation(5.0, np.array(STEPS), usual_of(np.empty((len(STEPS), 0))), EXAMPLE_LEVEL)
    if not isinstance(usual, Chance) or usual.limit is None:
        raise ValueError("the example has too few steps")
    (segment,) = trend(list(enumerate(SERIES, start=2020)))
    if segment.p is None or segment.slope is None or segment.s is None:
        raise ValueError("the example has too few points")
    return {
        "share_low": format_number(100 * low, 1, lang),
        "share_high": format_number(100 * high, 1, lang),
        "rate_p": format_number(ratio_of_rates(*RATES), 3, lang),
        "usual_limit": format_number(usual.limit, 2, lang),
        "trend_s": segment.s,
        "trend_p": format_number(segment.p, 3, lang),
        "trend_slope": format_number(segment.slope, 0, lang),
        "trend_level": format_number(LEVEL, 2, lang),
        "trend_points": FEWEST_POINTS,
        "trend_exact": MOST_EXACT,
    }
