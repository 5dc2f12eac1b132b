"""The worked example of bringing figures to other borders, computed by the code that does it."""

from datetime import date

from smup.language import Lang, format_number
from smup.territory import Level, Succession
from smup.territory.bridge import Borders
from smup.territory.successions import What

FIRST, LAST = 2009, 2014
PEOPLE = {"A": 40_000.0, "C": 20_000.0}  # in the first year
SHARE = 0.3  # of A, that became B


def border_numbers(lang: Lang) -> dict[str, object]:
    """Numbers of the example: a part of A became B, then B joined C."""
    rows = (
        Succession(Level.GMINA, "A", "B", date(2010, 1, 1), What.SPLIT, None, SHARE, None, "", ""),
        Succession(Level.GMINA, "B", "C", date(LAST, 1, 1), What.MERGE, None, None, None, "", ""),
    )
    made = Borders(rows, ()).bridge(Level.GMINA, LAST, FIRST, "population")
    found = {
        unit: sum(share * PEOPLE[code] for code, share in one.of.items())
        for unit, one in made.items()
    }
    numbers = {
        "border_a": PEOPLE["A"],
        "border_c": PEOPLE["C"],
        "border_a_then": found["A"],
        "border_c_then": found["C"],
        "border_all": sum(found.values()),
    }
    words: dict[str, object] = {k: format_number(v, 0, lang) for k, v in numbers.items()}
    return words | {"border_share": round(100 * SHARE), "border_first": FIRST, "border_last": LAST}
