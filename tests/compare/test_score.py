"""What counts as better."""

import numpy as np
import pytest

from smup.compare.score import best_first, distance_to_target
from tests.helpers.definitions import TEXT, an_indicator


def with_target(at: str, value: float) -> dict[str, object]:
    return {"better": "target", "target": {"at": at, "value": value, "basis": TEXT}}


def test_direction() -> None:
    assert [
        best_first(an_indicator("x", "a", better=b)) for b in ("higher", "lower", "neither")
    ] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("at", "distances"),
    [
        ("exactly", [0.5, 0.0, 1.5]),
        ("at_least", [0.5, 0.0, 0.0]),
        ("at_most", [0.0, 0.0, 1.5]),
    ],
)
def test_distance_to_the_wrong_side_of_the_target(at: str, distances: list[float]) -> None:
    indicator = an_indicator("x", "a", **with_target(at, 3.0))
    found, decimals = distance_to_target(np.array([2.5, 3.0, 4.5, np.nan]), indicator)
    assert found[:3].tolist() == distances
    assert np.isnan(found[3])
    assert decimals == 1


def test_a_finer_target_makes_no_ties() -> None:
    indicator = an_indicator("x", "a", **with_target("exactly", 2.75), decimals=0)
    found, decimals = distance_to_target(np.array([2.0, 3.0]), indicator)
    assert (found.tolist(), decimals) == ([0.75, 0.25], 2)


def test_a_target_is_needed() -> None:
    with pytest.raises(ValueError, match="no target"):
        distance_to_target(np.zeros(1), an_indicator("x", "a"))
