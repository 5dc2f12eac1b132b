"""The words of the papers, parsed once from YAML: ``texts/<paper>/<version>.yaml``."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from smup.training.rules.settings import EditionSettings

FOLDER = Path(__file__).with_name("texts")
_FIELD = re.compile(r"\{([a-z_]+)\}")

Said = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class NoSuchText(LookupError):
    """No paper of this name and version is kept with the program."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Grid(_Model):
    """A plain table; ``label`` is what it shows, for those who do not see it."""

    label: Said
    head: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]

    @model_validator(mode="after")
    def _even(self) -> Self:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("wiersz tabeli ma inną liczbę pól niż nagłówek")
        return self


class Part(_Model):
    """Under a heading: paragraphs, a table, numbered points, unnumbered ones; then what ``shows``
    names, which the maker of the paper puts there."""

    title: Said
    text: tuple[Said, ...] = ()
    table: Grid | None = None
    points: tuple[Said, ...] = ()
    bullets: tuple[Said, ...] = ()
    shows: str = ""


class Text(_Model):
    """One version of a paper. ``fields`` are the names in braces with their meaning; ``mark`` is
    what every sheet says of a text nobody has checked yet."""

    title: Said
    subtitle: str = ""
    mark: str = ""
    fields: Mapping[str, Said] = {}
    opening: tuple[Said, ...] = ()
    parts: tuple[Part, ...] = ()
    signatures: tuple[Said, ...] = ()

    @model_validator(mode="after")
    def _declared(self) -> Self:
        used = set(_FIELD.findall(self.model_dump_json(exclude={"fields"})))
        if used != set(self.fields):
            raise ValueError(f"pola użyte i opisane różnią się: {sorted(used ^ set(self.fields))}")
        return self


@cache
def text(paper: str, version: str) -> Text:
    """Raises NoSuchText, and pydantic's ValidationError for a file that is wrong."""
    if version not in versions(paper):
        raise NoSuchText(f"{paper} {version}")
    file = FOLDER / paper / f"{version}.yaml"
    return Text.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@cache
def versions(paper: str) -> frozenset[str]:
    """The versions there are of a paper."""
    return frozenset(file.stem for file in (FOLDER / paper).glob("*.yaml"))


def versions_of(settings: EditionSettings) -> dict[str, str]:
    """Paper -> version in force: the agreement, its annexes, and what they name."""
    documents = settings.documents
    return {
        "agreement": documents.agreement,
        **{declaration(one.id): one.version for one in documents.declarations},
        "programme-online": documents.programmes.online,
        "programme-in-person": documents.programmes.in_person,
    }


def declaration(kind: str) -> str:
    """The name of the paper of a declaration."""
    return f"declaration-{kind}"


def unknown_versions(settings: EditionSettings) -> dict[str, str]:
    """What an edition names and the program does not have."""
    return {
        paper: version
        for paper, version in versions_of(settings).items()
        if version not in versions(paper)
    }


def filled(words: str, fields: Mapping[str, str]) -> str:
    """Words with their fields; what a field brings is never read as a field again.

    Raises KeyError for one that was not given.
    """
    return _FIELD.sub(lambda found: fields[found[1]], words)
