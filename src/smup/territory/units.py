"""One type for every unit, whatever its level: a village gmina, Warsaw and the country alike."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """Where a unit stands. A city with powiat rights stands at gmina and at powiat level."""

    GMINA = "gmina"
    POWIAT = "powiat"
    WOJEWODZTWO = "wojewodztwo"
    KRAJ = "kraj"


class Kind(StrEnum):
    """What a unit is by law; ``GMINY_POWIATU`` is the sum row of all gminas of one powiat."""

    GMINA_MIEJSKA = "gmina-miejska"
    GMINA_WIEJSKA = "gmina-wiejska"
    GMINA_MIEJSKO_WIEJSKA = "gmina-miejsko-wiejska"
    MIASTO = "miasto-na-prawach-powiatu"
    POWIAT = "powiat"
    GMINY_POWIATU = "gminy-powiatu"
    WOJEWODZTWO = "wojewodztwo"
    KRAJ = "kraj"

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels at which a unit of this kind is compared; the first is its default role."""
        return _LEVELS[self]


GMINA_KINDS = (Kind.GMINA_MIEJSKA, Kind.GMINA_WIEJSKA, Kind.GMINA_MIEJSKO_WIEJSKA)

_LEVELS: dict[Kind, tuple[Level, ...]] = {
    Kind.GMINA_MIEJSKA: (Level.GMINA,),
    Kind.GMINA_WIEJSKA: (Level.GMINA,),
    Kind.GMINA_MIEJSKO_WIEJSKA: (Level.GMINA,),
    Kind.MIASTO: (Level.GMINA, Level.POWIAT),
    Kind.POWIAT: (Level.POWIAT,),
    Kind.GMINY_POWIATU: (),
    Kind.WOJEWODZTWO: (Level.WOJEWODZTWO,),
    Kind.KRAJ: (Level.KRAJ,),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One event the registers show for a unit.

    The event fell on a 1 January (registers change only then) later than ``after`` and not later
    than ``by``; where the year is known the two are one year apart and ``day`` is set.
    """

    unit: str
    what: str  # utworzenie | zniesienie | zmiana-nazwy | zmiana-rodzaju
    after: date
    by: date
    day: date | None
    before: str  # old name or kind, "" for a creation
    now: str  # new name or kind, "" for an abolition
    source: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of local government (or the country, or the sum row of a powiat's gminas).

    ``code`` is the stable key: 6 digits for a gmina, 4 for a powiat and for a city with powiat
    rights, 2 for a województwo, ``PL``; ``1408G`` for the gminas of powiat 1408 together.
    ``valid_from`` is None where the unit is older than the first register we hold; ``valid_to`` is
    the first day on which it no longer exists, None while it does.
    """

    code: str
    name: str
    kind: Kind
    powiat: str | None  # code of the powiat a gmina lies in; None for the rest
    wojewodztwo: str | None  # 2-digit code; None for the country
    valid_from: date | None = None
    valid_to: date | None = None
    teryt6: str | None = None  # gmina code; a city with powiat rights has one too
    teryt7: str | None = None  # newest 7-digit code (kind of gmina is the last digit)
    bdl_gmina: str | None = None
    bdl_powiat: str | None = None
    nuts3: str | None = None
    lon: float | None = None  # a point inside the unit, WGS84; None where no outline is known
    lat: float | None = None
    outline: bool = False  # is there a boundary for it in the boundary files
    aliases: tuple[str, ...] = field(default=())

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.kind.levels

    @property
    def level(self) -> Level | None:
        """The default level; None for a sum row."""
        return self.levels[0] if self.levels else None

    @property
    def parents(self) -> tuple[str, ...]:
        """Codes of the units it lies in, nearest first, the country left out."""
        return tuple(c for c in (self.powiat, self.wojewodztwo) if c is not None)

    def exists_in(self, year: int) -> bool:
        """Did the unit exist on 31 December of ``year``?"""
        day = date(year, 12, 31)
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )
