"""A plain question understood: which units, what about them, and how they are to be set against
each other.

"ile kosztuje przedszkole w Gdyni" is Gdynia, expenditure on kindergartens; "gdzie jest największe
bezrobocie" is unemployment, highest first; "porównaj Płock i Włocławek" is two units.
"""

import re
from dataclasses import dataclass

from smup.catalogue import Indicator
from smup.store.release import Release
from smup.territory import Kind, Level, Unit
from smup.territory.index import words
from smup.territory.mentions import PLACING, Mention, kind_word, mentions
from smup.web.portal.search.everyday import RANKINGS, Everyday, Ranking, begins, everyday
from smup.web.portal.search.vocabulary import Vocabulary, vocabulary

LONGEST = 100  # characters looked at
MANY = 12  # indicators kept
# Weights set by hand until the table of questions in the tests came out right
_TOPIC, _SERVICE = 9.0, 6.5  # how strongly everyday words mean an indicator, a service
_WHOLE = 0.8  # from here a mention is a whole name, not its first word
_TOLD = 0.4  # what a word still says that has already told the topic
_KIN = 0.5  # what is left of the best fit among those still shown
_NEED = 2.5  # below this nothing was meant
_LEVELS = {
    "gmina": Level.GMINA,
    "powiat": Level.POWIAT,
    "miasto": Level.POWIAT,  # where the large cities are told one by one
    "wojewodztwo": Level.WOJEWODZTWO,
}


@dataclass(frozen=True)
class Question:
    """What was understood. ``units`` in the order named, ``indicators`` and ``services`` by how
    well they fit; ``others`` are further units the first name may mean."""

    text: str
    units: tuple[Unit, ...]
    others: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    services: tuple[str, ...]
    subject: bool  # do everyday words name a subject, rather than a word of some text?
    ranking: Ranking | None
    compare: bool
    level: Level | None
    year: int | None


def understand(release: Release, text: str) -> Question:
    """The question in a text of any length and content; empty parts where nothing was found."""
    text = text[:LONGEST]
    asked, said = words(text), everyday()
    known = vocabulary(release)
    topics, topical = _topics(asked, said)
    ranking = next((k for k in RANKINGS if _any(asked, said.rankings[k])), None)
    spoken = {i for i, word in enumerate(asked) if _is_spoken(word, said)} | topical
    named = _named(release, text, asked, spoken, known)
    used = {i for one in named for i in range(one.start, one.end)} | spoken - topical
    rest = {word: _TOLD if i in topical else 1.0 for i, word in enumerate(asked) if i not in used}
    units = _units(named)
    scores = _scores(release, rest, topics, known)
    judged = ranking in ("best", "worst")
    chosen = _ordered(release, scores, asked, units[0] if units else None, judged)
    return Question(
        text,
        units,
        named[0].others if len(named) == 1 else (),
        chosen,
        _services(release, rest, topics, known),
        bool(topics),
        ranking,
        _any(asked, said.compare) or len(units) > 1,
        next((level for word in asked if (level := _LEVELS.get(kind_word(word)))), None),
        next((int(w) for w in asked if re.fullmatch("(19|20)[0-9]{2}", w)), None),
    )


def _any(asked: list[str], phrases: tuple[str, ...]) -> bool:
    return any(begins(asked, phrase) is not None for phrase in phrases)


def _is_spoken(word: str, said: Everyday) -> bool:
    """Words of the question itself, of no subject: "gdzie", "najwięcej", "gmina", "2024"."""
    phrases = (*said.compare, *(p for kind in RANKINGS for p in said.rankings[kind]))
    return (
        word in said.idle
        or bool(kind_word(word))
        or word.isdigit()
        or any(begins([word], phrase) is not None for phrase in phrases)
    )


def _topics(asked: list[str], said: Everyday) -> tuple[dict[str, float], set[int]]:
    """Indicator or service id -> strength, and the words that told so. Longer phrases say more."""
    found: dict[str, float] = {}
    used: set[int] = set()
    for topic in said.topics:
        hits = [(len(p.split()), at) for p in topic.words if (at := begins(asked, p)) is not None]
        if not hits:
            continue
        size, _ = max(hits, key=lambda hit: hit[0])
        used.update(i for _, at in hits for i in at)
        for ids, strength in ((topic.indicators, _TOPIC), (topic.services, _SERVICE)):
            for place, one in enumerate(ids):
                worth = strength + 2.0 * (size - 1) - 0.6 * place
                found[one] = max(worth, found.get(one, 0.0))
    return found, used


