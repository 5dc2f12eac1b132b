"""The yearly papers the law asks for: which figures and which places for own words they have.

A file a kind, its chapters in the order in which the paper has them.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from smup.catalogue import Catalogue, Indicator
from smup.reports.definition import Kind
from smup.reports.kind import Words
from smup.telling.units.services import concerns
from smup.territory import Kind as UnitKind
from smup.territory import Unit

FOLDER = Path(__file__).parent
For = Literal["gmina", "powiat"]


class Prompt(BaseModel):
    """A place for the author's own words: its title, what belongs there and by which provision.

    Without a ``basis`` it is that of the paper. ``sure`` is false where nobody looked the provision
    up in the text in force.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    prompt: Words
    basis: Words | None = None
    sure: bool = True


class Chapter(BaseModel):
    """Figures, then places for own words; either may be missing.

    Figures are those named, then those of whole services that no chapter of the paper names.
    ``levels`` are for whom the chapter is written: a city with powiat rights is both.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    lead: Words | None = None
    levels: tuple[For, ...] = ("gmina", "powiat")
    indicators: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    texts: dict[str, Prompt] = {}

    def is_for(self, unit: Unit) -> bool:
        return any(level.value in self.levels for level in unit.levels)


class Paper(BaseModel):
    """``year``: what the paper is about. ``note`` stands in its opening.

    A paper about ``everything`` has parts on all areas beside its chapters. ``without`` are
    indicators of its services that say nothing about such a year.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: Literal["calendar", "school"]
    note: Words | None = None
    everything: bool = False
    without: tuple[str, ...] = ()
    chapters: dict[str, Chapter]

    @property
    def apart(self) -> frozenset[str]:
        """Indicators that do not come with their service: a chapter names them, or none does."""
        named = (one for chapter in self.chapters.values() for one in chapter.indicators)
        return frozenset((*named, *self.without))

    def figures(self, catalogue: Catalogue, chapter: Chapter, unit: Unit) -> list[Indicator]:
        """The indicators of a chapter that are made for such a unit, in its order."""
        found = [catalogue.indicators[name] for name in chapter.indicators]
        for service in chapter.services:
            its = catalogue.indicators_of(service=service)
            found.extend(one for one in its if one.id not in self.apart)
        return [one for one in found if concerns(unit, one.kinds)]

    def indicators(self, catalogue: Catalogue, unit: Unit) -> Iterator[Indicator]:
        """All indicators of the chapters that are for the unit, each once."""
        mine = (chapter for chapter in self.chapters.values() if chapter.is_for(unit))
        found = (one for chapter in mine for one in self.figures(catalogue, chapter, unit))
        yield from {one.id: one for one in found}.values()


@cache
def paper_of(kind: Kind) -> Paper | None:
    """The paper of a kind, None for a kind no law asks for.

    Raises pydantic's ValidationError for an unknown key.
    """
    path = FOLDER / f"{kind.value}.yaml"
    if not path.exists():
        return None
    return Paper.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def level_of(unit: Unit) -> For:
    """Whose provisions bind: a city with powiat rights is a gmina with more work."""
    return "powiat" if unit.kind is UnitKind.POWIAT else "gmina"
