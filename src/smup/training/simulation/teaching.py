"""Trainings of a stage replayed: groups, declarations, attendance, tests, certificates."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial

from smup.accounts.models import Organisation
from smup.training.actions import (
    attending,
    certifying,
    closing,
    declaring,
    enrolling,
    replacing,
    scheduling,
    surveying,
    testing,
)
from smup.training.models import Enrolment, Meeting, Participant, Stage, Training
from smup.training.naming import area_name, kind_name
from smup.training.papers.questions import survey, test
from smup.training.rules.kinds import Kind
from smup.training.rules.refusal import Refused
from smup.training.simulation.drawing import person
from smup.training.simulation.play import Act, Play, quarter, stage_of, unit
from smup.training.simulation.timeline import HOLDING

_GROUP = {Kind.ONLINE: 25, Kind.IN_PERSON: 16}  # places
_ROOM_TO_SPARE = 1.15  # of places, for people of units that qualify late
_MEETINGS_APART = 7  # days
_NOT_DECLARED, _REPLACED, _ABSENT, _ANSWERS = 0.02, 0.02, 0.05, 0.5


def prepare(play: Play, act: Act) -> None:
    """Put the trainings of a stage on the clock."""
    clock = play.clock
    clock.at(act.moment(act.planned), partial(_plan, play, act))
    clock.at(act.moment(act.enrolled), partial(_enrol, play, act))
    clock.at(act.moment(act.enrolled, 12), partial(_announce, play, act))
    clock.at(act.moment(act.declared, 8), partial(_replace, play, act))
    clock.at(act.moment(act.declared, 12), partial(_declare, play, act))
    clock.at(act.moment(act.certified), partial(_finish, play, act))


def _plan(play: Play, act: Act, now: datetime) -> None:
    """Groups for everybody who has a place, and somewhat more."""
    stage = stage_of(play.edition, act)
    wanted: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in _people(stage):
        wanted[one.kind, one.area, one.registration.organiser_id] += 1
    pooled: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (kind, area, organiser), persons in wanted.items():
        pooled[kind, area][organiser] = persons
    for (kind, area), by_organiser in sorted(pooled.items()):
        _plan_groups(play, act, Kind(kind), area, by_organiser, now)


def _plan_groups(
    play: Play, act: Act, kind: Kind, area: str, persons: dict[str, int], now: datetime
) -> None:
    """The organiser with most of the people holds the groups of an area."""

    organiser = Organisation.objects.get(pk=max(sorted(persons), key=lambda one: persons[one]))
    needed = int(sum(persons.values()) * _ROOM_TO_SPARE) + 1
    for n in range(-(-needed // _GROUP[kind])):
        days = _days(play, act, kind, n)
        words = f"{kind_name(kind, 'pl')}: {area_name(area, 'pl')}"
        plan = scheduling.Plan(
            organiser=organiser,
            kind=kind,
            area=area,
            quarter=quarter(days[0][0]),
            title=f"SMUP {words}, grupa {act.number}.{n + 1}",
            capacity=_GROUP[kind],
            days=days,
            place="Warszawa, ul. Zmyślona 1" if kind is Kind.IN_PERSON else "",
            link="" if kind is Kind.IN_PERSON else "https://spotkanie.example.org/smup",
        )
        scheduling.create(play.edition, plan, actor=play.staff, now=now)


def _days(play: Play, act: Act, kind: Kind, n: int) -> tuple[tuple[datetime, datetime], ...]:
    courses = play.edition.rules.courses
    course = courses.in_person if kind is Kind.IN_PERSON else courses.online
    hours = (course.hours or 6) / course.meetings / course.days
    found = []
    for meeting in range(course.meetings):
        for day in range(course.days):
            on = act.trained + meeting * _MEETINGS_APART + day + n % 3
            starts = act.moment(on, 9 + n // 3 % 3)
            found.append((starts, starts + timedelta(hours=hours)))
    return tuple(found)


def _people(stage: Stage, *statuses: str) -> list[Participant]:
    """Those of the stage with a place, in the order of arrival; not those who wait for a group."""
    found = Participant.objects.filter(
        registration__stage=stage, registration__status__in=statuses or HOLDING, state="active"
    ).exclude(registration__area_answer="wait")
    related = "registration__edition", "registration__organiser"
    return list(found.select_related(*related).order_by("registration__number", "order"))


def _enrol(play: Play, act: Act, now: datetime) -> None:
    """Everybody whose agreement was accepted into the first group with a free seat."""
    groups: dict[tuple[str, str], list[Training]] = defaultdict(list)
    for training in _trainings(play, act, "planned"):
        groups[training.kind, training.area].append(training)
    for one in _people(stage_of(play.edition, act), "in_training"):
        for training in groups[one.kind, one.area]:
            if training.enrolments.filter(state="enrolled").count() < training.capacity:
                enrolling.enrol(one, training, actor=play.staff, now=now)
                break


def _announce(play: Play, act: Act, now: datetime) -> None:
    """Invite to the groups that have people; the others are not needed."""
    for training in _trainings(play, act, "planned"):
        if training.enrolments.exists():
            scheduling.announce(training, actor=play.staff, now=now)
            for meeting in training.meetings.all():
                ends = meeting.ends + timedelta(minutes=30)
                play.clock.at(ends, partial(_attend, play, training.pk, meeting.pk))
        else:
            why = "Nie ma zapisanych osób."
            scheduling.cancel(training, why=why, actor=play.staff, now=now)


def _replace(play: Play, act: Act, now: datetime) -> None:
    for one in _people(stage_of(play.edition, act), "in_training"):
        if play.happens(_REPLACED):
            other = person(play.chance, Kind(one.kind), one.area)
            surname = f"{other.surname}-Nowa"
            by = unit(one.registration)
            replacing.replace(one, other.name, surname, actor=by, now=now)


def _declare(play: Play, act: Act, now: datetime) -> None:
    """All declarations of nearly everybody, and the people's own e-mails."""
    kinds = [one.id for one in play.edition.rules.documents.declarations]
    for one in _people(stage_of(play.edition, act), "in_training"):
        given = kinds[:-1] if play.happens(_NOT_DECLARED) else kinds
        email = f"uczestnik{one.pk}@example.org"
        for kind in given:
            declaring.deliver(one, kind, None, email=email, actor=play.staff, now=now)


