"""What every definition of the catalogue is made of."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
VariableId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
# Kinds an indicator or variable can be computed for; "gmina" stands for the three kinds of gmina
# that are not cities with powiat rights.
KindName = Literal["gmina", "miasto-na-prawach-powiatu", "powiat"]
LevelName = Literal["gmina", "powiat", "wojewodztwo", "kraj"]


class Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Text(Definition):
    """A text in both languages of the interface."""

    pl: Sentence
    en: Sentence


class Dimension(StrEnum):
    QUANTITY = "quantity"
    QUALITY = "quality"
    AVAILABILITY = "availability"
    EFFICIENCY = "efficiency"


class Place(Definition):
    """Where a definition is written: for messages about what is wrong in it."""

    file: str
    lines: dict[str, int]  # dotted path of keys -> line, "" for the definition itself
