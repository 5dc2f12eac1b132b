"""All rules of the catalogue over a whole panel of variables."""

from collections.abc import Iterator

from smup.catalogue import Catalogue, Text
from smup.catalogue.quality import Rule, Rules, relations
from smup.panel import Panel
from smup.quality.breach import Breach
from smup.quality.jumps import jump_breaches
from smup.quality.levels import level_breaches
from smup.quality.repeats import repeated_breaches, twin_breaches
from smup.quality.rules import breaches
from smup.territory import Territory

# The key of catalogue/quality.yaml whose rules give a code
_RULED_BY = {
    "poza-zakresem": "range",
    "niezgodna-suma": "total",
    "niezgodna-roznica": "balance",
    "czesc-wieksza-od-calosci": "at_most",
    "samotne-zero": "lone_zero",
    "niezgodny-poziom": "levels",
    "skok-ludnosci": "population",
    "zmiana-granic": "population",
    "zmiana-jednostki-miary": "unit_swap",
    "przesuniecie-cyfr": "digit_shift",
    "skok-wartosci": "jump",
    "powtorzone-wartosci": "repeated",
    "wiersz-innej-jednostki": "twin_rows",
    "niezgodne-zrodla": "sources",
}


def reasons(code: str, rules: Rules) -> list[Text]:
    """Why the rules hold that give this code; [] for a code that comes from no rule."""
    found = getattr(rules, _RULED_BY[code]) if code in _RULED_BY else None
    if isinstance(found, Rule):
        return [found.why]
    return [rule.why for rule in found.values()] if found else []


def judged(panel: Panel, territory: Territory, catalogue: Catalogue) -> Iterator[Breach]:
    """Where a figure breaks a rule, kind of rule by kind of rule.

    ``panel`` holds variables that sources publish, on units of the territory.
    """
    rules = catalogue.quality
    yield from breaches(panel, relations(rules), catalogue.variables)
    if rules.levels is not None:
        # What a body does or spends is its own: the area's bodies together are another number.
        additive = [v.id for v in catalogue.inputs if v.additive and v.scope == "territory"]
        yield from level_breaches(panel, territory, rules.levels, additive)
    yield from jump_breaches(panel, territory, rules)
    if rules.repeated is not None:
        yield from repeated_breaches(panel, territory, rules.repeated)
    if rules.twin_rows is not None:
        yield from twin_breaches(panel, territory, rules.twin_rows, catalogue.variables)
