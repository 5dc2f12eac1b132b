"""Features on one scale, so that none decides alone.

Robust: (x - median) / spread, the spread being MAD / 0.6745, or 1.2533 times the mean absolute
deviation where half of the units are equal (MAD = 0); cut at 3.5 either way (winsorised). Scores,
constants and the limit are those of B. Iglewicz and D. C. Hoaglin, "How to Detect and Handle
Outliers" (ASQC, 1993). Classic: (x - mean) / standard deviation, nothing cut.
"""

import numpy as np
from numpy.typing import NDArray

from smup.panel.panel import Values

LIMIT = 3.5
MAD = 0.6745  # MAD of a normal distribution with standard deviation 1
MEAN_AD = 1.253314  # the mean absolute deviation of one, inverted

Mask = NDArray[np.bool_]


def robust(values: Values, among: Mask) -> Values:
    """Scores of ``values`` [unit] by the median and spread of those ``among``; NaN stays NaN.

    Where all are equal every score is 0: the feature tells nobody apart.
    """
    known = values[among & ~np.isnan(values)]
    if not known.size:
        return np.full_like(values, np.nan)
    apart = np.abs(known - np.median(known))
    spread = float(np.median(apart)) / MAD or float(apart.mean()) * MEAN_AD
    return np.clip(_scores(values, float(np.median(known)), spread), -LIMIT, LIMIT)


def classic(values: Values, among: Mask) -> Values:
    """Scores by mean and standard deviation (of the units themselves, not of a sample)."""
    known = values[among & ~np.isnan(values)]
    if not known.size:
        return np.full_like(values, np.nan)
    return _scores(values, float(known.mean()), float(known.std()))


def logarithm(values: Values) -> Values:
    """Natural logarithms; what is not above zero has none."""
    return np.log(values, where=values > 0, out=np.full_like(values, np.nan))


def _scores(values: Values, centre: float, spread: float) -> Values:
    if spread == 0:
        return np.where(np.isnan(values), np.nan, 0.0)
    return (values - centre) / spread
