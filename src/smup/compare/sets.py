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
    frame, unit, role = question.frame, question.unit, question.role
    codes = frame.units(role)
    strata = frame.strata(question.indicator, role)
    own = strata[question.place] or ""
    alike = np.array([stratum == own for stratum in strata], bool)
    itself = np.arange(len(codes)) == question.place
    near = frozenset(frame.territory.neighbours.get((unit.code, role), ()))
    masks: dict[ComparatorId, Mask] = {
        "neighbours": np.array([code in near for code in codes]),
        "kraj": np.ones(len(codes), bool),
    }
    if group := frame.groups.get(unit.code):
        masks["group"] = np.array([frame.groups.get(code) == group for code in codes])
    units = [frame.territory.units[code] for code in codes]
    if unit.kind in GMINA_KINDS:
        masks["powiat"] = np.array([u.powiat == unit.powiat for u in units])
    if role in (Level.GMINA, Level.POWIAT):
        masks["wojewodztwo"] = np.array([u.wojewodztwo == unit.wojewodztwo for u in units])
    placed = {name: mask | itself if name == "neighbours" else mask for name, mask in masks.items()}
    return tuple(
        UnitSet(name, masks[name] & alike, placed[name] & alike) for name in ORDER if name in masks
    )
