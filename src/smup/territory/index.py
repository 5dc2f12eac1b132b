"""Names of units prepared for search: words without diacritics, sorted, each knowing its units."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from smup.language import fold, sort_key
from smup.territory.units import Change, Kind, Unit

# Words people write beside a name to say which unit they mean.
_KIND_WORDS: Mapping[Kind, str] = {
    Kind.GMINA_MIEJSKA: "gmina miejska miasto",
    Kind.GMINA_WIEJSKA: "gmina wiejska",
    Kind.GMINA_MIEJSKO_WIEJSKA: "gmina miejsko-wiejska miasto",
    Kind.MIASTO: "miasto gmina miejska",
    Kind.POWIAT: "powiat",
    Kind.WOJEWODZTWO: "województwo",
    Kind.KRAJ: "kraj",
    Kind.GMINY_POWIATU: "",
}
_CAPITAL = "1465"  # official texts write "m. st. Warszawa"

# Of two equally good matches the one that more people mean comes first.
_KIND_ORDER = (
    Kind.KRAJ,
    Kind.WOJEWODZTWO,
    Kind.MIASTO,
    Kind.GMINA_MIEJSKA,
    Kind.GMINA_MIEJSKO_WIEJSKA,
    Kind.GMINA_WIEJSKA,
    Kind.POWIAT,
)


def words(text: str) -> list[str]:
    """Words and numbers of a text without diacritics; punctuation separates.

    "miejsko-wiejska" stays one word: "wiejska" alone means another kind of gmina.
    """
    return re.findall(r"[a-z0-9]+", re.sub(r"\bmiejsko\W+wiejsk", "miejskowiejsk", fold(text)))


class SearchIndex:
    """Words of names and the words that may stand beside them, each with its units.

    Units are held as positions in ``units``, which is ordered by how they rank between equals.
    Sum rows of powiats are no units of their own and are left out.
    """

    def __init__(self, units: Iterable[Unit], changes: Iterable[Change]) -> None:
        everyone = tuple(units)
        self.units = tuple(sorted((u for u in everyone if u.levels), key=_standing))
        former = _former_names(changes)
        self.names = tuple(" ".join(words(unit.name)) for unit in self.units)
        self.former = tuple(former.get(unit.code, ()) for unit in self.units)
        named = [
            {word for name in (unit.name, *self.former[i]) for word in words(name)}
            for i, unit in enumerate(self.units)
        ]
        by_code = {unit.code: unit for unit in everyone}
        self.name_words = WordList(named)
        self.kind_words = tuple(" ".join(words(_own(unit))) for unit in self.units)
        self.beside_words = WordList([words(_beside(unit, by_code)) for unit in self.units])
        self.trigrams = tuple(trigrams(name) for name in self.names)


class WordList:
    """Sorted words; a prefix is a contiguous stretch of them."""

    def __init__(self, words_of: Iterable[Iterable[str]]) -> None:
        found: dict[str, list[int]] = {}
        for position, some in enumerate(words_of):
            for word in some:
                found.setdefault(word, []).append(position)
        self._words = sorted(found)
        self._positions = [found[word] for word in self._words]

    def with_prefix(self, prefix: str) -> set[int]:
        """Positions of all units with a word that begins with ``prefix``."""
        first = bisect_left(self._words, prefix)
        last = bisect_left(self._words, prefix + "\uffff")
        return {p for positions in self._positions[first:last] for p in positions}


def trigrams(name: str) -> frozenset[str]:
    """Three-letter pieces of a folded name, its ends marked."""
    padded = f"  {name} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def _standing(unit: Unit) -> tuple[object, ...]:
    gone = unit.valid_to is not None
    return gone, _KIND_ORDER.index(unit.kind), sort_key(unit.name), unit.code


def _former_names(changes: Iterable[Change]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for change in changes:
        if change.what == "zmiana-nazwy":
            found[change.unit] = (*found.get(change.unit, ()), change.before)
    return found


def _own(unit: Unit) -> str:
    """Words for the unit's own kind."""
    return _KIND_WORDS[unit.kind] + (" stołeczne" if unit.code == _CAPITAL else "")


def _beside(unit: Unit, by_code: Mapping[str, Unit]) -> str:
    """Words for its kind, and names and kinds of the units it lies in."""
    parents = [by_code[code] for code in unit.parents if code in by_code and code != unit.code]
    around = [f"{_KIND_WORDS[parent.kind]} {parent.name}" for parent in parents]
    rights = "na prawach powiatu" if unit.kind is Kind.MIASTO else ""
    return " ".join((_own(unit), rights, *around))
