"""The words of the interface in both languages, read once from the files in ``words/``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from smup.language import Lang

FOLDER = Path(__file__).with_name("words")  # a file for each room of the portal
LANGS: tuple[Lang, ...] = ("pl", "en")
# The C parser is ten times faster; the first page of a process waits for it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def strings(lang: Lang) -> Mapping[str, str]:
    """Key -> words.

    Raises ValueError when a key lacks a language or has another, or stands in two files.
    """
    return {key: str(texts[lang]) for key, texts in read(FOLDER).items()}


@cache
def read(folder: Path) -> Mapping[str, Mapping[Lang, str]]:
    """The words in the files of a folder. Raises as ``strings`` does."""
    found: dict[str, Mapping[Lang, str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for key, texts in yaml.load(path.read_text(encoding="utf-8"), _LOADER).items():
            if not isinstance(texts, dict) or set(texts) != set(LANGS):
                raise ValueError(f"{path.name}: {key} ma mieć dokładnie języki pl i en")
            if key in found:
                raise ValueError(f"{path.name}: {key} stoi już w innym pliku")
            found[key] = texts
    return found
