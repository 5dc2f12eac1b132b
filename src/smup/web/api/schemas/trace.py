"""Shapes of the answers that say how a figure came about."""

from typing import Any

from ninja import Schema

from smup.web.api.schemas.answer import Answer


class TraceRow(Schema):
    table: str
    line: int
    text: str
    taken: bool


class TraceInput(Schema):
    variable: str
    year: int
    value: float | None
    status: str
    flags: list[str]
    rows: list[TraceRow]
    correction: dict[str, Any] | None  # what the source said, what takes its place, and why


class TraceMember(Schema):
    unit: str
    used: bool
    exact: float | None
    status: str | None
    inputs: list[TraceInput]


class TraceWorked(Schema):
    way: str
    inputs: list[TraceInput]
    numbers: dict[str, float]
    members: list[TraceMember]
    share: float | None


class TraceCell(Schema):
    value: float | None
    status: str
    flags: list[str]


class TraceTable(Schema):
    title: str
    publisher: str
    licence: str
    files: list[dict[str, str]]
    rows: int
    table: str
    sha256: str
    bytes: int


class Trace(TraceWorked, TraceCell, Answer):
    indicator: str
    unit: str
    year: int
    formula: str
    country: TraceWorked | None
    exact: float | None
    decimals: int
    recomputed: TraceCell
    verdict: str
    tables: dict[str, TraceTable]
