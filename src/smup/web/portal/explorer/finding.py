"""Names typed by a reader: indicators by their words, units also in another grammatical case."""

from smup.language import Lang, fold
from smup.store.releases import Release
from smup.territory import Territory
from smup.territory.search import ALL_IN_NAME, BEGINNING_AND_PLACE, Hit, search

MOST = 8
_ENDINGS = 3  # letters of a declined name that may have to go: Płocka, Gdyni, Siedlcami


def units_named(territory: Territory, text: str) -> list[Hit]:
    """The units that fit a name equally well and best; none where it fits no name."""
    hits = search(territory, text, limit=MOST)
    if not hits or hits[0].score < BEGINNING_AND_PLACE:
        return []
    return [hit for hit in hits if hit.score == hits[0].score]


def unit_named(territory: Territory, text: str) -> str:
    """The code of the one unit a name can mean, also in another case ("Płocka"); "" where there is
    none or several."""
    for cut in range(_ENDINGS + 1):
        words = text.strip()[: len(text.strip()) - cut]
        found = units_named(territory, words)
        if cut:  # not the beginning of a longer name
            found = [hit for hit in found if len(hit.unit.name) - len(words) < _ENDINGS]
        if found:
            return found[0].unit.code if len(found) == 1 else ""
    return ""


def is_a_name(hits: list[Hit]) -> bool:
    """Is a whole name or code meant, not the beginning of one?"""
    return bool(hits) and hits[0].score >= ALL_IN_NAME


def indicators_named(release: Release, text: str, lang: Lang) -> list[str]:
    """Ids of the indicators that hold every word of ``text`` by its beginning: those with data
    first, then those whose name begins so, then those that have it in the name."""
    asked = [_stem(word) for word in fold(text).replace("-", " ").split() if len(word) > 1]
    found = []
    for place, one in enumerate(release.catalogue.shown):
        name = fold(getattr(one.name, lang))
        more = f"{name} {fold(getattr(one.question, lang))} {one.id}".replace("-", " ")
        if asked and all(f" {more}".find(f" {word}") >= 0 for word in asked):
            in_name = all(f" {name}".find(f" {word}") >= 0 for word in asked)
            fed = bool(release.years_of(one.id))
            exact = text in (one.id, getattr(one.name, lang))
            key = (not exact, not fed, not name.startswith(asked[0]), not in_name, place)
            found.append((key, one.id))
    return [name for _, name in sorted(found)]


def _stem(word: str) -> str:
    """Endings are cut, so that "przedszkola" finds "przedszkole"."""
    return word[:-1] if len(word) > 5 else word