def _attend(play: Play, training: int, meeting: int, now: datetime) -> None:
    """Note who was there on a day, and let some take the test before."""
    day = Meeting.objects.get(pk=meeting)
    first = day == day.training.meetings.first()
    for one in _enrolled(training):
        if first and play.happens(_ANSWERS):
            _test(play, one, "pre", day.starts)
        present = not play.happens(_ABSENT) and attending.why_not(one) is None
        attending.note(one, day, present, actor=play.staff, now=now)


def _finish(play: Play, act: Act, now: datetime) -> None:
    """End the trainings: tests, surveys, certificates for all who earned one, accounts."""
    for training in _trainings(play, act, "announced"):
        closing.finish(training, actor=play.staff, now=now)
        for one in _enrolled(training.pk):
            if play.happens(_ANSWERS):
                _test(play, one, "post", now)
                _fill_survey(play, one, now)
            try:
                certifying.issue(one, actor=play.staff, now=now)
            except Refused:
                continue  # too few days, or no declarations
        closing.close(training, actor=play.staff, now=now)


def _test(play: Play, one: Enrolment, moment: testing.Moment, now: datetime) -> None:
    answers = {each.id: play.chance.randint(1, len(each.answers)) for each in test().questions}
    testing.give(one, moment, answers, actor=unit(one.participant.registration), now=now)


def _fill_survey(play: Play, one: Enrolment, now: datetime) -> None:
    asked = survey()
    marks: dict[str, int | str] = {
        each.id: play.chance.randint(2, asked.marks) for each in asked.questions
    }
    surveying.give(one, marks, actor=unit(one.participant.registration), now=now)


def _enrolled(training: int) -> list[Enrolment]:
    rows = Enrolment.objects.filter(training=training, state="enrolled").order_by("pk")
    return list(rows.select_related("training__edition", "participant__registration__edition"))


def _trainings(play: Play, act: Act, state: str) -> list[Training]:
    """Those of this stage: trainings of a stage are over before the next one has any."""
    return list(play.edition.trainings.filter(state=state, title__contains=f"grupa {act.number}."))
