"""The tables of statuses and transitions, read from the YAML files beside this module."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.words import Words

FOLDER = Path(__file__).parent
START = "start"  # before there is anything; stands in ``from`` only
SAME = "same"  # stands in ``to`` only: the status stays

Id = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
Verb = Annotated[str, Field(pattern=r"^training(\.[a-z]+(_[a-z]+)*){2}$")]
Letter = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
Permission = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z]+$")]


class Owner(StrEnum):
    """Whose turn it is in a status, and who makes a transition."""

    UNIT = "unit"
    ORGANISER = "organiser"
    SYSTEM = "system"
    NOBODY = "nobody"


class Holds(StrEnum):
    """What a status keeps of the places of a stage."""

    PLACE = "place"
    CLAIM = "claim"
    NOTHING = "nothing"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Status(_Row):
    """``final``: nothing more becomes of it."""

    name: Words
    owner: Owner
    holds: Holds = Holds.NOTHING
    final: bool = False


class Transition(_Row):
    """One way on. ``letter`` is the notice to the people concerned, ``verb`` what the audit says.

    ``permission`` is asked of staff; a unit acts by its link and the system by itself.
    """

    action: Id
    name: Words  # on a button
    sources: tuple[Id, ...] = Field(alias="from", min_length=1)
    to: Id
    who: tuple[Owner, ...] = Field(min_length=1)
    permission: Permission | None = None
    letter: Letter | None = None
    verb: Verb
    needs_reason: bool = False

    def target(self, status: str) -> str:
        """The status after it, seen from ``status``."""
        return status if self.to == SAME else self.to

    @model_validator(mode="after")
    def _staff_are_allowed(self) -> Self:
        if (Owner.ORGANISER in self.who) is not (self.permission is not None):
            raise ValueError(f"{self.action}: a permission belongs to what organisers do")
        if Owner.NOBODY in self.who:
            raise ValueError(f"{self.action}: nobody does nothing")
        return self


class NotPossible(Refused):
    """The table has no such way from the status."""


class Workflow(_Row):
    """Statuses and transitions of one kind of thing; checked as a whole when it is read."""

    name: Words
    statuses: dict[Id, Status]
    transitions: tuple[Transition, ...]

    def may(self, status: str, action: str, to: str | None = None) -> Transition:
        """The transition that ``action`` makes from ``status``.

        Where an action may end in several statuses, ``to`` says in which (submitting a form:
        qualified or reserve). Raises NotPossible where the table has no such way, KeyError for an
        action or status it does not know, ValueError for several ways and no ``to``.
        """
        named = [one for one in self.transitions if one.action == action]
        if not named:
            raise KeyError(action)
        found = [one for one in named if status in one.sources and to in (None, one.to)]
        if not found:
            fields = {"action": named[0].name, "status": self._words(status)}
            raise NotPossible(Refusal(0, "not_possible", "status", fields))
        if len(found) > 1:
            raise ValueError(f"{action} from {status} leads to several statuses: say which")
        return found[0]

    def actions(self, status: str, who: Owner | None = None) -> tuple[Transition, ...]:
        """Ways on from ``status``, in the table's order; ``who`` leaves those of one actor."""
        return tuple(
            one
            for one in self.transitions
            if status in one.sources and (who is None or who in one.who)
        )

    def holding(self, *what: Holds) -> frozenset[str]:
        """Statuses that hold places, or claim them."""
        return frozenset(name for name, one in self.statuses.items() if one.holds in what)

    def _words(self, status: str) -> Words:
        return _NOT_YET if status == START else self.statuses[status].name

    @model_validator(mode="after")
    def _whole(self) -> Self:
        known = set(self.statuses)
        for one in self.transitions:
            _known(one, known)
        ways = [(s, t.action, t.target(s)) for t in self.transitions for s in t.sources]
        if len(set(ways)) < len(ways):
            raise ValueError("a way stands in the table twice")
        lost = known - _reached(ways)
        if lost:
            raise ValueError(f"no way leads to {', '.join(sorted(lost))}")
        left = {source for source, _, target in ways if target != source}
        for name, status in self.statuses.items():
            if status.final is (name in left):
                raise ValueError(f"{name}: final is exactly what no way leads out of")
        return self


@cache
def workflow(name: str) -> Workflow:
    """The table ``name``. Raises FileNotFoundError, or pydantic's ValidationError for a bad one."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return Workflow.model_validate(yaml.safe_load(text))


def names() -> tuple[str, ...]:
    """Names of all tables."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


_NOT_YET = Words(pl="jeszcze nie ma", en="not there yet")


def _known(transition: Transition, statuses: set[str]) -> None:
    wrong = {*transition.sources} - statuses - {START} | {transition.to} - statuses - {SAME}
    if wrong or (transition.to == SAME and START in transition.sources):
        raise ValueError(f"{transition.action}: unknown status {', '.join(sorted(wrong))}")


def _reached(ways: Iterable[tuple[str, str, str]]) -> set[str]:
    """Statuses that some chain of ways leads to."""
    reached, before = {START}, 0
    ways = tuple(ways)
    while len(reached) > before:
        before = len(reached)
        reached |= {target for source, _, target in ways if source in reached}
    return reached
