"""The words of the interface in both languages, read once from the files in ``words/``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from smup.language import Lang

FOLDER = Path(__file__).with_name("words")  # a file for each room of the portal
LANGS: tuple[Lang, ...] = ("pl", "en")


@cache
def strings(lang: Lang) -> Mapping[str, str]:
    """Key -> words.

    Raises ValueError when a key lacks a language or has another, or stands in two files.
    """
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for key, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if not isinstance(texts, dict) or set(texts) != set(LANGS):
                raise ValueError(f"{path.name}: {key} ma mieć dokładnie języki pl i en")
            if key in found:
                raise ValueError(f"{path.name}: {key} stoi już w innym pliku")
            found[key] = str(texts[lang])
    return found
