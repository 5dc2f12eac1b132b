"""Numbers of the section on similar units: limits of the code, and an example it computes."""

import numpy as np

from smup.compare.peers.kernel import LEAST, differences, distances
from smup.compare.peers.rules import DEFAULT_K
from smup.compare.peers.runs import RUNS
from smup.compare.peers.space import EARLIER
from smup.compare.peers.standard import LIMIT, robust
from smup.language import Lang, format_number

# The population of seven gminas in thousands: a median of 6, a MAD of 3.
POPULATIONS = (2.0, 3.0, 4.0, 6.0, 8.0, 9.0, 90.0)
# Two units in three features, the last unknown of one of them, and the weights.
SCORES = np.array([[0.0, 0.5], [0.0, 1.0], [0.0, np.nan]])
WEIGHTS = np.array([2.0, 1.0, 1.0])


def peer_numbers(lang: Lang) -> dict[str, object]:
    """By the names that ``method.yaml`` uses."""
    scores = robust(np.array(POPULATIONS), np.ones(len(POPULATIONS), bool))
    squares, partly, out = np.empty_like(SCORES), np.empty(2, np.int32), np.empty(2)
    count = differences(SCORES, 0, squares, partly)
    distances(squares, SCORES, 0, partly[:count], WEIGHTS, True, out)
    parts = WEIGHTS[:2] * squares[:2, 1]
    return {
        "peer_count": DEFAULT_K,
        "peer_runs": RUNS,
        "peer_years": EARLIER,
        "peer_limit": format_number(LIMIT, 1, lang),
        "peer_least": round(100 * LEAST),
        "peer_score": format_number(float(scores[4]), 2, lang),
        "peer_cut": format_number(float(scores[-1]), 1, lang),
        "peer_distance": format_number(float(np.sqrt(out[1])), 2, lang),
        "peer_share": format_number(float(100 * parts[1] / parts.sum()), 0, lang),
    }
