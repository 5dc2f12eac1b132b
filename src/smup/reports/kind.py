"""What a kind of report consists of, read from ``kinds/``: a file each."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from smup.reports.definition import Kind

FOLDER = Path(__file__).with_name("kinds")


class Words(BaseModel):
    """The same in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pl: str
    en: str


class Duty(BaseModel):
    """A paper the law asks for: until when (month and day), and by which provision.

    ``sure`` is false where nobody looked the provision up in the text in force; the paper says so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    until: str
    basis: Words
    sure: bool


class Plan(BaseModel):
    """``sections`` in default order: ids of ``sections/``, ``name:*`` stands for all there are.

    ``optional`` parts are written only when asked for. ``unit`` is for whom it can be written.
    ``contents`` asks for a title page and a table of contents.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    about: Words  # one sentence: what it is for
    units: tuple[Literal["gmina", "powiat", "wojewodztwo", "kraj"], ...]
    sections: tuple[str, ...]
    optional: tuple[str, ...] = ()
    contents: bool = True
    duty: dict[Literal["gmina", "powiat"], Duty] = {}


@cache
def plan_of(kind: Kind) -> Plan:
    """The plan of a kind. Raises pydantic's ValidationError for an unknown key."""
    text = (FOLDER / f"{kind.value}.yaml").read_text(encoding="utf-8")
    return Plan.model_validate(yaml.safe_load(text))
