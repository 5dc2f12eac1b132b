"""What somebody asks for when asking for a report: readable, shareable, run again next year."""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Self

import orjson
import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from smup.catalogue.errors import CatalogueError
from smup.catalogue.validation import parse
from smup.language import Lang
from smup.reports.own_text import one_line
from smup.reports.plain_yaml import read_yaml
from smup.territory import Level

MOST_BYTES = 16_000  # of a definition kept for a link
MOST_UNITS = 10  # side by side
MOST_CHARACTERS = 8_000  # of one text of the author's own
MOST_FAULTS = 8  # told at a time
COMPARATORS = ("neighbours", "group", "peers", "powiat", "wojewodztwo", "kraj")

Short = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
OwnText = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]*$", max_length=100)]
Code = Annotated[str, StringConstraints(pattern=r"^([0-9]{2,7}G?|PL)$")]  # of a unit
Year = Annotated[int, Field(ge=1900, le=2199)]
SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(:[a-z0-9-]+)?$")]


class Kind(StrEnum):
    """What is written; each has a file in ``kinds/``."""

    PROFILE = "profile"  # two pages of one unit
    UNIT = "unit"  # everything of one unit
    AREA = "area"
    SERVICE = "service"
    COMPARISON = "comparison"  # 2 to 10 units
    INDICATOR = "indicator"  # all units of a województwo
    STATE = "state"  # chapters of the raport o stanie gminy / powiatu
    EDUCATION = "education"  # informacja o stanie realizacji zadań oświatowych
    SOCIAL = "social"  # ocena zasobów pomocy społecznej
    WASTE = "waste"  # analiza stanu gospodarki odpadami


class Office(BaseModel):
    """Who hands the report in, as the title page says it; what is empty is not said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Short = ""
    author: Short = ""
    session: Short = ""  # the day and number of the council's session, in the office's own words


class Definition(BaseModel):
    """One report. ``units`` has one code, for a comparison two to ten, the first being ours; for an
    indicator report it is a województwo.

    ``sections`` are ids in their order; empty means all of the kind in its own order. ``years`` are
    the first and the last year looked at. ``texts`` are the author's own, by the id of a
    placeholder; ``comments`` stand at the end of a section, by its id. Neither is ever markup.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    units: tuple[Code, ...] = Field(max_length=MOST_UNITS)
    lang: Lang = "pl"
    role: Level | None = None
    area: Name = ""
    service: Name = ""
    indicator: Name = ""
    years: tuple[Year, Year] | None = None
    comparators: tuple[Name, ...] = COMPARATORS
    sections: tuple[SectionId, ...] = ()
    office: Office = Office()
    texts: Mapping[SectionId, OwnText] = Field(default_factory=dict)
    comments: Mapping[SectionId, OwnText] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.units:
            raise ValueError("nie podano jednostki (pole „units”)")
        if len(set(self.units)) < len(self.units):
            raise ValueError("jednostka jest wymieniona dwa razy")
        if self.kind is Kind.COMPARISON and len(self.units) < 2:
            raise ValueError("porównanie wymaga od 2 do 10 jednostek")
        if self.kind is not Kind.COMPARISON and len(self.units) > 1:
            raise ValueError(f"raport „{self.kind}” dotyczy jednej jednostki")
        for kind, name in ((Kind.AREA, "area"), (Kind.SERVICE, "service"),
                           (Kind.INDICATOR, "indicator")):  # fmt: skip
            if (self.kind is kind) != bool(getattr(self, name)):
                missing = "wymaga pola" if self.kind is kind else "nie ma pola"
                raise ValueError(f"raport „{self.kind}” {missing} „{name}”")
        if self.years is not None and self.years[0] > self.years[1]:
            raise ValueError("pierwszy rok jest późniejszy niż ostatni")
        unknown = [one for one in self.comparators if one not in COMPARATORS]
        if unknown:
            raise ValueError(
                f"nieznany punkt odniesienia „{unknown[0]}”; są: {', '.join(COMPARATORS)}"
            )
        if len(set(self.comparators)) < len(self.comparators):
            raise ValueError("punkt odniesienia jest wymieniony dwa razy")
        if len(set(self.sections)) < len(self.sections):
            raise ValueError("rozdział jest wymieniony dwa razy")
        return self

    @property
    def digest(self) -> str:
        """Its name: the same for the same content, whatever the order of keys."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:24]


def read_definition(text: str) -> Definition:
    """A definition from YAML (or JSON, which is YAML).

    Raises ValueError for what is too long, is not a mapping, or is not a definition; the message
    says where.
    """
    if len(text.encode()) > MOST_BYTES:
        raise ValueError(f"definicja jest dłuższa niż {MOST_BYTES} bajtów")
    try:
        content = read_yaml(text)
    except ValueError as error:
        raise ValueError(f"definicja nie jest poprawnym YAML: {error}") from error
    if not isinstance(content, dict):
        raise ValueError("definicja ma być listą pól „nazwa: wartość”")
    return definition_of({key: value for key, value in content.items() if value != ""})


def definition_of(content: Mapping[str, Any]) -> Definition:
    """A definition from its fields. Raises ValueError that says each fault and where it is."""
    errors: list[CatalogueError] = []
    found = parse(Definition, content, file="", lines={}, errors=errors)
    if found is None:
        raise ValueError(f"definicja raportu: {_told(sorted(errors))}")
    return found


def _told(errors: Sequence[CatalogueError]) -> str:
    """The first faults; halves of letters, which no answer could hold, as question marks."""
    told = [f"{one.key}: {one.message}" if one.key else one.message for one in errors]
    more = [f"i {len(told) - MOST_FAULTS} dalszych"] if len(told) > MOST_FAULTS else []
    return "; ".join([*told[:MOST_FAULTS], *more]).encode("utf-8", "replace").decode()


def write_definition(definition: Definition) -> str:
    """The definition as YAML without what is as usual; reads back as the same definition."""
    content = definition.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
