"""What every provider can do: say what it would ask, and ask it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from smup.catalogue import Catalogue
from smup.fetch.fetcher import Fetcher
from smup.quality import Finding
from smup.territory import Territory

Progress = Callable[[str, int, int], None]  # stage, done, total (requests)


@dataclass(frozen=True)
class Desk:
    """What a provider works with. ``root`` holds the definitions, ``home`` is the store."""

    root: Path
    home: Path
    catalogue: Catalogue
    territory: Territory
    fetcher: Fetcher
    today: date


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a plan: ``what`` in Polish, and how many requests it is thought to cost."""

    what: str
    requests: int
    detail: str = ""


@dataclass(frozen=True)
class Plan:
    """What a provider would ask now, as far as it can be told without asking."""

    provider: str
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    @property
    def requests(self) -> int:
        return sum(step.requests for step in self.steps)


@dataclass(frozen=True)
class Outcome:
    """What a run did: requests sent, tables written now, what was noticed.

    ``unfinished`` is a Polish sentence, why it stopped and when to go on; "" at the end of all.
    """

    provider: str
    asked: int
    tables: tuple[str, ...]
    findings: tuple[Finding, ...]
    unfinished: str = ""


class Provider(Protocol):
    """``run`` is resumable: stopped anywhere and called again, it asks only for what it lacks."""

    @property
    def id(self) -> str: ...

    def plan(self, desk: Desk) -> Plan: ...

    def run(self, desk: Desk, progress: Progress) -> Outcome: ...
