"""What the pictures of a question are drawn from."""

from dataclasses import dataclass

import numpy as np

from smup.catalogue import Indicator
from smup.language import Lang
from smup.panel.panel import FIRST_GAP
from smup.present.figure import Address
from smup.store.releases import Release
from smup.telling.feeding import is_fed
from smup.territory import Unit
from smup.web.portal.explorer.asked import Asked
from smup.web.portal.explorer.cube import Cube, cube_of
from smup.web.portal.explorer.question import Question
from smup.web.portal.explorer.selection import Selection, select, years_of

KIND = "analiza"  # of the figures of the explorer, in their addresses


@dataclass(frozen=True)
class Scene:
    """What pictures are drawn from. ``first`` is the indicator of pictures that show one."""

    release: Release
    question: Question
    cube: Cube
    selection: Selection
    lang: Lang

    @property
    def first(self) -> Indicator:
        return self.cube.indicators[0]

    def newest(self, place: int = 0) -> int:
        """Place of the newest year in which an indicator has at least half as many values as in its
        best one."""
        counts = (self.cube.status[place] < FIRST_GAP).sum(axis=1)
        return int(np.flatnonzero(2 * counts >= counts.max())[-1])

    def known(self, place: int = 0) -> int:
        """How many units have a value of an indicator in its newest year."""
        return int((self.cube.status[place, self.newest(place)] < FIRST_GAP).sum())

    @property
    def held_years(self) -> list[int]:
        """Places of the years in which anybody has a value of the first indicator; of one unit, of
        any of its indicators."""
        status = self.cube.status if len(self.cube.units) == 1 else self.cube.status[:1]
        found: list[int] = np.flatnonzero((status < FIRST_GAP).any(axis=(0, 2))).tolist()
        return found

    @property
    def common_year(self) -> int:
        """Place of the year in which most units have values of the first two indicators."""
        both = (self.cube.status[:2] < FIRST_GAP).all(axis=0).sum(axis=1)
        return int(len(both) - 1 - np.argmax(both[::-1]))

    @property
    def marked(self) -> list[Unit]:
        """The units a picture of many names: those listed, and the one others are like or near."""
        one = {self.question.alike, self.question.around}
        own = self.selection.own if len(self.selection.own) < len(self.cube.units) else frozenset()
        return [unit for unit in self.cube.units if unit.code in own or unit.code in one]

    @property
    def over_years(self) -> list[tuple[int, int]]:
        """(indicator, unit) of each line: every unit of one indicator, or every indicator of one
        unit; empty where both are several."""
        if len(self.cube.indicators) == 1:
            return [(0, unit) for unit in range(len(self.cube.units))]
        if len(self.cube.units) == 1:
            return [(place, 0) for place in range(len(self.cube.indicators))]
        return []


def scene_of(asked: Asked) -> Scene:
    """The units and figures of a question; indicators that wait for data are left out."""
    release, question = asked.release, asked.question
    wanted = [release.catalogue.indicators[name] for name in question.indicators]
    held = tuple(one for one in wanted if is_fed(release, one))
    selection = select(release, question)
    years = years_of(release, question, selection.units)
    cube = cube_of(release, held, years, selection.units)
    return Scene(release, question, cube, selection, asked.lang)


def own_address(scene: Scene) -> Address:
    """Where the picture and the figures of the question are had alone."""
    page = scene.question.href(scene.lang)
    return Address(KIND, page.partition("?")[2], page)
