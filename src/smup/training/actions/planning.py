"""What makes a good plan of a training (rules 7, 8 and 13)."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from smup.accounts.models import Organisation, Person
from smup.training.actions.short_areas import applications
from smup.training.models import Stage, Training
from smup.training.rules.areas import applying, runs
from smup.training.rules.queues import Kind
from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import Course, EditionSettings
from smup.training.rules.typed import check_text

Days = tuple[tuple[datetime, datetime], ...]  # beginning and end of each

_QUARTER = re.compile(r"20\d\d-Q[1-4]")
_LENGTHS = {"title": 200, "place": 300, "link": 200}


@dataclass(frozen=True)
class Plan:
    """A training as an organiser plans it."""

    organiser: Organisation
    kind: Kind
    area: str
    quarter: str
    title: str
    capacity: int
    days: Days = ()
    place: str = ""
    link: str = ""
    trainer: Person | None = None
    listener_places: int = 0


def check_plan(
    plan: Plan, settings: EditionSettings, before: Plan | None = None, enrolled: int = 0
) -> tuple[Refusal, ...]:
    """What is wrong with a plan, which need not be complete before it is announced.

    ``before`` is the plan it takes the place of, with so many people ``enrolled``.
    """
    found = [
        check_text(plan.title, "title", _LENGTHS["title"], "training_title_missing"),
        check_text(plan.place, "place", _LENGTHS["place"]),
        check_text(plan.link, "link", _LENGTHS["link"]),
    ]
    if plan.area not in settings.areas:
        found.append(Refusal(7, "training_area", "area"))
    if not _QUARTER.fullmatch(plan.quarter):
        found.append(Refusal(13, "training_quarter", "quarter"))
    if plan.capacity < 1:
        found.append(Refusal(13, "training_no_places", "capacity"))
    elif plan.capacity < enrolled:
        found.append(Refusal(13, "training_capacity", "capacity", {"enrolled": enrolled}))
    if before and enrolled and (plan.kind, plan.area) != (before.kind, before.area):
        found.append(Refusal(13, "training_has_people", "area"))
    ends = [moment for day in plan.days for moment in day]
    if any(one >= next_ for one, next_ in pairwise(ends)):
        found.append(Refusal(13, "training_days_wrong", "days"))
    return tuple(one for one in found if one is not None)


def check_complete(training: Training, now: datetime, known: Days = ()) -> tuple[Refusal, ...]:
    """What an announced training lacks; of the days only those already ``known`` may have been."""
    found = []
    settings, days = training.edition.rules, list(training.meetings.all())
    needed = days_of(course_of(training.kind, settings))
    if len(days) != needed:
        fields = {"needed": needed, "given": len(days)}
        found.append(Refusal(13, "training_days", "days", fields))
    if any(one.starts <= now and (one.starts, one.ends) not in known for one in days):
        found.append(Refusal(13, "training_days_past", "days"))
    where = training.place if training.kind == Kind.IN_PERSON else training.link
    if not where:
        found.append(Refusal(13, "training_no_place", "place"))
    if training.kind == Kind.IN_PERSON and (few := _too_few(training)):
        found.append(few)
    return tuple(found)


def course_of(kind: str, settings: EditionSettings) -> Course:
    courses = settings.courses
    return courses.in_person if kind == Kind.IN_PERSON else courses.online


def days_of(course: Course) -> int:
    return course.meetings * course.days


def _too_few(training: Training) -> Refusal | None:
    """Applications that count, in the stage of the quarter where most units applied (rule 8)."""
    settings, organiser = training.edition.rules, training.organiser_id
    stages = [one for one in training.edition.stages.all() if _is_for(one, training)]
    counts = [
        applying(training.area, applications(one), settings, organiser=organiser, stage=one.number)
        for one in stages
    ]
    most = max(counts, key=len, default=frozenset[str]())
    if runs(training.area, most, settings):
        return None
    fields = {"applied": len(most), "needed": settings.in_person_min_units}
    return Refusal(8, "area_too_few", "area", fields)


def _is_for(stage: Stage, training: Training) -> bool:
    return training.quarter in stage.quarters and training.area in stage.areas
