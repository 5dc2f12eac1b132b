"""The two long stages of a build, evaluating and ranking, in blocks of indicators.

Indicators are independent of one another, so who computes a block, and in which order blocks come
back, changes no byte. Results go block by block into files and are read mapped: what is held in
memory does not grow with the number of indicators.
"""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue
from smup.compare.frame import Frame
from smup.compare.kernels import Ranked
from smup.compare.positions import Positions, Ranker
from smup.compare.variation import Variation, Varied, Varier
from smup.compute.evaluate import Evaluation, Evaluator
from smup.panel import Panel
from smup.store.draft import Progress
from smup.store.record import PARTS, MappedPanel, mapped
from smup.territory import Level, Territory

BLOCK = 40  # indicators; at 16 years and 2,900 units a block of results takes some 50 MB
THREADS = 2
ROLES = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)
EVALUATING, RANKING = "obliczanie wskaźników", "porównywanie jednostek"

Task = Literal["evaluate", "rank"]
Block = tuple[int, int]  # the first item and the one after the last
Arrays = Mapping[str, NDArray[Any]]  # by the name of their file; the first axis is the item
Results = Iterator[tuple[Block, Arrays]]


@dataclass(frozen=True)
class Desk:
    """All that a block of either task is computed from.

    ``indicators`` is None before they are evaluated. Panels may be mapped files.
    """

    catalogue: Catalogue
    territory: Territory
    variables: Panel
    indicators: Panel | None = None

    @cached_property
    def evaluator(self) -> Evaluator:
        return Evaluator(self.catalogue, self.variables, self.territory)

    @cached_property
    def rankers(self) -> Mapping[Level, Ranker]:
        return {role: Ranker(self._frame, role) for role in ROLES}

    @cached_property
    def variers(self) -> Mapping[Level, Varier]:
        return {role: Varier(self._frame, role) for role in ROLES}

    @cached_property
    def _frame(self) -> Frame:
        """Raises ValueError before the indicators are evaluated."""
        if self.indicators is None:
            raise ValueError("nothing to rank before the indicators are evaluated")
        return Frame(self.catalogue, self.territory, self.indicators, self.variables)

    def do(self, task: Task, block: Block, threads: int) -> Arrays:
        """The results of a block."""
        found = self._evaluate(block, threads) if task == "evaluate" else self._rank(block, threads)
        for panel in (self.variables, self.indicators):
            if panel is not None:
                _let_go(panel)
        return found

    def _evaluate(self, block: Block, threads: int) -> Arrays:
        found = self.evaluator.evaluate(self.evaluator.items[slice(*block)], threads)
        cells = {part: getattr(found.panel, part) for part in PARTS}
        return cells | {"coverage": found.coverage}

    def _rank(self, block: Block, threads: int) -> Arrays:
        found = {}
        for role in ROLES:
            ranked = self.rankers[role].rank(*block, threads)._asdict()
            varied = self.variers[role].vary(*block, threads)._asdict()
            found.update({_file(role, name): array for name, array in (ranked | varied).items()})
        return found


class Crew(Protocol):
    """Who computes blocks: this process, or a cluster."""

    def each(
        self, desk: Desk, task: Task, blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, Arrays]]:
        """The results of every block once, in any order."""
        ...


class Here:
    """Block after block on the threads of this process."""

    def each(
        self, desk: Desk, task: Task, blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, Arrays]]:
        for block in blocks:
            yield block, desk.do(task, block, THREADS)


def evaluate_blocks(desk: Desk, crew: Crew, folder: Path, progress: Progress) -> Evaluation:
    """All indicators that can be computed; the cubes lie in ``folder``."""
    items = desk.evaluator.items
    found = _gather(desk, crew, "evaluate", len(items), folder, progress, EVALUATING)
    years, units = desk.variables.years, desk.variables.units
    if not items:
        return desk.evaluator.evaluate(())
    panel = MappedPanel(items, years, units, *(found[part] for part in PARTS))
    return Evaluation(panel, found["coverage"])


@dataclass(frozen=True)
class Standing:
    """What is known of the units of one role beside each other."""

    positions: Positions
    variation: Variation


def rank_blocks(desk: Desk, crew: Crew, folder: Path, progress: Progress) -> dict[Level, Standing]:
    """The standing in all indicators of the desk in every role; the arrays lie in ``folder``."""
    count = len(desk.indicators.items) if desk.indicators else 0
    found = _gather(desk, crew, "rank", count, folder, progress, RANKING)
    found = found or desk.do("rank", (0, 0), threads=1)
    made = {}
    for role in ROLES:
        ranked = Ranked(*(found[_file(role, name)] for name in Ranked._fields))
        varied = Varied(*(found[_file(role, name)] for name in Varied._fields))
        made[role] = Standing(
            desk.rankers[role].positions(ranked), desk.variers[role].variation(varied)
        )
    return made


def _file(role: Level, name: str) -> str:
    return f"{role.value}.{name}"


def _gather(
    desk: Desk,
    crew: Crew,
    task: Task,
    count: int,
    folder: Path,
    progress: Progress,
    stage: str,
) -> Arrays:
    """The results of all ``count`` items as mapped arrays by name; none without items."""
    blocks = [(first, min(first + BLOCK, count)) for first in range(0, count, BLOCK)]
    names: set[str] = set()
    progress(stage, 0, len(blocks))
    for done, (block, arrays) in enumerate(crew.each(desk, task, blocks), 1):
        for name, array in arrays.items():
            _put(folder / f"{name}.npy", array, block[0], count)
        names |= arrays.keys()
        progress(stage, done, len(blocks))
    return {name: mapped(folder / f"{name}.npy") for name in names}


def _put(path: Path, array: NDArray[Any], first: int, count: int) -> None:
    """Write a block into its place in the file of all ``count`` items.

    With plain writes: pages written through a mapping would count as memory of this process.
    """
    content = np.ascontiguousarray(array)
    with path.open("r+b" if path.exists() else "w+b") as file:
        header = np.lib.format.header_data_from_array_1_0(content)
        header["shape"] = (count, *content.shape[1:])
        np.lib.format.write_array_header_1_0(file, header)
        file.seek(first * content[:1].nbytes, 1)
        file.write(content.reshape(-1).view(np.uint8).data)


def _let_go(panel: Panel) -> None:
    """Tell the system that the pages of mapped cubes need not stay in memory of this process."""
    for part in PARTS:
        under: Any = getattr(panel, part)
        while isinstance(under, np.ndarray):
            under = under.base
        if isinstance(under, mmap.mmap):
            under.madvise(mmap.MADV_DONTNEED)
