"""Which variables of the catalogue come from the Local Data Bank, and at which levels."""

from collections.abc import Iterator
from dataclasses import dataclass

from smup.catalogue import Catalogue, Variable
from smup.catalogue.models import BdlPosition
from smup.sources.bdl.questions import PROVIDER

COUNTRY, WOJEWODZTWO, POWIAT, GMINA = 0, 2, 5, 6
LEVEL_NAMES = {COUNTRY: "kraju", WOJEWODZTWO: "województw", POWIAT: "powiatów", GMINA: "gmin"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variable and where it stands; ``levels`` are BDL's, the lowest units first."""

    variable: Variable
    position: BdlPosition
    levels: tuple[int, ...]

    @property
    def asked(self) -> str:
        """The position in words, as it is kept beside the number that was found for it."""
        if self.position.id is not None:
            return f"numer {self.position.id}"
        return " / ".join((str(self.position.subject), *self.position.labels))


def wanted_of(catalogue: Catalogue) -> Iterator[Wanted]:
    """In the order of the catalogue; a variable once, by the first position it names."""
    for variable in catalogue.variables.values():
        positions = [s.bdl for s in variable.sources if s.source == PROVIDER and s.bdl]
        if positions:
            yield Wanted(variable, positions[0], levels_of(variable))


def levels_of(variable: Variable) -> tuple[int, ...]:
    """What its kinds of unit need. A city with powiat rights stands with gminas and with powiats,
    so it needs no level of its own where either is asked; larger units are asked only for what
    cannot be added up."""
    kinds = set(variable.kinds)
    levels = [GMINA] if "gmina" in kinds else []
    if "powiat" in kinds or not levels:
        levels.append(POWIAT)
    if not variable.additive:
        levels += [WOJEWODZTWO, COUNTRY]
    return tuple(levels)
