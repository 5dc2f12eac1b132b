"""Names that must not lie on each other: moved apart as little as possible, in their order."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near ``wanted`` as can be, at least ``gap`` apart and within ``low``..``high``.

    Order is kept. Where they do not all fit, they stand closer, evenly.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    # Blocks that touch are merged and stand at the mean of what their members want.
    blocks: list[tuple[float, int]] = []  # (sum of wanted first places, members)
    for i in order:
        blocks.append((wanted[i], 1))
        while len(blocks) > 1 and _end(blocks[-2], gap) > _start(blocks[-1]):
            (total, n), (more, m) = blocks[-2], blocks[-1]
            blocks[-2:] = [(total + more - m * n * gap, n + m)]
    placed: dict[int, float] = {}
    members = iter(order)
    for block in blocks:
        first = _start(block)
        for step in range(block[1]):
            placed[next(members)] = first + step * gap
    return _inside([placed[i] for i in range(len(wanted))], order, gap, low, high)


def _start(block: tuple[float, int]) -> float:
    return block[0] / block[1]


def _end(block: tuple[float, int], gap: float) -> float:
    return _start(block) + block[1] * gap


def _inside(
    places: list[float], order: list[int], gap: float, low: float, high: float
) -> list[float]:
    """Pushed down from the upper edge, then up from the lower one."""
    least = low
    for i in order:
        places[i] = max(places[i], least)
        least = places[i] + gap
    most = high
    for i in reversed(order):
        places[i] = min(places[i], most)
        most = places[i] - gap
    return places
