"""Which variable of the catalogue a column is, by its header.

Taken without asking only where the words are those of one variable and of no other. A likeness is
asked ("mieszkania" is like "mieszkańcy"); what nobody answers and what is like nothing becomes a
new id, which a release does not use.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from smup.catalogue import Catalogue
from smup.ingest.guess.grid import YEAR
from smup.language import fold
from smup.territory.index import words

# Words that tell no variable from another
_EMPTY = frozenset(
    {"a", "i", "w", "we", "z", "ze", "na", "do", "od", "o", "of", "in", "the", "and", "for", "as"}
    | {"liczba", "ilosc", "number", "total", "ogolem", "razem", "osoby", "osob", "szt", "stan"}
    | {"rok", "roku", "r", "dniu"}
)
_OF_A_DAY = _EMPTY | {"31", "12", "dzien", "grudnia", "as", "december"}
_STEM = 4  # letters two forms of one word share at least
_MOST_ID = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """Ids that fit the header; ``sure`` where the words are the same."""

    ids: tuple[str, ...]
    sure: bool
    reason: str = ""


@dataclass(frozen=True)
class KnownVariables:
    """The variables of a catalogue by their names.

    Headers of described sources are no help: "Frekwencja" stands in the files of every election.
    """

    catalogue: Catalogue

    def fit(self, header: str) -> Fit:
        """What the header can mean; no ids where nothing is like it."""
        said = _said(header, self._symbols)
        exact = self._sound(header, self._names.get(" ".join(said), ()))
        if exact:
            return Fit(exact, True, "nazwa z katalogu")
        alike = self._sound(header, self._alike(said))
        return Fit(alike, False, "nazwa podobna do nazwy z katalogu")

    def _sound(self, header: str, ids: Iterable[str]) -> tuple[str, ...]:
        """Without variables measured in another unit than the header names in brackets."""
        named = {fold(text.strip()) for text in re.findall(r"[\[(]([^\[\]()]+)[\])]", header)}
        measures = named & self._symbols
        return tuple(sorted(one for one in ids if not measures or self._symbol_of(one) in measures))

    def _symbol_of(self, variable: str) -> str:
        measure = self.catalogue.measures.get(self.catalogue.variables[variable].unit)
        return fold(measure.symbol.pl) if measure else ""

    @cached_property
    def _symbols(self) -> frozenset[str]:
        return frozenset(fold(measure.symbol.pl) for measure in self.catalogue.measures.values())

    def _alike(self, said: list[str]) -> set[str]:
        wanted = [word for word in said if word not in _EMPTY]
        if not wanted:
            return set()
        found = set()
        for name, ids in self._names.items():
            own = [word for word in name.split() if word not in _EMPTY]
            if len(own) == len(wanted) and _same_words(wanted, own):
                found |= set(ids)
        return found

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for variable in self.catalogue.variables.values():
            pl, en = _said(variable.name.pl), _said(variable.name.en)
            plain = words(variable.id.replace("_", " "))
            # Yearbooks write both languages one after the other.
            for name in (pl, en, plain, [*pl, *en]):
                text = " ".join(name)
                found[text] = found.get(text, frozenset()) | {variable.id}
        return found


def _said(text: str, symbols: frozenset[str] = frozenset()) -> list[str]:
    """Words of a name without years and without brackets that only say the day or the measure;
    "(kobiety)" and "(w tys.)" make another quantity of it."""

    def plain(found: re.Match[str]) -> str:
        inside = found[0][1:-1]
        empty = fold(inside.strip()) in symbols or set(words(inside)) <= _OF_A_DAY
        return " " if empty else f" {inside} "

    return words(YEAR.sub(" ", re.sub(r"\([^()]*\)|\[[^\[\]]*\]", plain, text)))


def _same_words(wanted: list[str], own: list[str]) -> bool:
    """Is every word a form of one of the other's? "zgony niemowlęta", "zgony niemowląt"."""
    left = list(own)
    for word in wanted:
        match = next((one for one in left if _forms(word, one)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _forms(word: str, other: str) -> bool:
    if word == other:
        return True
    stem = max(_STEM, min(len(word), len(other)) - 2, max(len(word), len(other)) - 4)
    return len(word) >= stem and word[:stem] == other[:stem]


def new_id(header: str, taken: Iterable[str]) -> str:
    """An id for a variable nobody described; never one that is in use."""
    said = words(YEAR.sub(" ", re.sub(r"\([^()]*\)", " ", header)))
    base = "_".join(said or words(header) or ["kolumna"])[:_MOST_ID].strip("_")
    base = base if base[0].isalpha() else f"z_{base}"
    known, name, number = set(taken), base, 2
    while name in known:
        name, number = f"{base}_{number}", number + 1
    return name
