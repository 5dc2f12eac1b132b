"""The words of the face in both languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from smup.language import Lang


@cache
def words(lang: Lang) -> Mapping[str, str]:
    """Key -> words, from ``words.yaml`` beside this module."""
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    return {key: str(told[lang]) for key, told in yaml.safe_load(text).items()}
