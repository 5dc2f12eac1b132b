"""The efficiency frontier of one service for one unit: whom it is drawn by, and what it says.

Compared are units of the same default group, so of the same kind: at most the 300 nearest in
population (by its ratio), that exist in the year, know every input and output and spend something
to some effect. ``smup.compare.dea`` holds the method.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Factor, FrontierModel
from smup.compare.dea import Bounds, Matrix, Point, bounds, locate, scores
from smup.compare.frame import Frame
from smup.compare.groups import populations
from smup.compare.kernels import ENOUGH_PERCENT
from smup.compute.cells import Cells, Source, evaluate_cells
from smup.compute.formula import parse, substitute
from smup.compute.formulas import derived_of
from smup.panel import Status
from smup.territory import GMINA_KINDS, Unit

FEWEST = 30  # units; with fewer most of them stand on the frontier by themselves
MOST = 300  # units nearest in population

Why = Literal["no_model", "kind", "no_year", "few_units", "not_existing", "missing", "no_service",
              "no_population"]  # fmt: skip
Places = NDArray[np.intp]

_SENTENCES: dict[Why, str] = {
    "no_model": "Dla tej usługi nie ma modelu granicy efektywności (catalogue/frontier.yaml).",
    "kind": "Model granicy efektywności tej usługi nie obejmuje jednostek tego rodzaju.",
    "no_year": "W żadnym roku nakłady i efekty nie są znane dla wystarczającej części jednostek.",
    "few_units": f"Granicę wyznaczałoby mniej niż {FEWEST} jednostek; to za mało.",
    "not_existing": "Jednostka nie istniała w którymś z lat, których dotyczą dane.",
    "missing": "Brakuje danych tej jednostki o nakładach albo o efektach.",
    "no_service": "Jednostka nie ma w tym roku nakładów na tę usługę albo nie ma żadnych efektów.",
    "no_population": "Nie jest znana liczba ludności jednostki, więc nie ma do kogo mierzyć.",
}


class FrontierRefused(ValueError):
    """No frontier for this unit and service; ``why`` names the reason, the text says it."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(_SENTENCES[why])


@dataclass(frozen=True)
class Amount:
    """An input or output of the unit: what it has, and what its mix of peers has.

    ``target`` is the mix's amount: of an input what would be enough, of an output at least as much.
    """

    factor: Factor
    value: float
    target: float

    def to_dict(self) -> dict[str, object]:
        return {
            "name": self.factor.name.model_dump(),
            "unit": self.factor.unit,
            "value": self.value,
            "target": self.target,
        }


@dataclass(frozen=True)
class Frontier:
    """What the frontier says of one unit. ``score`` 0-1: the share of its inputs with which a mix
    of its ``peers`` (unit, weight) achieves at least as much; 1 on the frontier.

    ``without_strongest`` is the score when the peer with the largest weight is left out;
    None on the frontier. ``bounds`` is None where all units stand on the frontier.
    """

    unit: str
    service: str
    year: int
    units: tuple[str, ...]
    on_frontier: int
    inputs: tuple[Amount, ...]
    outputs: tuple[Amount, ...]
    point: Point = field(repr=False)
    bounds: Bounds | None
    peers: tuple[tuple[str, float], ...]
    without_strongest: float | None

    @property
    def score(self) -> float:
        return self.point.score

    @property
    def alone(self) -> bool:
        """On the frontier with nobody but itself to show for it: efficient by default."""
        return [code for code, _ in self.peers] == [self.unit]

    def to_dict(self) -> dict[str, object]:
        """The shape of ``smup frontier --json``."""
        return {
            "unit": self.unit,
            "service": self.service,
            "year": self.year,
            "score": self.score,
            "scale": self.point.scale,
            "returns": self.point.returns,
            "interval": None
            if self.bounds is None
            else {
                "low": self.bounds.low,
                "high": self.bounds.high,
                "corrected": self.bounds.corrected,
            },
            "n": len(self.units),
            "on_frontier": self.on_frontier,
            "peers": [{"unit": code, "weight": weight} for code, weight in self.peers],
            "without_strongest": self.without_strongest,
            "inputs": [amount.to_dict() for amount in self.inputs],
            "outputs": [amount.to_dict() for amount in self.outputs],
        }


def frontier_of(frame: Frame, unit: str, service: str, year: int | None = None) -> Frontier:
    """The unit (code) on the frontier of the service.

    ``year`` is by default the newest in which 70 % of the units of its group, and at least 30, know
    all inputs and outputs. Raises FrontierRefused where there is nothing to say, KeyError for an
    unknown unit.
    """
    own = frame.territory.units[unit]
    model = frame.catalogue.frontier.get(service)
    if model is None:
        raise FrontierRefused("no_model")
    if not concerns(model, own):
        raise FrontierRefused("kind")
    figures = _Figures.of(frame, model, own)
    year = figures.newest() if year is None else year
    if year is None or year not in frame.variables.year_index:
        raise FrontierRefused("no_year")
    chosen = figures.compared(unit, year, populations(frame.variables))
    return _told(figures, model, unit, year, chosen)


