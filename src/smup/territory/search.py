"""Search for units by name or code, as people type: no diacritics, a beginning, words in any order.

"boleslawiec" finds three units; "Bolesławiec gmina wiejska" or "boleslawiec wieruszowski" one.
"""

from dataclasses import dataclass

from smup.territory.index import SearchIndex, trigrams, words
from smup.territory.territory import Territory
from smup.territory.units import Unit

EXACT_CODE = 1.0
EXACT_NAME = 0.95
ALL_IN_NAME = 0.9  # everything typed is the beginning of the name
NAME_AND_PLACE = 0.8  # the whole name, and words of kind or place beside it
BEGINNING_AND_PLACE = 0.7
FORMER_NAME = 0.5
SINGLE_WORDS = 0.4
OWN_KIND = 0.02  # "powiat leg" means the powiat before the towns that lie in one


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found. ``score`` is 1 for its code, 0.95 for its exact name, less for a name beside
    other words, a beginning, a former name, single words; ``former`` is the old name that was
    found, if it was one."""

    unit: Unit
    score: float
    former: str | None = None


def search(territory: Territory, text: str, limit: int = 20) -> list[Hit]:
    """Units whose code is ``text`` or whose name matches it, best first.

    Every word must begin a word of the name, of the kind or of a unit it lies in, and at least
    one must begin a word of the name itself. An empty list when nothing matches.
    """
    by_code = territory.get(text.strip().upper())
    if by_code is not None and by_code.levels:
        return [Hit(by_code, EXACT_CODE)]
    asked = words(text)
    if not asked:
        return []
    index = territory.search_index
    hits = [_hit(index, position, asked) for position in sorted(_matching(index, asked))]
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def suggest(territory: Territory, text: str, limit: int = 5) -> list[Unit]:
    """Units with names spelt most alike, for a name that matches nothing ("Bolesawiec")."""
    index, asked = territory.search_index, trigrams(" ".join(words(text)))
    scored = [
        (-len(asked & own) / len(asked | own), position)
        for position, own in enumerate(index.trigrams)
        if not asked.isdisjoint(own)
    ]
    return [index.units[position] for score, position in sorted(scored)[:limit] if score < -0.2]


def _matching(index: SearchIndex, asked: list[str]) -> set[int]:
    in_name = [index.name_words.with_prefix(word) for word in asked]
    anywhere = [
        own | index.beside_words.with_prefix(word) for word, own in zip(asked, in_name, strict=True)
    ]
    return set.intersection(*anywhere) & set().union(*in_name)


def _hit(index: SearchIndex, position: int, asked: list[str]) -> Hit:
    unit, name, typed = index.units[position], index.names[position], " ".join(asked)
    if name == typed:
        return Hit(unit, EXACT_NAME)
    if name.startswith(typed):
        return Hit(unit, ALL_IN_NAME)
    own = [word for word in asked if _begins_word(word, name)]
    beside = [word for word in asked if word not in own]
    kinds = index.kind_words[position]
    bonus = OWN_KIND if beside and all(_begins_word(word, kinds) for word in beside) else 0.0
    if name == " ".join(own):
        return Hit(unit, NAME_AND_PLACE + bonus)
    if own and name.startswith(" ".join(own)):
        return Hit(unit, BEGINNING_AND_PLACE + bonus)
    for former in index.former[position]:
        if " ".join(words(former)).startswith(typed):
            return Hit(unit, FORMER_NAME, former)
    return Hit(unit, SINGLE_WORDS + bonus)


def _begins_word(start: str, text: str) -> bool:
    return f" {text}".find(f" {start}") >= 0