def _named(
    release: Release, text: str, asked: list[str], spoken: set[int], known: Vocabulary
) -> list[Mention]:
    """Units named. A word of the subject or of the question is a name only after "w" and the like,
    or written with a capital inside the sentence."""

    def marked(at: int) -> bool:
        placed = at > 0 and (asked[at - 1] in PLACING or bool(kind_word(asked[at - 1])))
        return asked[at] not in everyday().idle and (placed or _capital(text, asked[at]))

    def may_be(at: int, exact: bool) -> bool:
        if at not in spoken and (exact or not known.knows(asked[at])):
            return True
        return exact and marked(at)

    return [
        one
        for one in mentions(release.territory, text, may_be)
        if one.score >= _WHOLE or not known.knows(asked[one.start]) or marked(one.start)
    ]


def _units(named: list[Mention]) -> tuple[Unit, ...]:
    """The units without those named only to say where another one lies."""
    units = dict.fromkeys(one.unit for one in named)
    around = {code for unit in units for code in unit.parents if code != unit.code}
    return tuple(unit for unit in units if unit.code not in around)


def _capital(text: str, word: str) -> bool:
    """Does the word stand in the text with a capital, but not at its beginning?"""
    at = text.casefold().find(word)
    return at > 0 and text[at].isupper()


def _scores(
    release: Release, rest: dict[str, float], topics: dict[str, float], known: Vocabulary
) -> dict[str, float]:
    """Indicator id -> how well it fits the words left, each of a weight."""
    catalogue = release.catalogue
    scores: dict[str, float] = {}
    for one in catalogue.shown:
        told = max(topics.get(one.id, 0.0), topics.get(one.service or "", 0.0))
        if told:
            scores[one.id] = told
    for word, share in rest.items():
        for name, weight in known.found("indicators", word).items():
            scores[name] = scores.get(name, 0.0) + share * weight
    return {name: score for name, score in scores.items() if score >= _NEED}


def _ordered(
    release: Release,
    scores: dict[str, float],
    asked: list[str],
    unit: Unit | None,
    judged: bool,
) -> tuple[Indicator, ...]:
    """The best first: what was asked for, for this kind of unit, with figures; where good or bad
    is asked for (``judged``), those that can tell."""
    said = everyday()
    money, time = _any(asked, said.money), _any(asked, said.time)
    catalogue = release.catalogue

    def worth(one: Indicator) -> float:
        symbol = catalogue.measures[one.unit].symbol.pl
        score = scores[one.id] + (4.0 if money and "zł" in symbol else 0.0)
        score += 4.0 if time and ("dni" in symbol or "dzie" in symbol) else 0.0
        score -= 1.5 if not money and "zł" in symbol and one.dimension else 0.0
        score += 3.0 if release.years_of(one.id) else 0.0
        score += 1.5 if judged and one.better != "neither" else 0.0
        if unit is not None and unit.kind in _BODIES:
            score += 1.5 if unit.kind.value in one.kinds else -4.0
        elif unit is not None and unit.kind is Kind.WOJEWODZTWO:
            score += 0.0 if one.aggregate != "none" else -1.0
        return score - one.order / 1000

    best = sorted((catalogue.indicators[name] for name in scores), key=lambda one: -worth(one))
    least = _KIN * worth(best[0]) if best else 0.0
    return tuple(one for one in best[:MANY] if worth(one) >= least)


_BODIES = frozenset(Kind) - {Kind.WOJEWODZTWO, Kind.KRAJ, Kind.GMINY_POWIATU}


def _services(
    release: Release, rest: dict[str, float], topics: dict[str, float], known: Vocabulary
) -> tuple[str, ...]:
    """Service ids, best first."""
    scores = {name: told for name, told in topics.items() if name in release.catalogue.services}
    for word, share in rest.items():
        for name, weight in known.found("services", word).items():
            scores[name] = scores.get(name, 0.0) + share * weight
    return tuple(sorted(scores, key=lambda name: -scores[name]))
