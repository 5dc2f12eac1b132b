"""The words of pages for people, beside those of the whole portal."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from smup.language import Lang
from smup.telling.strings import read, strings

FOLDER = Path(__file__).with_name("words")  # a file for each room


@cache
def words(lang: Lang) -> Mapping[str, str]:
    """Key -> words, those of the portal included.

    Raises ValueError when a key lacks a language or has another, or stands in two files.
    """
    own, shared = read(FOLDER), strings(lang)
    if twice := own.keys() & shared.keys():
        raise ValueError(f"słowa stoją już w portalu: {', '.join(sorted(twice))}")
    return dict(shared) | {key: str(texts[lang]) for key, texts in own.items()}
