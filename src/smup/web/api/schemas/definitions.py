"""Areas, services, indicators, variables and groups."""

from ninja import Schema

from smup.web.api.schemas.answer import Answer


class IndicatorSummary(Schema):
    id: str
    name: str
    service: str | None
    area: str
    role: str
    dimension: str | None
    unit: str
    decimals: int
    better: str
    status: str
    years: list[int]


class Indicators(Answer):
    indicators: list[IndicatorSummary]


class IndicatorRecord(IndicatorSummary, Answer):
    names: dict[str, str]
    question: dict[str, str]
    what_it_shows: dict[str, str]
    limitations: dict[str, str]
    formula: str
    aggregate: str
    comparable_over_time: bool
    kinds: list[str]
    cities: str
    version: int
    default_year: dict[str, int | None]


class Area(Schema):
    id: str
    number: int | None
    name: str
    summary: str


class Areas(Answer):
    areas: list[Area]


class Service(Schema):
    id: str
    area: str
    name: str
    what: str
    levels: list[str]
    indicators: list[str]


class Services(Answer):
    services: list[Service]


class Group(Schema):
    id: str
    name: str
    kinds: list[str]
    population_from: int | None
    population_below: int | None
    count: int


class GroupOfSystem(Group):
    system: str


class GroupSystem(Schema):
    id: str
    name: str
    rule: str
    version: int
    since: str | None
    population_year: int | None
    source: dict[str, str | int | None] | None


class Groups(Answer):
    systems: list[GroupSystem]
    groups: list[GroupOfSystem]


class GroupRecord(GroupOfSystem, Answer):
    population_year: int | None
    note: str | None
    units: list[str]
    former: list[str]


class VariableSourceRecord(Schema):
    source: str
    position: str | None
    form: str | None


class VariableSummary(Schema):
    id: str
    name: str
    unit: str
    additive: bool
    scope: str
    cadence: str
    derived: str | None
    years: list[int]


class Variables(Answer):
    variables: list[VariableSummary]


class VariableRecord(VariableSummary, Answer):
    names: dict[str, str]
    kinds: list[str]
    reference_day: str
    sources: list[VariableSourceRecord]
    note: str | None
    used_by: list[str]
