"""Numbers of the text on secrecy: the limits of the rules, and an example."""

from smup.catalogue import Catalogue
from smup.compute.secrecy_levels import FEWEST_UNITS
from smup.language import Lang

FIVE = (1, 2, 1, 12, 7)  # counts of five gminas of one województwo


def secrecy_numbers(catalogue: Catalogue, lang: Lang) -> dict[str, object]:
    """What ``method.yaml`` names in its section on secrecy."""
    fewer = {"pl": "mniej niż", "en": "fewer than"}[lang]
    rules = [f"{getattr(r.name, lang)}: {fewer} {r.below}" for r in catalogue.secrecy.values()]
    hidden = [count for count in FIVE if count < 3]
    return {
        "secret_rules": "; ".join(rules) or "–",
        "secret_units": FEWEST_UNITS,
        "secret_five": ", ".join(map(str, FIVE)),
        "secret_whole": sum(FIVE),
        "secret_known": sum(FIVE) - sum(hidden),
        "secret_rest": sum(hidden),
        "secret_count": len(hidden),
    }
