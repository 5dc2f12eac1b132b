"""Stages before they are announced, and the number of their places at any time."""

from dataclasses import dataclass
from datetime import datetime

from smup.accounts.actor import Actor
from smup.training.actions.admitting import availability
from smup.training.actions.advancing import advance, may, note
from smup.training.actions.locking import alone
from smup.training.actions.programme import rules_of
from smup.training.actions.staging import counts
from smup.training.actions.stepping import check_reason
from smup.training.models import Capacity, Edition, Stage
from smup.training.naming import queue_name
from smup.training.rules.queues import Kind, Places, QueueKey
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.stages import StageRules, check_stage
from smup.training.rules.words import Words
from smup.training.rules.workflow import NotPossible


@dataclass(frozen=True)
class StagePlan:
    """What an organiser decides of a stage; its kinds are those that have places."""

    opens: datetime
    closes: datetime
    areas: tuple[str, ...]
    quarters: tuple[str, ...]
    places: Places
    only_reserve: bool = False


def create_stage(edition: Edition, plan: StagePlan, *, actor: Actor, now: datetime) -> Stage:
    """Plan the next stage. Raises Refused with everything that keeps it from being announced."""
    with alone(edition.pk) as locked:
        last = locked.stages.order_by("-number").first()
        number = last.number + 1 if last else 1
        _check(plan, number, last, locked, now)
        stage = Stage(edition=locked, number=number, **_columns(plan))
        advance(stage, "plan", actor=actor, edition=locked.pk, noted=_shown(plan))
        _set_places(stage, plan.places)
        return stage


def change_stage(stage: Stage, plan: StagePlan, *, actor: Actor, now: datetime) -> Stage:
    """Plan it otherwise. Raises Refused, also for a stage that is announced."""
    with alone(stage.edition_id) as locked:
        one: Stage = locked.stages.get(pk=stage.pk)
        try:
            way = may(one, "correct")
        except NotPossible as no:
            raise Refused(Refusal(3, "stage_announced", "stage")) from no
        before = locked.stages.filter(number=one.number - 1).first()
        _check(plan, one.number, before, locked, now)
        was = _shown(plan_of(one))
        for name, value in _columns(plan).items():
            setattr(one, name, value)
        one.save()
        _set_places(one, plan.places)
        note(one, way, actor=actor, edition=locked.pk, before=was, after=_shown(plan))
        return one


def set_capacity(stage: Stage, places: Places, *, why: str, actor: Actor, now: datetime) -> Stage:
    """Change the numbers of places of an announced stage, for the same queues.

    Raises Refused for fewer places than are taken. Whoever waits stays on the reserve list: new
    places are offered by a person.
    """
    with alone(stage.edition_id) as locked:
        one: Stage = locked.stages.get(pk=stage.pk)
        one.edition = locked
        way = may(one, "change_places")
        there = availability(one)
        if dict(there.capacity) == dict(places):
            return one
        check_reason(way, why)
        if refusals := _refused_places(places, there.capacity, there.taken):
            raise Refused(*refusals)
        _set_places(one, places)
        before, after = ({"places": _written(those)} for those in (there.capacity, places))
        note(one, way, actor=actor, edition=locked.pk, before=before, after=after, why=why)
        return one


def plan_of(stage: Stage) -> StagePlan:
    """What was decided of a stage."""
    there = rules_of(stage)
    return StagePlan(
        stage.opens, stage.closes, there.areas, there.quarters, there.capacities, stage.only_reserve
    )


def _check(
    plan: StagePlan, number: int, previous: Stage | None, edition: Edition, now: datetime
) -> None:
    offered = {queue.kind for queue in plan.places}
    stage = StageRules(
        number=number,
        announced=now,  # the earliest that it can be
        opens=plan.opens,
        closes=plan.closes,
        areas=plan.areas,
        quarters=plan.quarters,
        kinds=tuple(kind for kind in Kind if kind in offered),
        only_reserve=plan.only_reserve,
        capacities=plan.places,
    )
    before = rules_of(previous) if previous else None
    if refusals := check_stage(stage, before, edition.rules, counts(edition)):
        raise Refused(*refusals)


def _refused_places(places: Places, before: Places, taken: Places) -> list[Refusal]:
    if set(places) != set(before):
        return [Refusal(4, "capacities_incomplete", "capacities")]
    return [
        Refusal(
            4,
            "capacity_below_taken",
            f"capacities.{queue}",
            {"queue": _queue_words(queue), "taken": taken.get(queue, 0)},
        )
        for queue, persons in places.items()
        if persons < taken.get(queue, 0)
    ]


def _queue_words(queue: QueueKey) -> Words:
    return Words(pl=queue_name(queue, "pl"), en=queue_name(queue, "en"))


def _columns(plan: StagePlan) -> dict[str, object]:
    return {
        "opens": plan.opens,
        "closes": plan.closes,
        "areas": list(plan.areas),
        "quarters": list(plan.quarters),
        "only_reserve": plan.only_reserve,
    }


def _set_places(stage: Stage, places: Places) -> None:
    stage.capacities.all().delete()
    Capacity.objects.bulk_create(
        Capacity(stage=stage, kind=queue.kind, area=queue.area or "", persons=persons)
        for queue, persons in sorted(places.items(), key=str)
    )


def _shown(plan: StagePlan) -> dict[str, object]:
    return _columns(plan) | {"places": _written(plan.places)}


def _written(places: Places) -> dict[str, int]:
    return {str(queue): persons for queue, persons in sorted(places.items(), key=str)}
