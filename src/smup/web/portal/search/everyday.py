"""Words people use for what the catalogue calls otherwise, read from ``everyday.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

FILE = Path(__file__).with_suffix(".yaml")
Ranking = Literal["highest", "lowest", "best", "worst"]
RANKINGS: tuple[Ranking, ...] = ("highest", "lowest", "best", "worst")


@dataclass(frozen=True)
class Topic:
    """``words`` are beginnings of folded words, several with blanks; ids are of the catalogue."""

    words: tuple[str, ...]
    indicators: tuple[str, ...]
    services: tuple[str, ...]


@dataclass(frozen=True)
class Everyday:
    topics: tuple[Topic, ...]
    money: tuple[str, ...]
    time: tuple[str, ...]
    rankings: dict[Ranking, tuple[str, ...]]
    compare: tuple[str, ...]
    idle: frozenset[str]


@cache
def everyday() -> Everyday:
    """The file as it is. Raises KeyError where a part of it is missing."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    topics = tuple(
        Topic(tuple(one["words"]), tuple(one.get("indicators", ())), tuple(one["services"]))
        if "services" in one
        else Topic(tuple(one["words"]), tuple(one["indicators"]), ())
        for one in told["topics"]
    )
    return Everyday(
        topics,
        tuple(told["aspects"]["money"]),
        tuple(told["aspects"]["time"]),
        {kind: tuple(told["rankings"][kind]) for kind in RANKINGS},
        tuple(told["compare"]),
        frozenset(told["idle"]),
    )


def begins(asked: list[str], phrase: str) -> range | None:
    """Where words begin like those of a phrase, one after another: "szkol podstaw" is found in
    "ile szkoly podstawowe"; None where they do not.

    A phrase of up to three letters must be the whole word.
    """
    parts = phrase.split()
    for at in range(len(asked) - len(parts) + 1):
        if all(
            word == part if len(part) <= 3 else word.startswith(part)
            for word, part in zip(asked[at:], parts, strict=False)
        ):
            return range(at, at + len(parts))
    return None
