"""The sets of units beside which a unit is put."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.compare.comparison import ComparatorId
from smup.compare.question import Question
from smup.territory import GMINA_KINDS, Level

Mask = NDArray[np.bool_]

ORDER: tuple[ComparatorId, ...] = ("neighbours", "group", "powiat", "wojewodztwo", "kraj")


@dataclass(frozen=True)
class UnitSet:
    """Masks over the units of the role: the members, and those among whom the unit is placed.

    They differ for neighbours only: a unit is not its own neighbour, yet it is placed among them.
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
    near = [
        role.place[code]
        for code in frame.territory.neighbours.get((unit.code, question.role), ())
        if code in role.place
    ]
    masks: dict[ComparatorId, Mask] = {
        "neighbours": np.isin(np.arange(len(role.units)), near),
        "kraj": np.ones(len(role.units), bool),
    }
    if group := frame.groups.get(unit.code):
        masks["group"] = role.group == group
    if unit.kind in GMINA_KINDS:
        masks["powiat"] = role.powiat == unit.powiat
    if question.role in (Level.GMINA, Level.POWIAT):
        masks["wojewodztwo"] = role.wojewodztwo == unit.wojewodztwo
    placed = {name: mask | itself if name == "neighbours" else mask for name, mask in masks.items()}
    return tuple(
        UnitSet(name, masks[name] & alike, placed[name] & alike) for name in ORDER if name in masks
    )
