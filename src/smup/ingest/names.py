"""Units by what tables call them: "m. Bolesławiec", "WOJ. ŚLĄSKIE", "Powiat m. Łódź".

A name is taken only when exactly one unit can be meant: words for the kind of unit, and the powiat
and województwo beside it, tell units of one name apart. Nothing is guessed; a name spelt otherwise
than in the register finds nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from smup.language import fold
from smup.territory import GMINA_KINDS, Kind, Territory, Unit
from smup.territory.index import words

_TOWNS = frozenset({Kind.GMINA_MIEJSKA, Kind.MIASTO})
_GMINAS = frozenset({*GMINA_KINDS, Kind.MIASTO})
_VILLAGE = frozenset({Kind.GMINA_WIEJSKA})
_MIXED = frozenset({Kind.GMINA_MIEJSKO_WIEJSKA})
_POWIATS = frozenset({Kind.POWIAT})
_CITIES = frozenset({Kind.MIASTO})
# What stands before or after a name; the first that fits. Offices write "m." and "gm." beside each
# other, and then "gm." is a gmina that is no town; the whole word "gmina" may be any of them.
_BEFORE: tuple[tuple[str, frozenset[Kind]], ...] = (
    (r"(?:powiat|pow\.?) (?:grodzki|miasto|m\.?) (?:st\. ?)?", _CITIES),
    (r"(?:miasto na prawach powiatu|mnpp)\b", _CITIES),
    (r"(?:powiat|pow\.)", _POWIATS),
    (r"(?:wojewodztwo|woj\.)", frozenset({Kind.WOJEWODZTWO})),
    (r"(?:m\. ?st\.|miasto stoleczne)", _CITIES),
    (r"(?:gmina|gm\.) (?:miejsko[- ]wiejska|m\.? ?[-/]? ?w\.?)\b", _MIXED),
    (r"(?:gmina|gm\.) (?:miejska|m\.?)(?![a-z])", _TOWNS),
    (r"(?:gmina|gm\.) (?:wiejska|w\.?)(?![a-z])", _VILLAGE),
    (r"(?:gm\.)", frozenset({Kind.GMINA_WIEJSKA, Kind.GMINA_MIEJSKO_WIEJSKA})),
    (r"m-w\.", _MIXED),
    (r"g\.", _VILLAGE),
    (r"gmina\b", _GMINAS),
    (r"(?:m\.|miasto\b)", _TOWNS),
)
_AFTER: tuple[tuple[str, frozenset[Kind]], ...] = (
    (r"miasto na prawach powiatu", _CITIES),
    (r"(?:gmina |gm\. ?)?(?:miejsko[- ]wiejska|m ?[-/] ?w|3)", _MIXED),
    (r"(?:gmina |gm\. ?)(?:miejska|m)|miejska|miasto|m|1", _TOWNS),
    (r"(?:gmina |gm\. ?)(?:wiejska|w)|wiejska|w|gmina|g|2", _VILLAGE),
    (r"powiat", _POWIATS),
)


def _tail(words_: str) -> re.Pattern[str]:
    """A name with these words after it: "(…)", "– …" or ", …"."""
    return re.compile(rf"(?P<name>.+?) ?(?:\((?:{words_})\)|(?: [-\u2013\u2014] |, )(?:{words_}))")


_BEFORE_PATTERNS = tuple((re.compile(text), kinds) for text, kinds in _BEFORE)
_AFTER_PATTERNS = tuple((_tail(text), kinds) for text, kinds in _AFTER)
_TOWN_PART = re.compile(r"(?P<name>.+?)(?: [-\u2013\u2014] |, )miasto")
_RURAL_PART = _tail(r"obszar wiejski|czesc wiejska|obsz\. wiejski")


@dataclass(frozen=True, slots=True)
class Asked:
    """A name without the words around it: what kinds they leave, what part of a unit they name."""

    name: str
    kinds: frozenset[Kind] | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """The units a name may mean; ``part`` where it is only of a town or rural area in one."""

    units: tuple[Unit, ...]
    part: str | None = None


@lru_cache(maxsize=100_000)
def asked(text: str) -> Asked:
    """The name in a cell, and what the words beside it say."""
    name = " ".join(fold(text).split())
    for pattern, part in ((_TOWN_PART, "miasto"), (_RURAL_PART, "obszar wiejski")):
        if found := pattern.fullmatch(name):
            return Asked(_plain(found["name"]), _MIXED, part)
    kinds: frozenset[Kind] | None = None
    for pattern, meant in _AFTER_PATTERNS:
        if found := pattern.fullmatch(name):
            name, kinds = found["name"], meant
            break
    for pattern, meant in _BEFORE_PATTERNS:
        found = pattern.match(name)
        if found and name[found.end() :].strip():
            # "gm. Bolesławiec (miejska)": what is said twice must hold twice.
            name = name[found.end() :].strip()
            kinds = meant if kinds is None else kinds & meant
            break
    return Asked(_plain(name), kinds)


def _plain(name: str) -> str:
    return " ".join(words(name))


@dataclass(frozen=True)
class Names:
    """The units of a territory by name."""

    territory: Territory

    def meant(self, text: str, powiat: str = "", wojewodztwo: str = "") -> Meant:
        """Every unit the name can mean, given the powiat and województwo beside it.

        Units that exist come before those abolished: of a name that both bear only they are meant.
        """
        wanted = asked(text)
        found = [u for u in self._units.get(wanted.name, ()) if _fits(u, wanted.kinds)]
        if powiat:
            found = [u for u in found if self._in_powiat(u, asked(powiat).name)]
        if wojewodztwo:
            found = [u for u in found if self._in_wojewodztwo(u, asked(wojewodztwo).name)]
        lasting = [u for u in found if u.valid_to is None]
        return Meant(tuple(lasting or found), wanted.part)

    def _in_powiat(self, unit: Unit, name: str) -> bool:
        home = self.territory.units.get(unit.powiat or unit.code)
        return home is not None and name in self._names_of.get(home.code, ())

    def _in_wojewodztwo(self, unit: Unit, name: str) -> bool:
        home = self.territory.units.get(unit.wojewodztwo or "")
        return home is not None and _plain(fold(home.name)) == name

    @cached_property
    def _units(self) -> Mapping[str, tuple[Unit, ...]]:
        found: dict[str, tuple[Unit, ...]] = {}
        for unit in self.territory:
            for name in self._names_of.get(unit.code, ()):
                found[name] = (*found.get(name, ()), unit)
        return found

    @cached_property
    def _names_of(self) -> Mapping[str, frozenset[str]]:
        """Present and former names by code, without diacritics; sum rows of powiats have none."""
        former: dict[str, set[str]] = {}
        for change in self.territory.changes:
            if change.what == "zmiana-nazwy":
                former.setdefault(change.unit, set()).add(_plain(fold(change.before)))
        return {
            unit.code: frozenset({_plain(fold(unit.name)), *former.get(unit.code, ())})
            for unit in self.territory
            if unit.levels
        }


def _fits(unit: Unit, kinds: frozenset[Kind] | None) -> bool:
    """A bare name is any unit's; with words for a kind it is one of that kind."""
    return kinds is None or unit.kind in kinds
