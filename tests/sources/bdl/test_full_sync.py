"""The first sync of a whole country against the limits of the service, on a clock that runs ahead.

300 variables of gminas, 15 years, 4,198 units as BDL lists them.
"""

import time
from typing import Any

import pytest

from tests.contract.bdl_world import WHOLE, World
from tests.sources.bdl.conftest import Opening
from tests.sources.bdl.desk import Office
from tests.sources.bdl.expected import expected, landed
from tests.sources.bdl.many import LIMITS, SHAPES, SUBJECTS, YEARS, catalogue, subjects


@pytest.mark.nightly
@pytest.mark.parametrize("access", LIMITS)
def test_first_sync_of_300_variables(
    office: Opening, access: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = subjects(300, SUBJECTS)
    here = office(
        variables=catalogue(told),
        key="klucz" if access == "registered" else None,
        subjects=told,
        years=YEARS,
        within=(),
        shapes=SHAPES,
        limits=LIMITS[access],
    )
    start, clock = here.clock.now(), time.perf_counter()
    outcome = here.run()
    seconds = time.perf_counter() - clock
    fewest = 300 * -(-WHOLE // 100)
    days = (here.clock.now() - start).total_seconds() / 86_400
    with capsys.disabled():
        print(
            f"\n{access}: {outcome.asked} requests ({outcome.asked / fewest:.3f} of the fewest), "
            f"{days:.2f} days, {seconds:.0f} s here"
        )
    assert outcome.unfinished == ""
    assert outcome.asked <= 1.05 * fewest
    assert here.serving.read("refused") == 0
    assert max(here.serving.asked().values()) == 1
    _figures_are_right(here, told)


def _figures_are_right(here: Office, told: list[dict[str, Any]]) -> None:
    """Of five variables that are accepted now, one of each shape."""
    chosen = tuple(here.variables)[-SHAPES:]
    here.variables = chosen
    here.accept()
    outcome = here.run()
    # the sync took more than a day: the attributes and the oldest subjects are looked at again
    assert outcome.asked <= 1 + SHAPES
    assert len(outcome.tables) == SHAPES
    world = World(told, YEARS)
    for one in chosen:
        right = expected(world, int(one.id[1:]) % SHAPES, (6,), YEARS)
        assert landed(here.table(one.id)) == right
