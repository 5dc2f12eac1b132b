"""Stages of recruitment: what makes one sound, whether it is open, whether another is needed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from smup.language.dates import ZONE
from smup.training.rules.queues import Kind, Places, QueueKey
from smup.training.rules.refusal import Fields, Refusal
from smup.training.rules.settings import EditionSettings


@dataclass(frozen=True)
class StageRules:
    """A stage as announced. It is open from ``opens`` until just before ``closes``.

    Times know their zone. ``quarters`` as ``2022-Q1``; ``capacities`` in persons.
    """

    number: int
    announced: datetime | None
    opens: datetime
    closes: datetime
    areas: tuple[str, ...]
    quarters: tuple[str, ...]
    kinds: tuple[Kind, ...]
    only_reserve: bool
    capacities: Places


@dataclass(frozen=True)
class Counts:
    """Units of an edition so far."""

    qualified: int
    reserve: int


def check_open(stage: StageRules | None, now: datetime) -> Refusal | None:
    """May a new form be sent now? ``stage`` is the one meant, None where there is none.

    Places run out, a stage does not: it ends when it was announced to.
    """
    if stage is None:
        return Refusal(3, "no_stage", "stage")
    if now < stage.opens:
        fields: Fields = {"number": stage.number, **_moment(stage.opens)}
        return Refusal(3, "stage_not_yet", "stage", fields)
    if now >= stage.closes:
        fields = {"number": stage.number, **_moment(stage.closes)}
        return Refusal(3, "stage_closed", "stage", fields)
    if stage.only_reserve:
        return Refusal(4, "stage_only_reserve", "stage", {"number": stage.number})
    return None


def further_stage_needed(reached: int, settings: EditionSettings) -> bool:
    """Must there be another stage? Below the target yes; above it there still may be one."""
    return reached < settings.target_units


def may_be_only_reserve(counts: Counts, settings: EditionSettings) -> bool:
    """Do those who have a place and those who wait together exceed the target?"""
    return counts.qualified + counts.reserve > settings.target_units


def check_stage(
    stage: StageRules, previous: StageRules | None, settings: EditionSettings, counts: Counts
) -> tuple[Refusal, ...]:
    """Everything that keeps a stage from being announced; ``counts`` as of now."""
    found = [*_times(stage, settings), *_after(stage, previous), *_offer(stage, settings)]
    if stage.only_reserve and not may_be_only_reserve(counts, settings):
        fields = {"together": counts.qualified + counts.reserve, "target": settings.target_units}
        found.append(Refusal(4, "only_reserve_too_early", "only_reserve", fields))
    return tuple(found)


def _times(stage: StageRules, settings: EditionSettings) -> list[Refusal]:
    found: list[Refusal] = []
    if stage.announced is None or stage.announced > stage.opens:
        found.append(Refusal(3, "opens_before_announcement", "opens"))
    if _wall(stage.closes) - _wall(stage.opens) < timedelta(days=settings.min_stage_days):
        found.append(Refusal(3, "stage_too_short", "closes", {"days": settings.min_stage_days}))
    return found


def _after(stage: StageRules, previous: StageRules | None) -> list[Refusal]:
    found: list[Refusal] = []
    if stage.number != (previous.number + 1 if previous else 1):
        expected: Fields = {"expected": previous.number + 1 if previous else 1}
        found.append(Refusal(3, "stage_number", "number", expected))
    if previous and stage.opens < previous.closes:
        fields = {"number": previous.number, **_moment(previous.closes)}
        found.append(Refusal(3, "stage_overlaps", "opens", fields))
    return found


def _offer(stage: StageRules, settings: EditionSettings) -> list[Refusal]:
    """Quarters, kinds and areas are named, and every one of them has a number of places."""
    named: Mapping[str, Collection[object]] = {
        "quarters": stage.quarters,
        "kinds": stage.kinds,
        "areas": stage.areas,
    }
    found = [Refusal(3, f"no_{name}", name) for name, given in named.items() if not given]
    if not set(stage.areas) <= set(settings.areas):
        found.append(Refusal(7, "areas_unknown", "areas"))
    if set(stage.capacities) != set(queues_of(stage)):
        found.append(Refusal(4, "capacities_incomplete", "capacities"))
    if any(places < 0 for places in stage.capacities.values()):
        found.append(Refusal(4, "capacities_negative", "capacities"))
    return found


def queues_of(stage: StageRules) -> tuple[QueueKey, ...]:
    """The queues a stage of these kinds and areas has."""
    online = (QueueKey(Kind.ONLINE),) if Kind.ONLINE in stage.kinds else ()
    in_person = stage.areas if Kind.IN_PERSON in stage.kinds else ()
    return (*online, *(QueueKey(Kind.IN_PERSON, area) for area in in_person))


def _wall(moment: datetime) -> datetime:
    """The clock on the wall, so that thirty days stay thirty over a change of time."""
    return moment.astimezone(ZONE).replace(tzinfo=None)


def _moment(moment: datetime) -> Fields:
    local = moment.astimezone(ZONE)
    return {"day": local.date(), "hour": f"{local.hour}:{local:%M}"}
