"""Shapes of what is asked and told about reports."""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from smup.web.api.schemas.answer import Answer

EXAMPLE: JsonDict = {"definition": {"kind": "profile", "units": ["1465"]}, "format": "pdf"}


class ReportRequest(Schema):
    """``definition`` is read by ``reports.definition``, which refuses in sentences; ``release`` is
    an id, "" means the one that serves now."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": EXAMPLE})

    definition: dict[str, Any]
    format: str = "pdf"
    release: str = Field("", max_length=40)


class ReportJob(Answer):
    """``file``, ``sha256`` and ``bytes`` are known once ``status`` is ``done``, ``problem`` when it
    is ``failed``."""

    id: str
    status: str
    format: str
    definition: str
    address: str
    page: str
    file: str | None
    filename: str
    sha256: str | None
    bytes: int | None
    problem: str | None


class ReportKind(Schema):
    id: str
    name: str
    about: str
    units: list[str]
    sections: list[str]


class ReportKinds(Schema):
    kinds: list[ReportKind]
    formats: list[str]
