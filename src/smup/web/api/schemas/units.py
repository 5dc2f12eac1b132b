"""Units, those around them and those alike, and a unit at a glance."""

from ninja import Schema

from smup.web.api.schemas.answer import Answer


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
