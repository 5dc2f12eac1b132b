"""What the service offers and holds."""

from ninja import Schema

from smup.web.api.schemas.answer import Answer


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
