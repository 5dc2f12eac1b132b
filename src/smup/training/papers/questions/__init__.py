"""Questions of the test and of the survey, parsed once from the YAML beside this module."""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from smup.training.rules.words import Words

FOLDER = Path(__file__).parent

Id = Annotated[str, Field(pattern=r"^[a-z]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Part):
    """A question with answers to choose from; ``right`` is the number of the right one, from 1."""

    id: Id
    question: Words
    answers: tuple[Words, ...] = Field(min_length=2)
    right: int = Field(ge=1)

    @model_validator(mode="after")
    def _is_there(self) -> Self:
        if self.right > len(self.answers):
            raise ValueError(f"{self.id}: nie ma odpowiedzi {self.right}")
        return self


class Test(_Part):
    """One point for each right answer."""

    __test__ = False  # no test of pytest

    title: Words
    questions: tuple[Choice, ...] = Field(min_length=1)


class Asked(_Part):
    id: Id
    question: Words


class Free(Asked):
    """A question answered in own words, at most so many characters."""

    most: int


class Survey(_Part):
    """Each question is answered with a mark from 1 to ``marks``."""

    title: Words
    marks: int = Field(ge=2)
    questions: tuple[Asked, ...] = Field(min_length=1)
    free: Free


@cache
def test() -> Test:
    """The test before and after a training."""
    return Test.model_validate(_read("test"))


@cache
def survey() -> Survey:
    """The survey after a training."""
    return Survey.model_validate(_read("survey"))


def _read(name: str) -> object:
    read: object = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return read
