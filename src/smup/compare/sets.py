"""The sets of units beside which a unit is put."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.compare.comparison import ComparatorId
from smup.compare.peers import nearest_codes
from smup.compare.question import Question
from smup.territory import GMINA_KINDS, Level

Mask = NDArray[np.bool_]

ORDER: tuple[ComparatorId, ...] = (
    "neighbours",
    "group",
    "peers",
    "powiat",
    "wojewodztwo",
    "kraj",
    "list",
)

_WITHOUT = ("neighbours", "peers", "list")  # sets of others


@dataclass(frozen=True)
class UnitSet:
    """Masks over the units of the role: the members, and those among whom the unit is placed.

    They differ for neighbours, peers and a list of the reader's: a unit is not its own neighbour,
    yet it is placed among them.
    """

    name: ComparatorId
    members: Mask
    placed: Mask


def sets_of(question: Question) -> tuple[UnitSet, ...]:
    """The comparators of the unit in this role, in ``ORDER``, from its own stratum only.

    A city with powiat rights is its own powiat, so it has no such comparator; nor has a powiat.
    A unit that takes no part sees the units it would stand among, and is not placed.
    """
    frame, unit = question.frame, question.unit
    role = frame.role(question.role)
    strata = frame.strata(question.indicator, question.role)
    alike = strata == max(strata[question.place], 0)
    itself = np.arange(len(role.units)) == question.place
    masks: dict[ComparatorId, Mask] = {
        "neighbours": role.holds(frame.territory.neighbours.get((unit.code, question.role), ())),
        "kraj": np.ones(len(role.units), bool),
    }
    if group := frame.membership(question.system).units.get(unit.code):
        masks["group"] = frame.group_labels(question.system, question.role) == group
    if alike_places := nearest_codes(frame, unit, question.indicator.area):
        masks["peers"] = role.holds(alike_places)
    if question.listed:
        masks["list"] = role.holds(question.listed)
    if unit.kind in GMINA_KINDS:
        masks["powiat"] = role.powiat == unit.powiat
    if question.role in (Level.GMINA, Level.POWIAT):
        masks["wojewodztwo"] = role.wojewodztwo == unit.wojewodztwo
    placed = {name: mask | itself if name in _WITHOUT else mask for name, mask in masks.items()}
    return tuple(
        UnitSet(name, masks[name] & alike, placed[name] & alike) for name in ORDER if name in masks
    )
