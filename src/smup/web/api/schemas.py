"""Shapes of the answers, for OpenAPI and for the tests that hold answers against them."""

from typing import Any

from ninja import Schema


class Answer(Schema):
    """What every answer made of a release begins with."""

    release: str
    synthetic: bool


class UnitSummary(Schema):
    code: str
    name: str
    kind: str
    level: str | None
    powiat: str | None
    wojewodztwo: str | None
    teryt6: str | None
    teryt7: str | None
    bdl_gmina: str | None
    bdl_powiat: str | None
    valid_from: str | None
    valid_to: str | None


class UnitHit(UnitSummary):
    score: float | None = None


class Units(Answer):
    units: list[UnitHit]


class Change(Schema):
    what: str
    after: str
    by: str
    day: str | None
    before: str
    now: str
    source: str


class Succession(Schema):
    unit: str
    name: str
    level: str
    day: str
    what: str
    share_population: float | None
    share_area: float | None
    source: str
    note: str


class Point(Schema):
    lon: float
    lat: float


class UnitRecord(UnitSummary, Answer):
    parents: list[str]
    bdl_ids: dict[str, str | None]
    nuts3: str | None
    aliases: list[str]
    point: Point | None
    outline: bool
    neighbours: dict[str, list[str]]
    changes: list[Change]
    successors: list[Succession]
    children: list[str]
    groups: dict[str, str]  # system of fixed groups -> its group


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


class Row(Schema):
    """The usual columns; ``fields=`` chooses others."""

    indicator: str
    unit: str
    year: int
    value: float | None
    status: str
    flags: list[str]
    bridged: str | None = None  # with territory=: exact | summed | apportioned | impossible
    share: dict[str, float] | None = None  # apportioned: unit of that year -> share counted


class Data(Answer):
    complete: bool
    indicators: list[str]
    units: list[str]
    years: list[int]
    prices: int | None = None
    territory: str | None = None
    rows: list[Row]


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


class FrontierAmount(Schema):
    name: dict[str, str]
    unit: str
    value: float
    target: float


class FrontierPeer(Schema):
    unit: str
    weight: float


class FrontierInterval(Schema):
    low: float
    high: float
    corrected: float


class Frontier(Answer):
    """Where ``refused`` says why there is no frontier, only unit, service and words stand with
    it."""

    unit: str
    service: str
    refused: str | None = None
    words: str | None = None
    year: int | None = None
    score: float | None = None
    scale: float | None = None
    returns: str | None = None
    interval: FrontierInterval | None = None
    n: int | None = None
    on_frontier: int | None = None
    peers: list[FrontierPeer] | None = None
    without_strongest: float | None = None
    inputs: list[FrontierAmount] | None = None
    outputs: list[FrontierAmount] | None = None


class ReleaseInfo(Schema):
    id: str
    created: str
    catalogue: str
    indicators: int
    values: int
    active: bool
    synthetic: bool


class Releases(Schema):
    releases: list[ReleaseInfo]


class Rank(Schema):
    position: int | None
    low: int | None
    high: int | None
    of: int
    with_data: int
    tied: int
    percentile: float | None
    quartile: int | None
    reason: str | None


class Interval(Schema):
    low: float
    high: float
    method: str
    level: float


class Basis(Schema):
    events: float
    base: float | None


class Smoothed(Schema):
    value: float
    low: float
    high: float
    weight: float
    centre: float


class Comparator(Schema):
    id: str
    n: int
    with_data: int
    weighted: float | None
    mean: float | None
    median: float | None
    q1: float | None
    q3: float | None
    min: float | None
    max: float | None
    outside_stratum: bool
    rank: Rank


class Comparison(Answer):
    value: float | None
    status: str
    flags: list[str]
    year: int
    role: str
    groups: str
    interval: Interval | None
    interval_reason: str | None
    basis: Basis | None
    smoothed: Smoothed | None
    rank: Rank
    comparators: list[Comparator]
    # only with explain=1
    expected: dict[str, Any] | None = None
    improvers: dict[str, Any] | None = None
    needed: list[dict[str, Any]] | None = None


class PeerFeature(Schema):
    id: str
    weight: float
    year: int
    value: float | None


class Peer(Schema):
    unit: str
    distance: float
    stability: float
    contributions: dict[str, float]


class Peers(Answer):
    unit: str
    area: str | None
    year: int
    k: int
    variant: str
    reason: str | None
    outside_stratum: bool
    features: list[PeerFeature]
    peers: list[Peer]


class Neighbours(Answer):
    unit: str
    level: str | None
    neighbours: list[UnitSummary]


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


class Place(Schema):
    """A place among all units of the role; ``position`` is null with the ``reason``."""

    position: int | None
    of: int
    with_data: int
    percentile: float | None
    quartile: int | None
    reason: str | None


class Five(Schema):
    n: int
    with_data: int
    min: float
    q1: float
    median: float
    q3: float
    max: float


class ProfileRow(Schema):
    indicator: str
    service: str | None
    area: str
    year: int
    value: float | None
    status: str
    flags: list[str]
    rank: Place | None
    country: Five | None
    group: Five | None


class Profile(Answer):
    unit: UnitSummary
    role: str | None
    group: str | None
    services: list[str]
    indicators: list[ProfileRow]


class CoveredVariable(Schema):
    id: str
    years: list[int]
    units: dict[str, int]
    blocks: list[str]


class CoveredIndicator(Schema):
    id: str
    years: list[int]
    units: dict[str, int]
    waits_for: list[str]
    suppliers: list[str]


class Coverage(Answer):
    variables: list[CoveredVariable]
    indicators: list[CoveredIndicator]


class StatusRecord(Schema):
    id: str
    has_value: bool
    sign: str
    meaning: str


class FlagRecord(Schema):
    id: str
    meaning: str


class FieldRecord(Schema):
    id: str
    name: str
    meaning: str


class Limits(Schema):
    """What one answer may hold; everything else has no limit."""

    streamed_from_cells: int
    most_cells_json_stat: int
    most_cells_xlsx: int
    most_indicators_on_other_borders: int
    calls: int
    calls_window_seconds: int


class Config(Answer):
    version: str
    languages: list[str]
    default_language: str
    years: list[int]
    formats: list[str]
    limits: Limits
    statuses: list[StatusRecord]
    flags: list[FlagRecord]
    fields: list[FieldRecord]
    licence: str
    documentation: str
