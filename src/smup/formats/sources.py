"""Who published the figures that stand behind indicators."""

from collections.abc import Iterable, Iterator

from smup.catalogue import Catalogue
from smup.compute.formula import names, parse


def publishers(catalogue: Catalogue, items: Iterable[str]) -> list[str]:
    """Publishers of the sources of every variable in the formulas of ``items``, each once."""
    found: dict[str, None] = {}
    for variable in dict.fromkeys(v for item in items for v in _variables(catalogue, item)):
        for place in catalogue.variables[variable].sources:
            source = catalogue.sources.get(place.source)
            if source is not None:
                found[source.publisher] = None
    return list(found)


def _variables(catalogue: Catalogue, item: str) -> Iterator[str]:
    """Variables with sources of their own; other indicators and derived variables are opened."""
    for name in names(parse(catalogue.indicators[item].formula)):
        if name.indicator:
            yield from _variables(catalogue, name.id)
            continue
        derived = catalogue.variables[name.id].derived
        if derived is None:
            yield name.id
        else:
            yield from (part.id for part in names(parse(derived)))
