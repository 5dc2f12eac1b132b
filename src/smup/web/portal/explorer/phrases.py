"""A set of units said in words: "gminy wiejskie 5–10 tys. w mazowieckim".

The obvious phrases only; what is not understood is given back, so that the page can say so.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import floor

from smup.language import fold
from smup.territory import Kind, Level, Territory
from smup.web.portal.explorer.question import Limits

LONGEST = 200  # characters looked at

_NUMBER = r"\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:[.,]\d+)?"
_TIMES = r"tys(?:iac\w*|iec\w*|\.)?|thousand|k|mln|milion\w*|million"
_PEOPLE = r"(?:\s*(?:mieszkanc\w*|ludnosc\w*|osob\w*|inhabitants?|people))?"
_RANGE = re.compile(
    rf"(?:\b(?:od|from|between|miedzy)\s+)?(?<![\w-])({_NUMBER})\s*({_TIMES})?\s*"
    rf"(?:-|\bdo\b|\bto\b|\band\b)\s*({_NUMBER})\s*({_TIMES})?(?!\w){_PEOPLE}"
)
_ABOVE = re.compile(
    r"(?:(\bponad|\bpowyzej|\bwiecej niz|>(?!=)|\bover|\babove|\bmore than)"
    r"|\bod|\bco najmniej|\bprzynajmniej|>=|\bat least|\bfrom)"
    rf"\s*({_NUMBER})\s*({_TIMES})?(?!\w){_PEOPLE}"
)
_BELOW = re.compile(
    r"(?:(\bponizej|\bmniej niz|<(?!=)|\bunder|\bbelow|\bless than|\bfewer than)"
    r"|\bdo|\bco najwyzej|\bnajwyzej|<=|\bup to|\bat most)"
    rf"\s*({_NUMBER})\s*({_TIMES})?(?!\w){_PEOPLE}"
)
# The longer name of a kind stands before the one it contains.
_KINDS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"(?:gmin\w*\s+)?miejsko\s*-\s*wiejsk\w*|urban\s*-\s*rural", (Kind.GMINA_MIEJSKO_WIEJSKA,)),
    (
        r"miast\w*\s+(?:na prawach powiat\w*|powiatow\w*)|cit(?:y|ies) with powiat rights"
        r"|(?:powiat\w*\s+)?grodzk\w*",
        (Kind.MIASTO,),
    ),
    (r"powiat\w*\s+ziemsk\w*", (Kind.POWIAT,)),
    (r"(?:gmin\w*\s+)?wiejsk\w*|rural", (Kind.GMINA_WIEJSKA,)),
    (r"(?:gmin\w*\s+)?miejsk\w*|urban", (Kind.GMINA_MIEJSKA,)),
    (r"miast[ao]?\b|towns", (Kind.GMINA_MIEJSKA, Kind.MIASTO)),
)
_LEVELS: tuple[tuple[str, Level], ...] = (
    (r"gmin\w*|municipalit\w*|communes?", Level.GMINA),
    (r"powiat\w*|counties", Level.POWIAT),
    (r"wojewodztw\w*|voivodeships?", Level.WOJEWODZTWO),
)
_ALIKE = re.compile(r"\b(?:podobn\w*\s+do|jak|similar to|like)\s+([^,;]+)")
_AROUND = re.compile(
    r"\b(?:sasi(?:edzi|adow|ednie|aduja\w*)(?:\s+z)?|neighbours of|around)\s+([^,;]+)"
)
_POWIAT = re.compile(
    r"\b(?:w |we |z |in )?(?:powiecie|powiatu|powiat|pow\.)\s+([\w-]+)(?:\s+([\w-]+))?"
)
_IDLE = re.compile(
    "we?|ze?|o|i|oraz|a|do|na|od|lub|liczb[ay]|liczbie|ludnosci?|mieszkanc(?:ow|ami)|wszystkie|"
    "kazda|ktore|maja|majace|polsce|polska|kraju|woj|in|of|the|and|with|all|population|"
    "inhabitants|which|that|have"
)


@dataclass
class Understood:
    """What was understood; ``rest`` are the words that were not."""

    kinds: list[Kind] = field(default_factory=list)
    level: Level | None = None
    population: Limits | None = None
    voivodeships: list[str] = field(default_factory=list)
    inside: str = ""
    alike: str = ""
    around: str = ""
    rest: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        return bool(
            self.kinds
            or self.level
            or self.population
            or self.voivodeships
            or self.inside
            or self.alike
            or self.around
        )


def understand(text: str, territory: Territory, unit_named: Callable[[str], str]) -> Understood:
    """Read a phrase. ``unit_named`` gives the code of the one unit of a (declined) name, or ""."""
    found = Understood()
    words = fold(text[:LONGEST]).replace("–", "-").replace("—", "-").replace("\u00a0", " ")
    words = _near_unit(found, words, unit_named)
    words = _population(found, words)
    words = _powiat(found, words, territory)
    words = _voivodeships(found, words, territory)
    words = _kinds(found, words)
    left = re.findall(r"[\w-]+", words)
    found.rest = [word for word in left if not _IDLE.fullmatch(word) and word.strip("-")]
    return found


def _near_unit(found: Understood, words: str, unit_named: Callable[[str], str]) -> str:
    for pattern, name in ((_ALIKE, "alike"), (_AROUND, "around")):
        match = pattern.search(words)
        code = unit_named(match[1].strip()) if match else ""
        if match and code:
            setattr(found, name, code)
            words = words[: match.start()] + " " + words[match.end() :]
    return words


def _population(found: Understood, words: str) -> str:
    match = _RANGE.search(words)
    if match:
        low, high = _people(match[1], match[2] or match[4]), _people(match[3], match[4])
        found.population = (min(low, high), max(low, high))
        return words[: match.start()] + " " + words[match.end() :]
    low_end = high_end = None
    if match := _ABOVE.search(words):
        low_end = _people(match[2], match[3]) + (1 if match[1] else 0)
        words = words[: match.start()] + " " + words[match.end() :]
    if match := _BELOW.search(words):
        high_end = max(0, _people(match[2], match[3]) - (1 if match[1] else 0))
        words = words[: match.start()] + " " + words[match.end() :]
    if low_end is not None or high_end is not None:
        found.population = (low_end, high_end)
    return words


def _people(number: str, times: str | None) -> int:
    unit = 1_000_000 if (times or "").startswith("m") else 1000 if times else 1
    return floor(float(number.replace(" ", "").replace("\u00a0", "").replace(",", ".")) * unit)


def _powiat(found: Understood, words: str, territory: Territory) -> str:
    """ "w powiecie płockim": the powiat whose name it is, in any case."""
    for match in _POWIAT.finditer(words):
        for said in ([match[1], match[2]], [match[1]]):
            named = [
                unit
                for unit in territory.of_level(Level.POWIAT)
                if unit.kind is Kind.POWIAT
                and unit.valid_to is None
                and None not in said
                and _declined(fold(unit.name).split(), [part for part in said if part])
            ]
            if len(named) == 1:
                found.inside = named[0].code
                found.level = Level.GMINA
                end = match.end(2) if len(said) == 2 else match.end(1)
                return words[: match.start()] + " " + words[end:]
    return words


def _declined(name: list[str], said: list[str]) -> bool:
    """Are these words the adjectives of a name, whatever their endings?"""
    return len(name) == len(said) and all(
        word.startswith(part[:-1]) and len(word) - len(part) < 4
        for part, word in zip(name, said, strict=True)
    )


def _voivodeships(found: Understood, words: str, territory: Territory) -> str:
    units = [u for u in territory.of_level(Level.WOJEWODZTWO) if u.valid_to is None]
    for unit in sorted(units, key=lambda u: -len(u.name)):  # kujawsko-pomorskie before pomorskie
        stem = re.escape(fold(unit.name)[:-1])
        pattern = rf"(?:\bwoj(?:\.|ewodztw\w*)\s+)?(?<![\w-]){stem}\w{{0,4}}(?![\w-])"
        pattern += r"(?:\s+voivodeships?)?"
        words, count = re.subn(pattern, " ", words)
        if count:
            found.voivodeships.append(unit.code)
    found.voivodeships.sort()
    return words


def _kinds(found: Understood, words: str) -> str:
    for pattern, kinds in _KINDS:
        words, count = re.subn(rf"(?<![\w-])(?:{pattern})(?![\w-])", " ", words)
        if count:
            found.kinds += kinds
    for pattern, level in _LEVELS:
        words, count = re.subn(rf"(?<![\w-])(?:{pattern})(?![\w-])", " ", words)
        if count and found.level is None:
            found.level = level
    return words
