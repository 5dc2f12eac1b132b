"""The Polish of the interface: numbers, plural forms, order of words, text without diacritics."""

from smup.language.collation import sort_key
from smup.language.folding import fold
from smup.language.numbers import Lang, format_number, significant
from smup.language.plural import noun, plural

__all__ = ["Lang", "fold", "format_number", "noun", "plural", "significant", "sort_key"]
