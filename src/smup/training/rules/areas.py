"""Whether an in-person group can run (rule 8)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from smup.training.rules.settings import EditionSettings


@dataclass(frozen=True)
class Application:
    """A unit that asks for in-person training in an area, whether it has a place or waits."""

    unit: str
    area: str
    organiser: str
    stage: int


def applying(
    area: str,
    applications: Iterable[Application],
    settings: EditionSettings,
    *,
    organiser: str,
    stage: int,
) -> frozenset[str]:
    """Units whose applications count towards a group of this organiser in this stage."""
    whole_edition = settings.in_person_window == "edition"
    pooled = settings.pool_in_person_over_organisers
    return frozenset(
        one.unit
        for one in applications
        if one.area == area
        and (whole_edition or one.stage == stage)
        and (pooled or one.organiser == organiser)
    )


def runs(area: str, applying_units: Collection[str], settings: EditionSettings) -> bool:
    """Are there enough different units for a group in the area?"""
    return area in settings.areas and len(set(applying_units)) >= settings.in_person_min_units
