"""Numbers of the methodology of the efficiency frontier: the textbook's shops, computed."""

import numpy as np

from smup.compare.dea import DRAWS, OUTER, locate
from smup.compare.frontier import FEWEST, MOST
from smup.compare.kernels import ENOUGH_PERCENT
from smup.language import Lang, format_number

# W. W. Cooper, L. M. Seiford, K. Tone 2007, "Data Envelopment Analysis", table 1.1
SHOPS = "ABCDEFGH"
EMPLOYEES = (2, 3, 3, 4, 5, 5, 6, 8)
SALES = (1, 3, 2, 3, 4, 2, 3, 5)
SHOWN = SHOPS.index("C")


def frontier_numbers(lang: Lang) -> dict[str, object]:
    """The shop C on the frontier of all eight, and the limits of the method."""
    inputs, outputs = (np.array(row, float)[:, None] for row in (EMPLOYEES, SALES))
    found = locate(inputs, outputs, SHOWN)
    peers = [SHOPS[at] for at in np.flatnonzero(found.weights)]
    needed = float((found.weights @ inputs)[0])
    return {
        "frontier_fewest": FEWEST,
        "frontier_most": MOST,
        "frontier_share": ENOUGH_PERCENT,
        "frontier_draws": DRAWS,
        "frontier_level": round(100 * (OUTER[1] - OUTER[0])),
        "frontier_first": peers[0],
        "frontier_second": peers[1],
        "frontier_needed": format_number(needed, 1, lang),
        "frontier_score": format_number(100 * found.score, 0, lang),
        "frontier_constant": format_number(100 * found.constant, 0, lang),
        "frontier_scale": format_number(100 * found.scale, 0, lang),
    }
