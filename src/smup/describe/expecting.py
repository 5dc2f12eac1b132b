"""Numbers of the methodology on expected values, improvers and what a goal would take.

The worked examples are worked out by the code that makes the figures.
"""

from smup.compare import expected, improvers, needed, regression
from smup.describe.speaker import Speaker
from smup.language import format_number

RULE = {"intercept": 60.0, "coefficient": 4.0, "mean": 9.0, "spread": 0.5, "feature": 9.75}
SPREAD = 8.0
PLACES, CHILDREN, GOAL = 30.0, 1000.0, 4.25


def expecting_numbers(speaker: Speaker) -> dict[str, object]:
    """Keys of ``method.yaml`` in the sections oczekiwana, lepsi and ile."""

    def number(value: float, decimals: int) -> str:
        return format_number(value, decimals, speaker.lang)

    exact = needed.crossing((100.0, 0.0), (0.0, CHILDREN), GOAL)
    away = (RULE["feature"] - RULE["mean"]) / RULE["spread"]
    weight = float(regression.weight(3.0, 1.0))
    return {
        "expected_features": _features(speaker),
        "huber": number(regression.TUNING, 3),
        "folds": regression.FOLDS,
        "least_r2": round(100 * expected.LEAST_R2),
        "fewest_rule": expected.FEWEST,
        "far": expected.FAR,
        **{f"rule_{name}": number(value, 2) for name, value in RULE.items()},
        "rule_expected": number(RULE["intercept"] + away * RULE["coefficient"], 2),
        "rule_weight": number(weight, 3),
        "near_places": improvers.PLACES,
        "like": number(improvers.LIKE, 2),
        "like_spread": number(SPREAD, 0),
        "like_within": number(improvers.LIKE * SPREAD, 0),
        "need_now": number(PLACES, 0),
        "need_people": number(CHILDREN, 0),
        "need_value": number(100 * PLACES / CHILDREN, 2),
        "need_goal": number(GOAL, 2),
        "need_exact": number(exact, 1),
        "need_change": number(needed.rounded_up(exact - PLACES, 1.0), 0),
    }


def _features(speaker: Speaker) -> str:
    catalogue = speaker.catalogue
    if catalogue.expected is None:
        return "–"
    known = catalogue.peers["common"].features
    names = (speaker.text(known[name].name) for name in catalogue.expected.features)
    return ", ".join(dict.fromkeys(names))
