"""Names of units in every form they may take in a sentence, prepared for ``mentions``."""

from collections.abc import Mapping

from smup.language.declension import forms
from smup.territory.index import SearchIndex

# Forms and everyday names that no rule gives
_ALSO: Mapping[str, tuple[str, ...]] = {
    "PL": ("polsce", "polski", "polske", "kraju", "poland"),
    "1465": ("stolicy", "stolica", "wawa", "wawie", "warsaw"),
    "2061": ("bialymstoku", "bialegostoku"),
    "02": ("dolny slask", "dolnym slasku", "dolnego slaska"),
    "04": ("kujawach", "kujawy"),
    "06": ("lubelszczyzna", "lubelszczyznie"),
    "12": ("malopolska", "malopolsce"),
    "14": ("mazowsze", "mazowszu"),
    "16": ("opolszczyzna", "opolszczyznie"),
    "18": ("podkarpacie", "podkarpaciu"),
    "20": ("podlasie", "podlasiu"),
    "22": ("pomorze", "pomorzu"),
    "24": ("slask", "slasku"),
    "30": ("wielkopolska", "wielkopolsce"),
    "32": ("pomorze zachodnie", "pomorzu zachodnim"),
}
_FUZZY = 5  # letters from which a typing error is forgiven
_HALF = 3  # letters at an end of a word among which no error is


class NamesIndex:
    """Every form of a word of a name -> positions in the search index, and the word's place."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self.parts = tuple(tuple(name.split()) for name in index.names)
        self.by_form: dict[str, set[tuple[int, int]]] = {}
        self.halves: dict[tuple[str, int], list[str]] = {}
        for position, name in enumerate(self.parts):
            for place, word in enumerate(name):
                for form in forms(word):
                    self.by_form.setdefault(form, set()).add((position, place))
        by_code = {unit.code: i for i, unit in enumerate(index.units)}
        self.also = {
            name: by_code[code]
            for code, names in _ALSO.items()
            if code in by_code
            for name in names
        }
        for form in self.by_form:
            for half in (form[:_HALF], "…" + form[-_HALF:]):
                self.halves.setdefault((half, len(form)), []).append(form)

    def near(self, word: str) -> list[str]:
        """Forms one typing error away: a letter left out, put in, changed, two swapped. A single
        error leaves the beginning or the end of a word as it is."""
        if len(word) < _FUZZY:
            return []
        sizes = (len(word) - 1, len(word), len(word) + 1)
        keys = [(half, n) for n in sizes for half in (word[:_HALF], "…" + word[-_HALF:])]
        return [f for key in keys for f in self.halves.get(key, ()) if one_error(word, f)]


def one_error(word: str, other: str) -> bool:
    """Is one a single insertion, omission, change or swap of neighbours away from the other?"""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if start is None:
        return True  # one letter more at the end
    rest, other_rest = word[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )
