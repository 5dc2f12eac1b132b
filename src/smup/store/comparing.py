"""Comparisons in a release: what they share is worked out once and kept while it serves."""

from functools import lru_cache

from smup.compare import compare_unit
from smup.compare.comparison import Comparison
from smup.compare.frame import Frame
from smup.store.releases import Release
from smup.territory import Level


def compare_in(
    release: Release, unit: str, indicator: str, year: int | None = None, role: Level | None = None
) -> Comparison:
    """``smup.compare.compare_unit`` on the figures of a release."""
    return compare_unit(frame_of(release), unit, indicator, year=year, role=role)


@lru_cache(maxsize=3)
def frame_of(release: Release) -> Frame:
    return Frame.of(release)
