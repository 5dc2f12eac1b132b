"""Whose row is it: from what stands in the code column to a unit of the territory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from smup.ingest.mapping import FileMapping
from smup.ingest.names import Names
from smup.ingest.table import Cell, collapsed
from smup.language import fold
from smup.territory import Level, Territory

_WIDTH = {"teryt4": 4, "teryt6": 6, "teryt7": 7, "bdl12": 12}
_PART_KINDS = {"4": "czesc-gminy", "5": "czesc-gminy", "8": "czesc-miasta", "9": "czesc-miasta"}
COUNTRY = "PL"  # our own code, in tables that programs write for programs
_OUTSIDE = ("98", "99")  # in place of a powiat: ships and embassies, as PKW numbers them


@dataclass(frozen=True, slots=True)
class Place:
    """A row of ``unit``; ``part`` names the kind of part it is only about, ``key`` the code read.

    Two rows with one ``key`` are a duplicate; a city may stand under two keys, gmina and powiat.
    """

    unit: str
    key: str
    part: str | None = None
    counted: bool = False  # put to this unit by the mapping (``counted_in``)


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Why a row has no unit: a finding code and the particulars."""

    code: str
    detail: str


@dataclass(frozen=True)
class Units:
    """The units of the territory and their parts, as the codes of sources name them."""

    territory: Territory
    parts: Mapping[str, str] = field(default_factory=dict)  # load_parts()

    def place(
        self, mapping: FileMapping, code: Cell, name: str = "", around: tuple[str, str] = ("", "")
    ) -> Place | NoPlace:
        """The unit a row is about, or why there is none.

        ``around`` are the names of its powiat and województwo, for a unit known by its name.
        """
        if mapping.unit.code == "name":
            return self._named(mapping, collapsed(code), around)
        if mapping.unit.code == "wojewodztwo":
            return self._by_name(collapsed(code))
        text = _digits(code)
        if not text:
            if mapping.unit.by_name and name:
                return self._by_name(name)
            return NoPlace("brak-kodu", f"brak kodu; w wierszu: „{name}”" if name else "brak kodu")
        if text == COUNTRY:
            return Place(text, text)
        width = _WIDTH.get(mapping.unit.code)
        # A spreadsheet loses one leading zero (codes begin with 02-32, BDL ids with 01-07).
        if not text.isdecimal() or (width and len(text) not in (width, width - 1)):
            return NoPlace("nieczytelny-kod", f"kod „{collapsed(code)}” ma niewłaściwą postać")
        padded = text.zfill(width or 0)
        padded = padded[2:4] + padded[7:] if width == 12 else padded
        short = _shortened(padded)
        if short in mapping.historical:
            return NoPlace("jednostka-historyczna", f"{short}: {mapping.historical[short]}")
        if padded in mapping.counted_in:
            return Place(mapping.counted_in[padded], padded, counted=True)
        return self.by_code(padded)

    def by_code(self, code: str) -> Place | NoPlace:
        """The unit of a TERYT code of any level, or the unit that it is a part of."""
        short = _shortened(code)
        if code[2:4] in _OUTSIDE:
            return NoPlace("wiersz-spoza-podzialu", f"kod {code} nie oznacza jednostki")
        part = self.parts.get(code)
        if part is not None:
            return Place(part, code, _PART_KINDS.get(code[6:], "czesc-miasta"))
        if len(code) not in (2, 4, 6, 7):
            return NoPlace("nieczytelny-kod", f"kod „{code}” ma {len(code)} cyfr")
        if code[6:] in _PART_KINDS and (whole := self.territory.get(code[:6])) is not None:
            return Place(whole.code, code, _PART_KINDS[code[6:]])
        unit = self.territory.get(short)
        if unit is None:
            return NoPlace("nieznana-jednostka", f"kodu {code} nie ma w rejestrze")
        return Place(unit.code, code)

    def _named(self, mapping: FileMapping, name: str, around: tuple[str, str]) -> Place | NoPlace:
        """The one unit of that name, or the one a person said is meant."""
        said = ", ".join(filter(None, (name, *around)))
        if not name:
            return NoPlace("brak-kodu", "brak nazwy jednostki")
        if said in mapping.unit.named:
            unit = self.territory.get(mapping.unit.named[said])
            if unit is None:
                return NoPlace("nieznana-jednostka", f"kodu {mapping.unit.named[said]} nie ma")
            return Place(unit.code, said)
        meant = self.names.meant(name, *around)
        if not meant.units:
            return NoPlace("nieznana-jednostka", f"nazwy „{said}” nie ma w rejestrze")
        if len(meant.units) > 1:
            fitting = ", ".join(f"{u.code} ({u.kind})" for u in meant.units[:6])
            return NoPlace("niejednoznaczna-nazwa", f"„{said}” pasuje do: {fitting}")
        unit = meant.units[0]
        return Place(unit.code, said, "czesc-gminy" if meant.part else None)

    @cached_property
    def names(self) -> Names:
        return Names(self.territory)

    def _by_name(self, name: str) -> Place | NoPlace:
        words = fold(name).removeprefix("woj.").removeprefix("wojewodztwo").strip()
        code = self._names.get(words) or self._names.get(words.split(" ")[0])
        if code is None:
            return NoPlace("brak-kodu", f"„{name}” nie jest nazwą województwa ani kraju")
        return Place(code, code)

    @cached_property
    def _names(self) -> dict[str, str]:
        large = (Level.WOJEWODZTWO, Level.KRAJ)
        return {fold(u.name): u.code for u in self.territory if u.level in large}


def _digits(code: Cell) -> str:
    """The code without spaces; a number a spreadsheet made of it loses its ``.0``."""
    if isinstance(code, float):
        return str(int(code)) if code.is_integer() else str(code)
    return "".join(code.split())


def _shortened(code: str) -> str:
    """A TERYT code of any level as the stable code of its unit.

    Zeros in place of a lower level mean the higher one: ``0201000`` is the powiat 0201, ``0200000``
    the województwo 02. The kind of a gmina (7th digit) changes over time and is left out.
    """
    if not code.strip("0"):
        return "PL"
    for length in (2, 4):
        if len(code) > length and not code[length:].strip("0"):
            return code[:length]
    return code[:6]
