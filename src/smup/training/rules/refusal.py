"""A rule that was not kept, and the sentence that says so to the person it concerns."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from babel.dates import format_date

from smup.language import Lang, noun
from smup.training.rules.words import Words

TEXTS = Path(__file__).with_name("refusals.yaml")

Value = str | int | date | Words | Sequence[Words]
Fields = Mapping[str, Value]


@dataclasses.dataclass(frozen=True)
class Refusal:
    """``rule`` is the number in the rules of participation, 0 for what any form needs.

    ``field`` is a field of ``Form``, ``participants.2.area`` for one of a list (from 0), ``stage``
    for the form as a whole. ``fields`` are put into the sentence, in its language.
    """

    rule: int
    key: str
    field: str
    fields: Fields = dataclasses.field(default_factory=dict)

    def sentence(self, lang: Lang) -> str:
        """Raises KeyError for an unknown key or a field of the sentence that was not given."""
        shown = {name: _shown(value, lang) for name, value in self.fields.items()}
        return texts()[self.key].of(lang).format_map(shown)


class Refused(Exception):
    """Something was not done because it would break rules; ``refusals`` say which, in order."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(self.sentence("pl"))

    def sentence(self, lang: Lang) -> str:
        """All of them, one after another."""
        return " ".join(one.sentence(lang) for one in self.refusals)


@cache
def texts() -> Mapping[str, Words]:
    """Key of a refusal -> sentence with ``{fields}``."""
    read = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return {key: Words.model_validate(words) for key, words in read.items()}


class _Counted(int):
    """A number that brings its noun: ``{people:osoba|osoby|osób}``, ``{people:person|people}``."""

    def __format__(self, forms: str) -> str:
        return f"{int(self)}\u00a0{noun(self, forms)}" if forms else str(int(self))


def _shown(value: Value, lang: Lang) -> str | int:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return _Counted(value)
    if isinstance(value, date):
        return format_date(value, "d MMMM y", locale=lang)
    if isinstance(value, Words):
        return value.of(lang)
    return "; ".join(one.of(lang) for one in value)
