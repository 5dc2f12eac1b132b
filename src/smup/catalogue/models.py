"""What the catalogue files say, as frozen objects that refuse unknown keys.

Field names are the keys of the YAML files. The file or mapping key is the ``id``.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from smup.catalogue.base import (
    Definition,
    Dimension,
    Id,
    KindName,
    Place,
    Sentence,
    Text,
    VariableId,
)
from smup.catalogue.methods import (
    DEFAULT_SYSTEM,
    ExpectedValues,
    FrontierModel,
    Group,
    GroupSystem,
    PeerSet,
    SecrecyRule,
    Uncertainty,
)
from smup.catalogue.quality import Correction, Decision, Rules

# How members make up a larger area: sum | ratio_of_sums | none | weighted: <variable>
Aggregate = Annotated[
    str,
    StringConstraints(pattern=r"^(sum|ratio_of_sums|none|weighted: [a-z][a-z0-9_]*)$"),
]
# Codes of the budget classification: dział, rozdział, paragraf (with its fourth digit or without)
Code3 = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
Code5 = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]
Code3or4 = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,4}$")]
Status = Literal["draft", "preview", "published", "archived"]
# Kinds of paragraph; wages are also current spending
BudgetKind = Literal[
    "dochody-biezace",
    "dochody-majatkowe",
    "wydatki-biezace",
    "wydatki-majatkowe",
    "wynagrodzenia",
    "przychody-rozchody",
]


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
    duty: Text  # who must provide it, whether always or only where the unit decides so
    legal_basis: Text  # the act and, where certain, the provision
    delivery: Text  # usual forms of delivery
    comparing: Text  # with whom a comparison says something, and with whom it does not
    missing: dict[Dimension, Text] = Field(default={})  # dimensions without an indicator, and why


class Measure(Definition):
    """A unit of measure: how it is written, what it is made of."""

    id: str
    name: Text
    symbol: Text  # as printed after a number, e.g. "%", "zł/os."
    per: Text | None = None  # "na 1000 ludności": said in sentences
    dimension: dict[str, int]  # base -> power; {} for a pure number
    scale: float = 1.0  # one such unit in base units: 0.01 for %, 0.001 for per mille


class BdlPosition(Definition):
    """A variable of the Local Data Bank: by its id where the id has been seen, else by the name of
    its subject and the labels n1-n5, from which the id is found at the first live run."""

    id: int | None = None
    subject: Sentence | None = None
    labels: tuple[Sentence, ...] = Field(default=(), max_length=5)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.id is None) == (self.subject is None):
            raise ValueError("podaj numer zmiennej (id) albo temat (subject) z etykietami (labels)")
        if self.id is not None and self.labels:
            raise ValueError("zmienna wskazana numerem nie potrzebuje etykiet (labels)")
        return self


class BudgetPosition(Definition):
    """Rows of a budget report that are added up, by the codes of catalogue/budget/.

    Empty lists do not narrow the choice. ``kind`` narrows the paragraphs to those of one kind in
    paragrafy.csv.
    """

    divisions: tuple[Code3, ...] = ()  # działy
    chapters: tuple[Code5, ...] = ()  # rozdziały
    paragraphs: tuple[Code3or4, ...] = ()  # paragrafy, without or with the fourth digit
    kind: BudgetKind | None = None
    column: Sentence = "wykonanie"  # of the report, as its form names it


class VariableSource(Definition):
    """Where a variable comes from, in order of preference."""

    source: Id  # a file of catalogue/sources/
    position: str | None = None  # a column, a row of a form: as that source names it
    bdl: BdlPosition | None = None
    budget: BudgetPosition | None = None
    form: str | None = None  # the statistical form behind it, e.g. K-03
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
    sources: tuple[VariableSource, ...] = ()  # empty only where ``derived`` says how it is made
    derived: str | None = None  # a formula over other variables, e.g. school years to a budget year
    cadence: Literal[
        "rok", "rok-szkolny", "co-2-lata", "co-4-lata", "wybory", "spis", "jednorazowo"
    ] = "rok"
    until: int | None = None  # the last year it was or will be published
    reference_day: str  # "12-31", "01-01", "rok" for flows over the year
    published_month: int | None = Field(
        default=None, ge=1, le=12
    )  # month of the following year; None where not regular
    since: int | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    note: Text | None = None


class NationalId(Definition):
    """An indicator of the national system that measures the same; pairs differ by kind of unit."""

    id: int
    kinds: tuple[KindName, ...]


class Archived(Definition):
    """Why an indicator is no longer continued, and what came after it."""

    last_year: int
    reason: Text
    successor: Id | None = None


class Target(Definition):
    at: Literal["exactly", "at_least", "at_most"]
    value: float
    basis: Text


class Example(Definition):
    given: dict[str, float]
    country: float | None = None  # the formula's value for the country, where it is subtracted
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
    cities_note: Text | None = None  # why so, where the general sentence does not say enough
    kinds: tuple[KindName, ...]
    formula: str
    # The country's value of the same year is subtracted: for figures whose scale differs by year
    against: Literal["country"] | None = None
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
    status: Status
    version: int = 1
    change_note: Text | None = None
    renamed_from: tuple[Id, ...] = ()  # former ids; their addresses lead here
    archived: Archived | None = None
    smup: tuple[NationalId, ...] = ()  # the same in the national system, where known

    @property
    def label(self) -> Text:
        return self.short or self.name

    @property
    def is_shown(self) -> bool:
        """Drafts are neither computed nor shown; archived ones keep their old values."""
        return self.status != "draft"

    @property
    def weight(self) -> str | None:
        """The variable that weights the members of a larger area, if that is how they add up."""
        word, _, variable = self.aggregate.partition(": ")
        return variable if word == "weighted" else None


class Live(Definition):
    """Where files are fetched from: path of an entry of ``files`` -> number of the resource."""

    dane_gov: dict[str, Annotated[int, Field(gt=0)]] = Field(min_length=1)


class Source(Definition):
    """A publisher's data set. How its files are read is the ``files`` part, for ingest only."""

    id: Id
    title: Text
    publisher: str
    licence: str
    homepage: str | None = None
    note: Text | None = None
    files: tuple[dict[str, object], ...] = ()  # parsed by smup.ingest.mapping into frozen types
    live: Live | None = None  # None: the files lie in a folder

    @model_validator(mode="after")
    def _all_live(self) -> Self:
        paths = {str(file.get("path")) for file in self.files}
        if self.live and paths != self.live.dane_gov.keys():
            raise ValueError("dane_gov podaje zasób każdego pliku z files i żadnego innego")
        return self


