"""The words of the interface in both languages, read once from ``strings.yaml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from smup.language import Lang

FILE = Path(__file__).with_name("strings.yaml")
LANGS: tuple[Lang, ...] = ("pl", "en")


@cache
def strings(lang: Lang) -> Mapping[str, str]:
    """Key -> words. Raises ValueError when a key lacks a language or has another."""
    found: dict[str, str] = {}
    for key, texts in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        if not isinstance(texts, dict) or set(texts) != set(LANGS):
            raise ValueError(f"{FILE.name}: {key} ma mieć dokładnie języki pl i en")
        found[key] = str(texts[lang])
    return found
