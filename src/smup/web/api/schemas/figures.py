"""Values, comparisons and the frontier of a service."""

from typing import Any

from ninja import Schema

from smup.web.api.schemas.answer import Answer


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
