"""Figures of the small country, ready for comparison."""

from collections.abc import Callable

import pytest

from smup.catalogue import Group, Indicator
from smup.compare import Frame
from smup.compute.evaluate import evaluate
from smup.panel import Status
from tests.helpers.country import country, panel_of
from tests.helpers.definitions import a_catalogue

Given = dict[tuple[str, int, str], float | Status]
MakeFrame = Callable[..., Frame]


@pytest.fixture
def frame() -> MakeFrame:
    """``frame(indicators…, given={…}, groups=(…))`` over the variables a, b, w, ludnosc."""

    def make(*indicators: Indicator, given: Given, groups: tuple[Group, ...] = ()) -> Frame:
        territory = country()
        catalogue = a_catalogue(*indicators, groups=groups)
        variables = panel_of(given, ("a", "b", "w", "ludnosc"))
        return Frame(catalogue, territory, evaluate(catalogue, variables, territory), variables)

    return make
