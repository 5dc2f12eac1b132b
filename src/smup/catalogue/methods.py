"""Settings of the methods by which units are compared, as frozen objects: groups, places alike,
frontiers, expected values, uncertainty, secrecy."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from smup.catalogue.base import (
    Definition,
    Id,
    KindName,
    Text,
    VariableId,
)

DEFAULT_SYSTEM = "rodzaj"  # the system of fixed groups in which places are worked out beforehand


class TableSource(Definition):
    """Who published a table of groups, and as of when."""

    publisher: str
    title: Text
    year: int
    licence: str
    homepage: str | None = None


class GroupSystem(Definition):
    """One way of dividing units into fixed groups; the groups are in groups/<id>.yaml.

    With a ``source`` membership comes from groups/tables/<id>.csv, else from the groups' rules.
    """

    id: Id
    name: Text
    rule: Text  # how a unit gets its group, in words
    version: int = Field(default=1, ge=1)
    since: date  # of this version
    source: TableSource | None = None
    table: dict[str, str] = Field(default={})  # unit -> group, of the CSV file


class Group(Definition):
    """A fixed comparison group: units of these kinds (and, where given, of this population)."""

    id: Id
    system: Id = DEFAULT_SYSTEM  # the file it stands in
    name: Text
    kinds: tuple[str, ...]  # exact kinds (smup.territory.Kind)
    population_from: int | None = None
    population_below: int | None = None
    note: Text | None = None


class Factor(Definition):
    """What goes into a service or comes out of it: an amount that can be added up."""

    name: Text
    formula: str  # over variables
    unit: str  # a Measure id


class FrontierModel(Definition):
    """What an efficiency frontier of a service weighs against what. The id is the service's."""

    id: Id
    inputs: tuple[Factor, ...] = Field(min_length=1)
    outputs: tuple[Factor, ...] = Field(min_length=1)
    kinds: tuple[KindName, ...]
    limits: Text  # what the model leaves out
    mixed_scope_reason: Text | None = None


class PeerFeature(Definition):
    """One thing in which places are alike or not: a formula, or a distance to a large city."""

    name: Text
    formula: str | None = None  # over variables that describe the place
    to_city_from: int | None = None  # km to the nearest other city with so many inhabitants
    unit: str  # a Measure id
    decimals: int = Field(ge=0, le=6)
    log: bool = False  # for sizes: twice as many is the same step everywhere
    kinds: tuple[KindName, ...] = ("gmina", "miasto-na-prawach-powiatu", "powiat")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.formula is None) == (self.to_city_from is None):
            raise ValueError("cecha ma albo wzór (formula), albo odległość (to_city_from)")
        return self


class PeersAlone(Definition):
    """Units without an equal of their kind, and from what population others are set beside them."""

    units: tuple[str, ...]
    among_population_from: int


class PeerSet(Definition):
    """What makes places alike, for all areas (``common``) or for the area of this id."""

    id: Id
    note: Text  # why these features and weights
    features: dict[Id, PeerFeature] = Field(default={})
    weights: dict[Id, Annotated[float, Field(ge=0)]] = Field(
        default={}
    )  # an area names those it changes
    bases: tuple[VariableId, ...] = ()  # common only: sizes every area may use
    alone: PeersAlone | None = None  # common only


class SecrecyRule(Definition):
    """Counts of persons so small that they speak of single persons, and what is hidden with them.

    ``counts`` maps a count to the other figures about the same persons; ``parts`` maps a count to
    the count it is a part of, because the rest is a count too.
    """

    id: Id
    name: Text
    below: int = Field(ge=2)  # a count from 1 to below - 1 is hidden
    levels: tuple[Literal["gmina", "powiat"], ...] = Field(min_length=1)
    # False: the figures are public elsewhere, so nothing more is hidden to protect them
    complementary: bool = True
    counts: dict[VariableId, tuple[VariableId, ...]] = Field(min_length=1)
    parts: dict[VariableId, VariableId] = Field(default={})
    reason: Text

    @property
    def variables(self) -> frozenset[str]:
        """Every variable of which the rule hides cells."""
        return frozenset(self.counts) | {one for more in self.counts.values() for one in more}


class ExpectedValues(Definition):
    """The features of places (of the common peer set) from which expected values are made."""

    id: str = "expected"
    features: tuple[Id, ...]
    note: Text


class Uncertainty(Definition):
    """How the uncertainty of rates is computed and shown; the numbers are shares (0-1)."""

    id: str = "uncertainty"
    level: float = Field(default=0.95, gt=0.5, lt=1)  # of intervals
    funnel_levels: tuple[float, float] = (0.95, 0.998)  # inner and outer limits of a funnel
    winsorised: float = Field(default=0.1, ge=0, lt=0.5)  # at either end, of z-scores
    # Base (in its own units) below which a rate gets no place of its own
    minimum_denominator: dict[Literal["binomial", "poisson"], float] = Field(
        default={"binomial": 10, "poisson": 10}
    )

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        inner, outer = self.funnel_levels
        if not 0.5 < inner < outer < 1:
            raise ValueError("granice lejka (funnel_levels) mają rosnąć między 0,5 a 1")
        if set(self.minimum_denominator) != {"binomial", "poisson"}:
            raise ValueError("minimum_denominator ma mieć klucze binomial i poisson")
        if min(self.minimum_denominator.values()) < 0:
            raise ValueError("najmniejszy mianownik (minimum_denominator) nie może być ujemny")
        return self
