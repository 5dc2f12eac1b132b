"""Forms in which a Polish name may stand in a sentence: Gdynia, "w Gdyni", "do Gdyni".

Rules by the ending of the nominative, generous on purpose: a form too many does no harm where names
are looked up, a form too few hides a town. Forms are folded (no case, no diacritics), so that the
alternations ó – o and ł – l need no rule.
"""

import re

from smup.language.folding import fold

_VOWELS = "aeiouy"
# Stem endings that soften before -e: Sopot – w Sopocie, Ostrołęka – w Ostrołęce
_SOFTENED = (
    ("st", "sci"),
    ("zd", "zdzi"),
    ("ch", "sz"),
    ("t", "ci"),
    ("d", "dzi"),
    ("r", "rz"),
    ("k", "c"),
    ("g", "dz"),
)
_ADJECTIVE = ("a", "e", "ego", "emu", "ej", "em", "ym", "y", "ych", "ymi")
_MASCULINE = ("", "a", "u", "owi", "em", "iem", "ie", "e", "i", "ia", "iu", "iowi")
_FEMININE = ("a", "y", "i", "e", "o")
_NEUTER = ("o", "e", "ie", "a", "u", "em", "iem", "ia", "iu")
_PLURAL = ("", "e", "y", "i", "ow", "om", "ami", "ach", "iom", "iami", "iach")


def forms(word: str) -> frozenset[str]:
    """Folded forms of a word given in the nominative; the word itself is one of them.

    Words of one or two letters and those with a digit do not decline.
    """
    whole = fold(word)
    if len(whole) < 3 or not whole.isalpha():
        return frozenset({whole})
    if whole[-1] not in _VOWELS:
        found = _masculine(whole)
    elif whole.endswith("ia"):
        found = _with(whole[:-1], ("a", "", "i", "e", "o", "ej"))
    elif whole[-1] == "a":
        found = _with(whole[:-1], _FEMININE) | _soft(whole[:-1]) | _adjective(whole[:-1])
    elif whole[-1] == "o":
        found = _with(whole[:-1], _NEUTER) | _soft(whole[:-1]) | _umlauted(whole[:-1])
    else:
        found = _in_e_i_y(whole)
    return frozenset(found | {whole})


def _in_e_i_y(whole: str) -> set[str]:
    """Tychy, Katowice, Zabrze and the adjectives Zakopane, Mazowieckie, Wielki."""
    stem = whole[:-1]
    bare = stem.removesuffix("i") if whole.endswith("ie") else stem
    found = _adjective(bare) | _with(stem, _PLURAL) | _with(bare, _PLURAL) | _with(stem, _NEUTER)
    return found | _with(_filled(stem), ("",))


def _masculine(whole: str) -> set[str]:
    """Radom, Płock, Sosnowiec – w Sosnowcu, Łódź – w Łodzi, Gołąb – w Gołębiu."""
    found = _with(whole, _MASCULINE) | _soft(whole)
    found |= _with(whole, ("io", "iami"))
    short = re.sub(r"i?e([bcdfghjklmnprstwz])$", r"\1", whole)
    if short != whole and len(short) > 2:
        found |= _with(short, _MASCULINE)
    changed = re.sub(r"a([bcdfghjklmnprstwz]+)$", r"e\1", whole)
    return found | (_with(changed, _MASCULINE) | _soft(changed) if changed != whole else set())


def _adjective(stem: str) -> set[str]:
    """-skiego, -nej; the i after k and g is part of some endings only."""
    bare = stem.removesuffix("i")
    return _with(bare, _ADJECTIVE) | _with(bare + "i", ("", *_ADJECTIVE, "m", "ch", "mi"))


def _soft(stem: str) -> set[str]:
    """The locative in -e: Warszawie, Sopocie, Górze, Ostrołęce."""
    for hard, soft in _SOFTENED:
        if stem.endswith(hard):
            return {stem.removesuffix(hard) + soft + "e"}
    return {stem + "e", stem + "ie"}


def _umlauted(stem: str) -> set[str]:
    """Miasto – w mieście."""
    changed = re.sub(r"a(st|zd|r)$", r"e\1", stem)
    return _soft(changed) if changed != stem else set()


def _filled(stem: str) -> str:
    """The genitive plural with a vowel put in: Siedlce – Siedlec."""
    filled = re.sub(r"([bcdfghjklmnprstwz])([bcdfghjklmnprstwz])$", r"\1e\2", stem)
    return filled if not stem.endswith(("cz", "rz", "sz", "ch", "dz")) else stem


def _with(stem: str, endings: tuple[str, ...]) -> set[str]:
    return {stem + ending for ending in endings}
