"""What a variable's invented figures look like: ``demo/profiles/<area>.yaml``, a line each.

uczniowie_sp: {of: ludnosc_7_14, rate: 0.97, spread: 0.06, at_most: 1.1, whole: true}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from smup.catalogue import Catalogue, CatalogueError, CatalogueErrors
from smup.catalogue.base import Definition, VariableId
from smup.catalogue.document import Document, DocumentError, line_of, read_document
from smup.catalogue.errors import nearest
from smup.catalogue.validation import parse

FOLDER = "demo/profiles"


def _nothing_for_one(given: object) -> object:
    return None if given == 1 and not isinstance(given, bool) else given


class Profile(Definition):
    """``rate`` is the typical value of a unit in 2024 divided by ``of`` of the same unit and year;
    the variable keeps its own measure. ``of`` is None (written 1) for a level such as a price.

    With ``less`` the figure is what remains of ``of`` without these, so that parts make up their
    whole and balances hold; its shape follows from theirs.
    """

    id: VariableId
    of: Annotated[VariableId | None, BeforeValidator(_nothing_for_one)]
    rate: float
    spread: float = Field(default=0.2, ge=0, le=3)  # standard deviation of the logarithm
    trend: float = Field(default=0.0, gt=-0.5, lt=0.5)  # relative change in a year
    cities: float = Field(default=1.0, ge=0)  # multiplier in cities with powiat rights
    rural: float = Field(default=1.0, ge=0)  # multiplier in rural gminas
    zero: float = Field(default=0.0, ge=0, lt=1)  # share of units with a true zero
    at_most: float | None = Field(default=None, gt=0)  # no value divided by ``of`` is larger
    whole: bool = False  # a count: whole numbers only
    noise: float = Field(default=0.03, ge=0, le=1)  # of the logarithm, from year to year
    every: int | None = Field(default=None, ge=1, le=20)  # years between two editions, from since
    less: tuple[VariableId, ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.rate == 0:
            raise ValueError("rate równe 0 dałoby same zera; podaj wartość typową i udział zer")
        if self.at_most is not None and not 0 < self.rate <= self.at_most:
            raise ValueError("rate ma leżeć między 0 a at_most; popraw jedno z nich")
        if self.less and (self.of is None or not self.model_fields_set <= _OF_A_REMAINDER):
            raise ValueError(
                "przy „less” podaj tylko of, rate i whole; reszta wynika z odejmowania"
            )
        if self.less and self.rate != 1:
            raise ValueError("przy „less” rate wynosi 1: bierze się całość bez wymienionych części")
        return self

    @property
    def made_of(self) -> tuple[VariableId, ...]:
        """The variables that have to be made before."""
        return (*([self.of] if self.of else []), *self.less)


_OF_A_REMAINDER = frozenset({"id", "of", "rate", "less", "whole"})


@dataclass
class _Reading:
    """Profiles as they are written, with their places, and the faults found on the way."""

    folder: Path
    catalogue: Catalogue
    profiles: dict[str, Profile] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    errors: list[CatalogueError] = field(default_factory=list)

    def file(self, path: Path) -> None:
        shown = f"{FOLDER}/{path.name}"
        if path.stem not in self.catalogue.areas:
            message = f"nie ma obszaru „{path.stem}”{nearest(path.stem, self.catalogue.areas)}"
            self.errors.append(CatalogueError(shown, 1, "", message))
        try:
            document = read_document(path, shown)
        except DocumentError as error:
            self.errors.extend(error.errors)
            return
        for name, data in document.data.items():
            self._profile(document, str(name), data)

    def _profile(self, document: Document, name: str, data: object) -> None:
        place = document.file, line_of(document.lines, name)
        if name in self.places:
            file, line = self.places[name]
            self.fault(place, name, f"zmienna ma już profil w {file}:{line}; usuń jeden")
            return
        self.places[name] = place
        if not isinstance(data, dict):
            self.fault(place, name, "oczekiwano kluczy z wartościami, np. {of: ludnosc, rate: 0.1}")
            return
        found = parse(
            Profile,
            {**data, "id": name},
            file=document.file,
            lines=document.lines,
            prefix=name,
            errors=self.errors,
        )
        if found is not None:
            self.profiles[name] = found

    def fault(self, place: tuple[str, int], key: str, message: str) -> None:
        self.errors.append(CatalogueError(*place, key, message))

    def check_names(self) -> None:
        """Every variable with data has a profile, and no profile is of anything else."""
        known = {variable.id for variable in self.catalogue.inputs}
        derived = self.catalogue.variables.keys() - known
        for name, place in self.places.items():
            if name in derived:
                self.fault(place, name, "zmienna wyliczana nie ma własnych danych; usuń profil")
            elif name not in known:
                self.fault(place, name, f"nie ma takiej zmiennej{nearest(name, known)}")
        for name, profile in self.profiles.items():
            for other in profile.made_of:
                if other not in known:
                    what = "jest wyliczana" if other in derived else "nie istnieje"
                    message = f"zmienna „{other}” {what}; wskaż inną{nearest(other, known)}"
                    key = "of" if other == profile.of else "less"
                    self.fault(self.places[name], f"{name}.{key}", message)
        for name in sorted(known - self.places.keys()):
            message = "brakuje profilu tej zmiennej; dopisz go (kształt danych pokazowych)"
            self.fault((self._file_of(name), 1), name, message)

    def _file_of(self, name: str) -> str:
        """Where the profile of a variable belongs: the file named as that of its definition."""
        place = self.catalogue.places.get(f"variables/{name}")
        return f"{FOLDER}/{Path(place.file).name}" if place else FOLDER


def load_profiles(folder: Path, catalogue: Catalogue) -> Mapping[str, Profile]:
    """The profile of every variable with data, each after the one it is measured by.

    Raises CatalogueErrors with every fault: form, unknown names, variables without a profile,
    variables measured by each other in a circle.
    """
    reading = _Reading(folder, catalogue)
    for path in sorted(folder.glob("*.yaml")):
        reading.file(path)
    reading.check_names()
    if reading.errors:
        raise CatalogueErrors(reading.errors)
    order = TopologicalSorter({name: p.made_of for name, p in sorted(reading.profiles.items())})
    try:
        return {name: reading.profiles[name] for name in order.static_order()}
    except CycleError as error:
        circle: list[str] = error.args[1]
        message = f"zmienne są liczone jedna z drugiej w kółko: {' → '.join(circle)}; zmień „of”"
        place = reading.places[circle[0]]
        raise CatalogueErrors([CatalogueError(*place, f"{circle[0]}.of", message)]) from error