class BudgetCode(Definition):
    """A code of the budget classification with the budget years in which it was valid."""

    code: str
    name: Text
    valid_from: int | None = None  # None: since before the years we hold, or not known
    valid_to: int | None = None
    kind: BudgetKind | None = None  # paragraphs only
    note: str | None = None


class Budget(Definition):
    """The budget classification: działy, rozdziały and paragrafy.

    A paragraph may stand twice: as revenue and, under another name, as expenditure.
    """

    divisions: tuple[BudgetCode, ...] = ()
    chapters: tuple[BudgetCode, ...] = ()
    paragraphs: tuple[BudgetCode, ...] = ()


class Stage(Definition):
    """A state in the life of an indicator."""

    id: Status
    name: Text
    meaning: Text
    next: tuple[Status, ...]


class Term(Definition):
    """A word of the interface and of the files, with what it means here."""

    id: Id
    name: Text
    meaning: Text


class Recorded(Definition):
    """One version of an indicator's definition, as it was once recorded for good.

    ``number`` belongs to the indicator for ever, through renaming too, and is never given again;
    ``meaning`` is a digest of the keys that decide what the figure is.
    """

    number: int = Field(ge=1)
    indicator: Id
    version: int = Field(ge=1)
    status: Status
    meaning: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    recorded: date
    change: str


NumberedKind = Literal["area", "service", "variable"]


class Numbered(Definition):
    """The integer by which outside contracts call a definition, given once for good."""

    kind: NumberedKind
    id: str
    number: int = Field(ge=1)


class Prices(Definition):
    """The price index that turns amounts of one year into prices of another."""

    id: str = "prices"
    title: Text
    publisher: str
    homepage: str | None = None
    note: Text
    previous_year_100: dict[int, float] = Field(min_length=1)

    @model_validator(mode="after")
    def _unbroken(self) -> Self:
        years = sorted(self.previous_year_100)
        for year in range(years[0], years[-1]):
            if year not in self.previous_year_100:
                raise ValueError(f"w szeregu brakuje roku {year}; dopisz go")
        for year, index in self.previous_year_100.items():
            if not 20 <= index <= 1000:
                raise ValueError(f"wskaźnik {index} w roku {year} nie jest indeksem cen")
        return self

    @property
    def years(self) -> range:
        """Years whose prices are known: the first index also reaches the year before it."""
        return range(min(self.previous_year_100) - 1, max(self.previous_year_100) + 1)


class Catalogue(Definition):
    """Everything, in display order. ``digest`` is the sha256 of the files it was read from."""

    areas: dict[str, Area]
    services: dict[str, Service]
    measures: dict[str, Measure]
    variables: dict[str, Variable]
    indicators: dict[str, Indicator]
    groups: dict[str, Group]  # of all systems
    peers: dict[str, PeerSet] = Field(default={})  # "common" and areas
    systems: dict[str, GroupSystem] = Field(default={})
    frontier: dict[str, FrontierModel] = Field(default={})
    sources: dict[str, Source]
    budget: Budget = Budget()
    lifecycle: dict[str, Stage] = Field(default={})
    glossary: dict[str, Term] = Field(default={})
    history: tuple[Recorded, ...] = ()
    numbers: tuple[Numbered, ...] = ()
    prices: Prices | None = None
    secrecy: dict[str, SecrecyRule] = Field(default={})
    uncertainty: Uncertainty = Uncertainty()
    expected: ExpectedValues | None = None
    quality: Rules = Rules()
    corrections: dict[str, Correction] = Field(default={})
    decisions: tuple[Decision, ...] = ()
    digest: str
    # "indicators/<id>" and so on -> where it is written; of no use outside the checks
    places: dict[str, Place] = Field(default={}, exclude=True, repr=False)

    @property
    def inputs(self) -> tuple[Variable, ...]:
        """The variables that sources publish: all but the derived ones."""
        return tuple(v for v in self.variables.values() if v.derived is None)

    @property
    def shown(self) -> tuple[Indicator, ...]:
        """Indicators that have a page: all but drafts, in display order."""
        return tuple(i for i in self.indicators.values() if i.is_shown)

    @property
    def renamed(self) -> dict[str, str]:
        """Former id of an indicator -> its id today."""
        return {old: one.id for one in self.indicators.values() for old in one.renamed_from}

    def correction_of(self, variable: str, unit: str, year: int) -> Correction | None:
        """The correction of a figure; whether it was applied, the flag of the cell says."""
        cell = variable, unit, year
        return next((one for one in self.corrections.values() if one.cell == cell), None)

    def groups_of(self, system: str = DEFAULT_SYSTEM) -> dict[str, Group]:
        """The groups of one system, in catalogue order."""
        return {g.id: g for g in self.groups.values() if g.system == system}

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
