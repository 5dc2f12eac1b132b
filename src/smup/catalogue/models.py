"""What the catalogue files say, as frozen objects that refuse unknown keys.

Field names are the keys of the YAML files. The file or mapping key is the ``id``.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
VariableId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
# How members make up a larger area: sum | ratio_of_sums | none | weighted: <variable>
Aggregate = Annotated[
    str,
    StringConstraints(pattern=r"^(sum|ratio_of_sums|none|weighted: [a-z][a-z0-9_]*)$"),
]

# Kinds an indicator or variable can be computed for; "gmina" stands for the three kinds of gmina
# that are not cities with powiat rights.
KindName = Literal["gmina", "miasto-na-prawach-powiatu", "powiat"]
LevelName = Literal["gmina", "powiat", "wojewodztwo", "kraj"]


class Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Text(Definition):
    """A text in both languages of the interface."""

    pl: Sentence
    en: Sentence


class Dimension(StrEnum):
    QUANTITY = "quantity"
    QUALITY = "quality"
    AVAILABILITY = "availability"
    EFFICIENCY = "efficiency"


class Place(Definition):
    """Where a definition is written: for messages about what is wrong in it."""

    file: str
    lines: dict[str, int]  # dotted path of keys -> line, "" for the definition itself


class Area(Definition):
    id: Id
    number: int | None  # number in the national system; None for the neutral area
    name: Text
    summary: Text


class Service(Definition):
    id: Id
    area: Id
    name: Text
    levels: tuple[Literal["gmina", "powiat"], ...]
    serves: tuple[Literal["mieszkancy", "przedsiebiorcy"], ...] = ("mieszkancy",)
    what: Text


class Measure(Definition):
    """A unit of measure: how it is written, what it is made of."""

    id: str
    name: Text
    symbol: Text  # as printed after a number, e.g. "%", "zł/os."
    per: Text | None = None  # "na 1000 ludności": said in sentences
    dimension: dict[str, int]  # base -> power; {} for a pure number
    scale: float = 1.0  # one such unit in base units: 0.01 for %, 0.001 for per mille


class VariableSource(Definition):
    """Where a variable comes from, in order of preference."""

    source: Id  # a file of catalogue/sources/
    position: str | None = None  # BDL variable id, Rb position, column: as that source names it
    note: Text | None = None


class SeriesBreak(Definition):
    year: int
    reason: Text


class Variable(Definition):
    id: VariableId
    name: Text
    unit: str  # a Measure id
    additive: bool  # may values of units be added up to a larger area?
    scope: Literal["body", "territory"]
    kinds: tuple[KindName, ...]  # kinds of unit the source publishes it for
    sources: tuple[VariableSource, ...] = Field(min_length=1)
    cadence: Literal["rok", "rok-szkolny", "wybory", "spis", "jednorazowo"] = "rok"
    reference_day: str  # "12-31", "01-01", "rok" for flows over the year
    published_month: int | None = Field(
        default=None, ge=1, le=12
    )  # month of the following year; None where not regular
    since: int | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    note: Text | None = None


class Target(Definition):
    at: Literal["exactly", "at_least", "at_most"]
    value: float
    basis: Text


class Example(Definition):
    given: dict[str, float]
    gives: float


class Steward(Definition):
    owner: str  # a team or role, never an invented person
    reviewed: date
    review_by: date


class Indicator(Definition):
    id: Id
    area: Id
    name: Text
    short: Text | None = None  # for axes and tables; the name where left out
    question: Text
    service: Id | None = None  # None only in the neutral area
    role: Literal["monitoring", "contextual"]
    dimension: Dimension | None = None  # monitoring only
    order: int = 100  # place within its service and dimension; equal numbers go by name
    unit: str  # a Measure id
    decimals: int = Field(ge=0, le=6)
    better: Literal["higher", "lower", "neither", "target"]
    target: Target | None = None
    scope: Literal["body", "territory"]
    mixed_scope_reason: Text | None = None
    cities: Literal["with_gminas", "with_powiats", "both", "apart"]
    kinds: tuple[KindName, ...]
    formula: str
    aggregate: Aggregate
    change: Literal["absolute", "percent", "percentage_points"]
    comparable_over_time: bool = True  # False: years stand on different scales, no trend is drawn
    interval: Literal["binomial", "poisson", "none"] = "none"
    what_it_shows: Text
    why_it_matters: Text | None = None
    limitations: Text
    context: tuple[Id, ...] = ()
    legal_basis: Text | None = None
    example: Example
    steward: Steward
    status: Literal["draft", "preview", "published", "archived"]
    version: int = 1
    change_note: Text | None = None

    @property
    def label(self) -> Text:
        return self.short or self.name

    @property
    def weight(self) -> str | None:
        """The variable that weights the members of a larger area, if that is how they add up."""
        word, _, variable = self.aggregate.partition(": ")
        return variable if word == "weighted" else None


class Group(Definition):
    """A fixed comparison group: units of these kinds (and, where given, of this population)."""

    id: Id
    name: Text
    kinds: tuple[str, ...]  # exact kinds (smup.territory.Kind)
    population_from: int | None = None
    population_below: int | None = None
    note: Text | None = None


class Source(Definition):
    """A publisher's data set. How its files are read is the ``files`` part, for ingest only."""

    id: Id
    title: Text
    publisher: str
    licence: str
    homepage: str | None = None
    note: Text | None = None
    files: tuple[dict[str, object], ...] = ()  # parsed by smup.ingest.mapping into frozen types


class Catalogue(Definition):
    """Everything, in display order. ``digest`` is the sha256 of the files it was read from."""

    areas: dict[str, Area]
    services: dict[str, Service]
    measures: dict[str, Measure]
    variables: dict[str, Variable]
    indicators: dict[str, Indicator]
    groups: dict[str, Group]
    sources: dict[str, Source]
    digest: str
    # "indicators/<id>" and so on -> where it is written; of no use outside the checks
    places: dict[str, Place] = Field(default={}, exclude=True, repr=False)

    def services_of(self, area: str) -> tuple[Service, ...]:
        return tuple(s for s in self.services.values() if s.area == area)

    def indicators_of(
        self, *, area: str | None = None, service: str | None = None
    ) -> tuple[Indicator, ...]:
        """Published and preview indicators of an area or a service, in display order."""
        return tuple(
            i
            for i in self.indicators.values()
            if i.status in ("published", "preview")
            and (area is None or i.area == area)
            and (service is None or i.service == service)
        )
