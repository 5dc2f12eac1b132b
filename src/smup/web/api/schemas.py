"""Shapes of the answers, for OpenAPI and for the tests that hold answers against them."""

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
    indicator: str
    unit: str
    year: int
    value: float | None
    status: str
    flags: list[str]


class Data(Answer):
    complete: bool
    indicators: list[str]
    units: list[str]
    years: list[int]
    prices: int | None = None
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
    rank: Rank


class Comparison(Answer):
    value: float | None
    status: str
    flags: list[str]
    year: int
    role: str
    rank: Rank
    comparators: list[Comparator]
