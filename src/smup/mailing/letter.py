"""Letters as their files describe them: what each is for, its fields, its text in both languages.

Fields are named in braces; a doubled brace stands for itself. Nothing else is understood in braces,
so that a text written by a person can reach no more than the fields of its letter.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from smup.language import Lang

_HERE = Path(__file__).parent
LANGS: tuple[Lang, ...] = ("pl", "en")
LONGEST_SUBJECT = 200  # characters of its text, before fields are filled in
LONGEST_BODY = 10_000


class LetterRefused(ValueError):
    """A letter, its text or a field that cannot be taken; the sentence is for people."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(_Part):
    """The same in both languages."""

    pl: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.pl if lang == "pl" else self.en


class Field(_Part):
    """What a field means; ``sample`` fills it in previews. One that ``may_be_empty`` then takes
    its line with it."""

    meaning: Said
    sample: Said
    may_be_empty: bool = False


class Footer(_Part):
    """What stands below all letters of a kind."""

    fields: tuple[str, ...]
    text: Said


class Letter(_Part):
    """``fields`` are those of the letter itself; those of its footer come in addition."""

    name: str
    purpose: Said
    footer: Literal["account", "training"]
    fields: tuple[str, ...]
    subject: Said
    body: Said

    @property
    def every_field(self) -> tuple[str, ...]:
        return self.fields + footers()[self.footer].fields


@cache
def letters() -> Mapping[str, Letter]:
    """All letters by name. Raises ValueError when a file says what is not understood."""
    found = {}
    for file in sorted((_HERE / "letters").glob("*.yaml")):
        letter = Letter.model_validate(_read(file) | {"name": file.stem})
        for name in letter.every_field:
            if name not in fields():
                raise ValueError(f"{file.name}: nie ma pola {name} w fields.yaml")
        for lang in LANGS:
            check(letter, letter.subject[lang], letter.body[lang])
        found[letter.name] = letter
    return found


def letter_of(name: str) -> Letter:
    """Raises LetterRefused where there is none of that name."""
    found = letters().get(name)
    if found is None:
        raise LetterRefused(f"Nie ma listu „{name}”.")
    return found


@cache
def fields() -> Mapping[str, Field]:
    return {name: Field.model_validate(said) for name, said in _read(_HERE / "fields.yaml").items()}


@cache
def footers() -> Mapping[str, Footer]:
    read = _read(_HERE / "footers.yaml")
    return {name: Footer.model_validate(said) for name, said in read.items()}


def samples(letter: Letter, lang: Lang) -> dict[str, str]:
    """A value for every field, to show what the letter looks like."""
    return {name: fields()[name].sample[lang] for name in letter.every_field}


def check(letter: Letter, subject: str, body: str) -> None:
    """May this be the text of ``letter``? Raises LetterRefused with what to mend.

    Every field of the letter has to be there: a letter without its link or its date is of no use.
    """
    if not subject.strip() or not body.strip():
        raise LetterRefused("Temat i treść nie mogą być puste.")
    if len(subject) > LONGEST_SUBJECT:
        raise LetterRefused(f"Temat może mieć najwyżej {LONGEST_SUBJECT} znaków.")
    if len(body) > LONGEST_BODY:
        raise LetterRefused(f"Treść może mieć najwyżej {LONGEST_BODY} znaków.")
    if not is_one_line(subject):
        raise LetterRefused("Temat musi być jednym wierszem.")
    used = set(names(subject)) | set(names(body))
    if unknown := sorted(used - set(letter.every_field)):
        raise LetterRefused(f"Ten list nie ma pola: {_braced(unknown)}.")
    if absent := [name for name in letter.fields if name not in used]:
        raise LetterRefused(f"Brakuje pola: {_braced(absent)}.")


def is_one_line(text: str) -> bool:
    """Is there nothing in it but signs of text, no end of a line among them?"""
    return all(map(is_text, text))


def is_text(sign: str) -> bool:
    """Something to read, or a space; no control sign, direction or end of a line."""
    category = unicodedata.category(sign)
    return category[0] != "C" and category not in ("Zl", "Zp")


def names(text: str) -> Iterator[str]:
    """The fields named in a text, in their order. Raises LetterRefused for other braces."""
    return (name for _, name in pieces(text) if name is not None)


def pieces(text: str) -> list[tuple[str, str | None]]:
    """Plain text and the field that follows it, None at the end. Raises LetterRefused."""
    try:
        found = list(Formatter().parse(text))
    except ValueError as error:
        raise LetterRefused("Nawias klamrowy nie ma pary. Pole zapisz tak: {pole}.") from error
    for _, name, spec, conversion in found:
        if name is not None and (spec or conversion or not name.isidentifier()):
            raise LetterRefused(f"Niezrozumiałe pole w nawiasie klamrowym: {{{name}}}.")
    return [(plain, name) for plain, name, _, _ in found]


def _braced(found: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in found)


def _read(file: Path) -> dict[str, dict[str, object]]:
    read: dict[str, dict[str, object]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read
