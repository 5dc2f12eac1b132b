"""Statistical peers of every unit in every area, each list with its 50 perturbations.

On the invented country, where every feature of a place has figures.
"""

import time

from bench.figure import Figure
from bench.scale import invented_desk
from smup.compare.frame import Frame
from smup.compare.peers import all_peers


def measure() -> list[Figure]:
    """Seconds for all units and areas, once compiled."""
    desk = invented_desk()
    # Of the indicators only the labels are asked: peers are found by variables.
    frame = Frame(desk.catalogue, desk.territory, desk.variables, desk.variables)
    all_peers(frame)
    start = time.perf_counter()
    found = all_peers(frame)
    seconds = time.perf_counter() - start
    if found is None:
        raise RuntimeError("the catalogue has no rules for peers")
    areas, units, nearest = found.peers.shape
    detail = {"areas": areas, "units": units, "k": nearest}
    return [Figure("peers.seconds", seconds, "s", 30.0, detail=detail)]
