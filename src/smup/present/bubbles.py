"""Circles on a map whose area is in proportion to a count, and the key that says how large."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LARGEST = 1 / 22  # radius of the largest circle as a share of the width of the map
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Bubbles:
    """``radii`` by unit, in units of the viewBox; ``key`` holds (radius, words) of round values,
    largest first."""

    radii: Mapping[str, float]
    key: tuple[tuple[float, str], ...]


def radius(value: float, greatest: float, width: float) -> float:
    """A quarter of the value is half the radius: the eye compares areas."""
    return LARGEST * width * math.sqrt(value / greatest) if greatest else 0.0


def key_values(greatest: float) -> list[float]:
    """Up to three round values (1, 2 or 5 times a power of ten), each about a fifth of the one
    before; the first is not above ``greatest``."""
    if greatest <= 0:
        return []
    power = 10.0 ** math.floor(math.log10(greatest))
    first = max(m * power for m in _ROUND if m * power <= greatest * (1 + 1e-9))
    found = [first, _rounded_down(first / 5), _rounded_down(first / 25)]
    return [value for value in found if value >= 1 or first < 25]


def drawing_order(radii: Mapping[str, float]) -> Sequence[str]:
    """Largest first, so that no small circle is hidden below a large one."""
    return sorted(radii, key=lambda code: (-radii[code], code))


def _rounded_down(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return max(m * power for m in _ROUND if m * power <= value * (1 + 1e-9))
