"""All units with the relations between them, as one immutable object."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from smup.territory.index import SearchIndex
from smup.territory.names import NamesIndex
from smup.territory.successions import Succession, What
from smup.territory.units import GMINA_KINDS, Change, Kind, Level, Unit

if TYPE_CHECKING:
    from smup.territory.bridge import Borders


@dataclass(frozen=True)
class Territory:
    """Units in a fixed order (country, województwa, powiats and cities, sum rows, gminas).

    ``neighbours`` maps (code, level) to the sorted codes of units that share a border with it at
    that level: at gmina level cities with powiat rights stand among the gminas, at powiat level
    among the powiats. The relation is symmetric. ``numbers`` gives a code the integer it has for
    good (``smup.territory.numbers``); codes of units no longer listed keep theirs.
    """

    units: Mapping[str, Unit]
    changes: tuple[Change, ...]
    neighbours: Mapping[tuple[str, Level], tuple[str, ...]]
    successions: tuple[Succession, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units.values())

    def __len__(self) -> int:
        return len(self.units)

    def get(self, code: str) -> Unit | None:
        """The unit with this code or alias (6- or 7-digit gmina code, BDL id); None if unknown."""
        return self.units.get(code) or self.units.get(self._aliases.get(code, ""))

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        return {alias: unit.code for unit in self for alias in unit.aliases}

    @cached_property
    def search_index(self) -> SearchIndex:
        """Names and codes prepared for ``smup.territory.search``; built on first use."""
        return SearchIndex(self, self.changes)

    @cached_property
    def names_index(self) -> NamesIndex:
        """Names in every case, for ``smup.territory.mentions``; built on first use."""
        return NamesIndex(self.search_index)

    @cached_property
    def land_moves(self) -> Mapping[str, tuple[Succession, ...]]:
        """By unit, the successions in which land came to it or left it; a new code for the same
        land is none."""
        found: dict[str, list[Succession]] = {}
        for one in self.successions:
            if one.what is not What.RENUMBERED:
                for unit in {one.from_unit, one.to_unit}:
                    found.setdefault(unit, []).append(one)
        return {unit: tuple(moves) for unit, moves in found.items()}

    def of_level(self, level: Level, on: date | None = None) -> tuple[Unit, ...]:
        """Units compared at ``level``, cities with powiat rights at both; those existing ``on``."""
        return tuple(u for u in self if level in u.levels and (on is None or u.exists_on(on)))

    def of_kind(self, kinds: Iterable[Kind], on: date | None = None) -> tuple[Unit, ...]:
        wanted = frozenset(kinds)
        return tuple(u for u in self if u.kind in wanted and (on is None or u.exists_on(on)))

    def members(self, code: str) -> tuple[Unit, ...]:
        """The gminas and cities with powiat rights whose territories make up ``code``.

        Each piece of land once: a city with powiat rights is its own only member, a powiat (and
        its sum row) has its gminas, a województwo its gminas and cities.
        """
        return self._members.get(code, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[Unit, ...]]:
        found: dict[str, list[Unit]] = {}
        for unit in self:
            if unit.kind in GMINA_KINDS:
                owners = [unit.powiat, f"{unit.powiat}G", unit.wojewodztwo, "PL"]
            elif unit.kind is Kind.MIASTO:
                owners = [unit.code, unit.wojewodztwo, "PL"]
            else:
                continue
            for owner in owners:
                found.setdefault(str(owner), []).append(unit)
        return {code: tuple(units) for code, units in found.items()}

    def powiats_of(self, code: str) -> tuple[Unit, ...]:
        """Powiats and cities with powiat rights of a województwo or of the country."""
        return tuple(
            u for u in self.of_level(Level.POWIAT) if code == "PL" or u.wojewodztwo == code
        )

    def changes_of(self, code: str) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.unit == code)

    @cached_property
    def borders(self) -> "Borders":
        """The borders of all years. Raises BrokenLedger for successions that cannot be true."""
        from smup.territory.bridge import Borders  # needs numpy: only when asked for

        return Borders(self.successions, self)

    def successors_of(self, code: str) -> tuple[Succession, ...]:
        """Where the land of a unit went, in order of time."""
        return tuple(s for s in self.successions if s.from_unit == code)

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """Codes of units whose name another unit of their level bears, former units among them."""
        alike: dict[tuple[str, Level | None], list[str]] = {}
        for unit in self:
            alike.setdefault((unit.name, unit.level), []).append(unit.code)
        return frozenset(code for codes in alike.values() if len(codes) > 1 for code in codes)

    def alternatives(self, unit: Unit) -> tuple[Unit, ...]:
        """Other units of the same name (three Bolesławiec)."""
        return tuple(u for u in self if u.name == unit.name and u.code != unit.code and u.levels)
