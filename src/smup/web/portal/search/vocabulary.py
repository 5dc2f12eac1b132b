"""Indicators and services by the words of their names and questions, in any grammatical form."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from smup.catalogue import Catalogue
from smup.language import fold
from smup.store.release import Release
from smup.territory.index import words

_SHORTEST = 4  # letters that stay when an ending is cut off; the longest ending goes
_STEM = re.compile(
    rf"(.{{{_SHORTEST},}}?)(?:owego|owych|owymi|owie|iami|iach|iego|iemu|ami|ach|owi|ego|emu|ych"
    r"|ymi|iej|ich|ow|om|em|ie|ia|iu|ej|ym|im|ing|es|[yiaeous])?"
)
_TYPED = 3  # letters from which the beginning of a word is looked for
# How much a word found in a text of each kind says
_NAME, _QUESTION, _SERVICE = 1.0, 0.6, 0.5


def stem(word: str) -> str:
    """A folded word without its ending: "uczniow" -> "uczni"."""
    found = _STEM.fullmatch(word)
    return found[1] if found else word


class Vocabulary:
    """Stems of all texts of the catalogue -> how strongly each indicator or service is meant."""

    def __init__(self, catalogue: Catalogue) -> None:
        told: dict[str, dict[str, float]] = defaultdict(dict)
        self.services: dict[str, dict[str, float]] = defaultdict(dict)
        for service in catalogue.services.values():
            for name in _stems((service.name.pl, service.name.en)):
                self.services[name][service.id] = _NAME
        for one in catalogue.shown:
            owner = catalogue.services.get(one.service or "")
            texts = (
                (_SERVICE, (owner.name.pl, owner.name.en) if owner else ()),
                (_QUESTION, (one.question.pl, one.question.en)),
                (_NAME, (one.name.pl, one.name.en, one.label.pl, one.label.en, one.id)),
            )
            for weight, some in texts:
                for name in _stems(some):
                    told[name][one.id] = max(weight, told[name].get(one.id, 0.0))
        self.indicators: Mapping[str, Mapping[str, float]] = told
        self._sorted = {kind: sorted(table) for kind, table in self._tables().items()}
        self._everyone = len(catalogue.shown)

    def _tables(self) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
        return {"indicators": self.indicators, "services": self.services}

    def found(self, kind: str, word: str) -> Mapping[str, float]:
        """Id -> weight of those whose texts hold a word beginning like this one; rare words weigh
        more. Empty for a word that no text holds."""
        cut, table = stem(word), self._tables()[kind]
        matched: dict[str, float] = {}
        for name in self._beginning(kind, cut):
            for one, weight in table[name].items():
                exact = weight if name == cut else 0.9 * weight
                matched[one] = max(exact, matched.get(one, 0.0))
        rarity = log(1 + self._everyone / (1 + len(matched)))
        return {one: weight * rarity for one, weight in matched.items()}

    def knows(self, word: str) -> bool:
        return bool(self._beginning("indicators", stem(word)))

    def _beginning(self, kind: str, cut: str) -> list[str]:
        """Stems that begin with ``cut``, and the shorter ones of four letters it begins with."""
        names = self._sorted[kind]
        first, last = bisect_left(names, cut), bisect_left(names, cut + "\uffff")
        table = self._tables()[kind]
        longer = names[first:last] if len(cut) >= _TYPED else [cut] if cut in table else []
        shorter = [cut[:n] for n in range(_SHORTEST, len(cut)) if cut[:n] in table]
        return longer + shorter


@lru_cache(maxsize=4)
def vocabulary(release: Release) -> Vocabulary:
    """The vocabulary of a release, made once."""
    return Vocabulary(release.catalogue)


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem(word) for text in texts for word in words(fold(text)) if len(word) > 1}
