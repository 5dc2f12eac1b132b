"""Units named in a sentence: "ile kosztuje przedszkole w Gdyni", "porównaj Płock i Włocławek".

Names are found in any case (``smup.language.declension``), without diacritics, with a typing error
or by their first word alone; words for a kind ("powiat", "gmina wiejska") and names of the places
around tell units of one name apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from smup.language.declension import forms
from smup.territory.index import words
from smup.territory.names import NamesIndex
from smup.territory.territory import Territory
from smup.territory.units import GMINA_KINDS, Kind, Unit

PLACING = frozenset(["w", "we", "z", "ze", "do", "in", "of"])  # a place is likely named next
_KIND_WORDS: Mapping[str, frozenset[Kind]] = {
    "powiat": frozenset({Kind.POWIAT, Kind.MIASTO}),
    "wojewodztwo": frozenset({Kind.WOJEWODZTWO}),
    "gmina": frozenset(GMINA_KINDS),
    "miasto": frozenset({Kind.MIASTO, Kind.GMINA_MIEJSKA, Kind.GMINA_MIEJSKO_WIEJSKA}),
    "wiejski": frozenset({Kind.GMINA_WIEJSKA}),
    "miejski": frozenset({Kind.GMINA_MIEJSKA, Kind.MIASTO}),
    "miejskowiejski": frozenset({Kind.GMINA_MIEJSKO_WIEJSKA}),
}
_MORE_KIND_WORDS = {"voivodeship": "wojewodztwo", "city": "miasto", "town": "miasto"}
_LONGEST = 5  # words of a name looked at
_OTHERS, _ALIKE = 12, 0.1  # other units kept, and how much worse they may fit


@dataclass(frozen=True, slots=True)
class Mention:
    """``unit`` is named by the words ``start`` to ``end`` (exclusive); ``score`` is 1 for the whole
    name in the nominative, less for another case, a part of the name, a typing error. ``others``
    are units the same words may mean, likeliest first."""

    unit: Unit
    start: int
    end: int
    score: float
    others: tuple[Unit, ...] = ()


def mentions(
    territory: Territory, text: str, may_be: Callable[[int, bool], bool] = lambda at, exact: True
) -> list[Mention]:
    """The units a text names, in its order; words are those of ``smup.territory.index.words``.

    ``may_be`` is asked whether a name may begin at a word, spelt right or not: only the caller
    knows which words speak of something else. Longer names win over shorter ones inside them.
    """
    index, asked = territory.names_index, words(text)
    found: list[Mention] = []
    at = 0
    while at < len(asked):
        best = _best_at(index, asked, at) if may_be(at, True) else None
        if best is None and may_be(at, False) and not kind_word(asked[at]):
            best = _misspelt_at(index, asked, at)
        if best is None:
            at += 1
            continue
        found.append(best)
        at = best.end
    return found


def kinds_named(asked: list[str]) -> frozenset[Kind] | None:
    """The kinds of unit that words for kinds leave; None where there is no such word."""
    left: frozenset[Kind] | None = None
    for word in asked:
        kinds = _KIND_WORDS.get(kind_word(word))
        if kinds is not None:
            left = kinds if left is None else (left & kinds or kinds)
    return left


@lru_cache(maxsize=4096)
def kind_word(word: str) -> str:
    """ "powiecie" -> "powiat"; "" for a word that names no kind."""
    if word in _MORE_KIND_WORDS:
        return _MORE_KIND_WORDS[word]
    return next((kind for kind in _KIND_WORDS if word in _kind_forms(kind)), "")


@lru_cache(maxsize=16)
def _kind_forms(kind: str) -> frozenset[str]:
    irregular = {"powiat": {"powiecie", "powiaty", "powiatow"}, "gmina": {"gmin"}}
    return forms(kind) | irregular.get(kind, set())


def _best_at(index: NamesIndex, asked: list[str], at: int) -> Mention | None:
    """The likeliest unit whose name begins at a word, by the number of words it accounts for."""
    for size in range(min(2, len(asked) - at), 0, -1):
        known = index.also.get(" ".join(asked[at : at + size]))
        if known is not None:
            return Mention(index.index.units[known], at, at + size, 0.9)
    candidates = {p for p, place in index.by_form.get(asked[at], ()) if place == 0}
    found = _chosen(index, asked, at, candidates, 1.0)
    if found is not None and found.end - at == 1 and kind_word(asked[at]):
        return None  # "miejska" alone is a kind, with "Górka" a name
    return found


def _misspelt_at(index: NamesIndex, asked: list[str], at: int) -> Mention | None:
    candidates = {
        p for form in index.near(asked[at]) for p, place in index.by_form[form] if place == 0
    }
    return _chosen(index, asked, at, candidates, 0.6)


def _chosen(
    index: NamesIndex, asked: list[str], at: int, candidates: set[int], worth: float
) -> Mention | None:
    if not candidates:
        return None
    scored = sorted(
        (-_score(index, asked, at, p), p, _matched(index, asked, at, p)) for p in candidates
    )
    value, best, length = scored[0]
    others = tuple(index.index.units[p] for s, p, _ in scored[1:_OTHERS] if s <= value + _ALIKE)
    return Mention(index.index.units[best], at, at + length, -value * worth, others)


def _matched(index: NamesIndex, asked: list[str], at: int, position: int) -> int:
    """How many words of the name follow one another from ``at``; at least the first."""
    name = index.parts[position]
    count = 1
    while (
        count < min(len(name), _LONGEST)
        and at + count < len(asked)
        and (position, count) in index.by_form.get(asked[at + count], ())
    ):
        count += 1
    return count


def _score(index: NamesIndex, asked: list[str], at: int, position: int) -> float:
    """Whole names before parts, nominatives before other cases, and what the words around say.

    The weights only order candidates; they were set by hand until the sentences in the tests came
    out right.
    """
    name, unit = index.parts[position], index.index.units[position]
    length = _matched(index, asked, at, position)
    exact = sum(asked[at + i] == name[i] for i in range(length))
    score = 0.55 + 0.35 * length / len(name) + 0.06 * exact / length + 0.35 * (length - 1)
    score -= 0.15 if unit.valid_to is not None else 0.0
    adjectival = name[0][-1:] in "iye" and asked[at].endswith(("im", "iego", "ym", "ego", "emu"))
    score += 0.05 if adjectival and unit.kind in (Kind.POWIAT, Kind.WOJEWODZTWO) else 0.0
    before = kinds_named(asked[max(0, at - 2) : at])
    after = kinds_named(asked[at + length : at + length + 2])
    for kinds in (before, after):
        if kinds is not None:
            score += 0.25 if unit.kind in kinds else -0.25
    return score + 0.1 * _around(index, asked, at, length, position)


def _around(index: NamesIndex, asked: list[str], at: int, length: int, position: int) -> int:
    """How many other words name the place it lies in: "Bolesławiec wieruszowski"."""
    parents = set(index.index.units[position].parents)
    named = (
        {index.index.units[p].code for p, _ in index.by_form.get(word, ())}
        for word in {*asked[:at], *asked[at + length :]}
    )
    return sum(not parents.isdisjoint(codes) for codes in named)
