"""Stages as the rules know them, and which one a form that comes now is for."""

from datetime import datetime

from smup.training.models import Edition, Stage
from smup.training.rules.queues import Kind, QueueKey
from smup.training.rules.stages import StageRules


def rules_of(stage: Stage) -> StageRules:
    """The stage as announced, with its places."""
    rows = list(stage.capacities.values_list("kind", "area", "persons"))
    kinds = {kind for kind, _, _ in rows}
    return StageRules(
        number=stage.number,
        announced=stage.announced_at,
        opens=stage.opens,
        closes=stage.closes,
        areas=tuple(stage.areas),
        quarters=tuple(stage.quarters),
        kinds=tuple(kind for kind in Kind if kind in kinds),
        only_reserve=stage.only_reserve,
        capacities={QueueKey(Kind(kind), area or None): persons for kind, area, persons in rows},
    )


def meant(edition: Edition, now: datetime) -> Stage | None:
    """The announced stage a form that came at ``now`` is for: the open one, else the next, else the
    last that was; None where none was ever announced."""
    announced = edition.stages.filter(announced_at__lte=now)
    coming: Stage | None = announced.filter(closes__gt=now).order_by("opens").first()
    last: Stage | None = None if coming else announced.order_by("-closes").first()
    return coming or last


def arrive(edition: Edition, now: datetime) -> tuple[int, datetime]:
    """The next arrival number and the time that goes with it, given under the lock.

    Along the numbers time never runs back, also where a form that came a moment earlier got the
    lock a moment later.
    """
    given = edition.registrations.order_by("-number").values_list("number", "arrived_at").first()
    return (1, now) if given is None else (given[0] + 1, max(now, given[1]))
