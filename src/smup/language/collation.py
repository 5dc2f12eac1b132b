"""Order of Polish words: ć after c, ł after l, ź and then ż after z.

Written by hand because Python's own order puts all accented letters after z, and ICU for Python
(PyICU) has no wheels: it would have to be compiled on every machine.
"""

import unicodedata
from functools import lru_cache

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_LETTERS = {letter: 1000 + i for i, letter in enumerate(_ALPHABET)}


@lru_cache(maxsize=8192)  # a ranking asks for the names of all units
def sort_key(text: str) -> tuple[tuple[int, ...], str, str]:
    """Key for ``sorted``: spaces and signs, then digits, then letters; case only breaks ties.

    Foreign letters stand with their base letter (``Müller`` between ``Muller`` and ``Mullera``);
    equal spellings are told apart by accents, then by case, small letter first.
    """
    return tuple(_weight(c) for c in text.lower()), text.lower(), text.swapcase()


@lru_cache(maxsize=1024)
def _weight(character: str) -> int:
    if character in _LETTERS:
        return _LETTERS[character]
    if character.isdecimal():
        return 900 + unicodedata.decimal(character)
    base = unicodedata.normalize("NFKD", character)[0]
    if base in _LETTERS:
        return _LETTERS[base]
    return min(ord(character), 899) if not character.isalpha() else 2000 + ord(character)