def concerns(model: FrontierModel, unit: Unit) -> bool:
    """Is the unit of a kind the model is made for?"""
    return ("gmina" if unit.kind in GMINA_KINDS else unit.kind.value) in model.kinds


@dataclass(frozen=True)
class _Figures:
    """Inputs and outputs of the units of one group, by code: ``cells`` [factor][year, unit]."""

    codes: tuple[str, ...]
    years: tuple[int, ...]
    cells: tuple[Cells, ...]
    inputs: int

    @classmethod
    def of(cls, frame: Frame, model: FrontierModel, unit: Unit) -> "_Figures":
        panel, group = frame.variables, frame.groups.get(unit.code)
        alike = (code for code, its in frame.groups.items() if its == group)
        codes = tuple(sorted(code for code in alike if code in panel.unit_index))
        columns = [panel.unit_index[code] for code in codes]
        derived, source = derived_of(frame.catalogue), Source(panel)
        cells = []
        for factor in (*model.inputs, *model.outputs):
            node = substitute(parse(factor.formula), derived)
            whole = evaluate_cells(node, source, panel.values.shape[1:])
            cells.append(
                Cells(whole.values[:, columns], whole.reason[:, columns], whole.flags[:, columns])
            )
        return cls(codes, panel.years, tuple(cells), len(model.inputs))

    def amounts(self, year: int) -> Matrix:
        """[unit, factor], NaN where not known."""
        at = self.years.index(year)
        return np.stack([cells.values[at] for cells in self.cells], axis=1)

    def existing(self, year: int) -> NDArray[np.bool_]:
        at = self.years.index(year)
        reasons = np.stack([cells.reason[at] for cells in self.cells])
        there: NDArray[np.bool_] = ~np.any(reasons == Status.NOT_EXISTING, axis=0)
        return there

    def newest(self) -> int | None:
        for year in reversed(self.years):
            known = int(np.all(np.isfinite(self.amounts(year)), axis=1).sum())
            if known >= FEWEST and 100 * known >= ENOUGH_PERCENT * self.existing(year).sum():
                return year
        return None

    def compared(self, unit: str, year: int, people: Mapping[str, float]) -> Places:
        """Places of the units that draw the frontier, the unit among them, by code."""
        amounts = self.amounts(year)
        own = self.codes.index(unit) if unit in self.codes else -1
        if own < 0 or not self.existing(year)[own]:
            raise FrontierRefused("not_existing")
        active = np.all(amounts[:, : self.inputs] > 0, axis=1)
        active &= np.all(amounts[:, self.inputs :] >= 0, axis=1)
        active &= np.any(amounts[:, self.inputs :] > 0, axis=1)
        if not np.all(np.isfinite(amounts[own])):
            raise FrontierRefused("missing")
        if not active[own]:
            raise FrontierRefused("no_service")
        places = np.flatnonzero(active)
        if len(places) > MOST:
            places = self._nearest(places, unit, people)
        if len(places) < FEWEST:
            raise FrontierRefused("few_units")
        return places

    def _nearest(self, places: Places, unit: str, people: Mapping[str, float]) -> Places:
        if people.get(unit, 0) <= 0:
            raise FrontierRefused("no_population")
        away = {
            at: abs(math.log(people[self.codes[at]] / people[unit]))
            for at in places.tolist()
            if people.get(self.codes[at], 0) > 0
        }
        nearest = sorted(away, key=lambda at: (away[at], self.codes[at]))[:MOST]
        return np.array(sorted(nearest), np.intp)


def _told(
    figures: _Figures, model: FrontierModel, unit: str, year: int, places: Places
) -> Frontier:
    amounts = figures.amounts(year)[places]
    codes = tuple(figures.codes[at] for at in places.tolist())
    own, outputs = codes.index(unit), amounts[:, figures.inputs :]
    x, y = amounts[:, : figures.inputs], outputs[:, outputs.any(axis=0)]
    point, found = locate(x, y, own), scores(x, y)
    mix = point.weights @ amounts
    told = [
        Amount(factor, value, target)
        for factor, value, target in zip(
            (*model.inputs, *model.outputs), amounts[own].tolist(), mix.tolist(), strict=True
        )
    ]
    strongest = int(np.argmax(point.weights))
    peers = [(codes[at], float(point.weights[at])) for at in np.flatnonzero(point.weights).tolist()]
    return Frontier(
        unit,
        model.id,
        year,
        codes,
        int((found == 1).sum()),
        tuple(told[: figures.inputs]),
        tuple(told[figures.inputs :]),
        point,
        bounds(x, y, found, own),
        tuple(sorted(peers, key=lambda pair: (-pair[1], pair[0]))),
        None if strongest == own else _without(x, y, own, strongest),
    )


def _without(x: Matrix, y: Matrix, own: int, left_out: int) -> float:
    kept = np.arange(len(x)) != left_out
    left = y[kept]
    return locate(x[kept], left[:, left.any(axis=0)], own - (left_out < own)).score
