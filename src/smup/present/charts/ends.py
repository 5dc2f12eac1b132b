"""Names at the last values of one or two lines, where they cover as little of a line as can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from smup.present.svg import percent, text

_LETTER = 0.014  # of the width of a chart, between a page's and a phone's
_HIGH, _DEEP = 15.0, 5.0  # px that letters take above and below their base line
_ABOVE, _BELOW, _FURTHER = -11.0, 22.0, 14.0  # px from a value to the base line of its name
_STEPS = 4  # places looked at between two values
_ON_NAME = 100  # values that lying on another name counts for

Place = tuple[float, float]  # share of the width, px from above


@dataclass(frozen=True)
class Named:
    """A line by the places of its values."""

    name: str
    ours: bool
    places: tuple[Place, ...]


def names_at_ends(lines: Sequence[Named], top: float, bottom: float) -> list[str]:
    """The names between ``top`` and ``bottom``: of the upper half of lines rather above."""
    order = sorted(lines, key=lambda one: one.places[-1][1])
    drawn: list[str] = []
    taken: list[float] = []
    for at, one in enumerate(order):
        x, y = one.places[-1]
        left = x - _LETTER * len(one.name) if x > 0.3 else x
        above = at < (len(order) + 1) // 2
        base = min(
            _bases(y, above, top, bottom),
            key=lambda base: _covered(base, left, lines) + _ON_NAME * _on_names(base, taken),
        )
        taken.append(base)
        cls = ("c-ours-text" if one.ours else "c-note") + " c-halo"
        anchor = "end" if x > 0.3 else "start"
        drawn.append(text(one.name, percent(x), base, cls, text_anchor=anchor,
                          paint_order="stroke"))  # fmt: skip
    return drawn


def _bases(y: float, above: bool, top: float, bottom: float) -> list[float]:
    """Base lines a name may have, the dearest first: of equals the first is taken."""
    near, far = [y + _ABOVE, y + _BELOW], [y + _ABOVE - _FURTHER, y + _BELOW + _FURTHER]
    if not above:
        near.reverse()
        far.reverse()
    inside = [one for one in (*near, *far) if top - _HIGH <= one <= bottom - _DEEP]
    return inside or [y + _ABOVE]


def _covered(base: float, left: float, lines: Sequence[Named]) -> int:
    """How many of the places looked at lie under a name on ``base`` that begins at ``left``."""
    return sum(
        x >= left and base - _HIGH < y < base + _DEEP
        for one in lines
        for x, y in _along(one.places)
    )


def _along(places: Sequence[Place]) -> list[Place]:
    """The values and places between them."""
    between = [
        (x1 + (x2 - x1) * step / _STEPS, y1 + (y2 - y1) * step / _STEPS)
        for (x1, y1), (x2, y2) in pairwise(places)
        for step in range(1, _STEPS)
    ]
    return [*places, *between]


def _on_names(base: float, taken: Sequence[float]) -> int:
    return sum(abs(base - other) < _HIGH for other in taken)
