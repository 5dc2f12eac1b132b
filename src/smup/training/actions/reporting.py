"""What an edition has come to: units as such, people as counts alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from smup.training.models import Agreement, Certificate, Edition, Participant
from smup.training.moments import today
from smup.training.register import register
from smup.training.rules.headcount import required
from smup.training.rules.workflow import Holds, workflow

REGISTRATION = workflow("registration")


@dataclass(frozen=True)
class Person:
    """One who takes part, without a name."""

    kind: str
    area: str
    sex: str
    certified: bool


@dataclass(frozen=True)
class Case:
    """A registration as the accounts of the programme know it."""

    number: int
    unit: str
    unit_name: str
    unit_kind: str
    region: str  # code of the województwo
    organiser: str
    stage: int
    status: str
    arrived_on: date
    headcount: int
    size: int  # people an office of this size sends
    agreement: str  # number of the one that was accepted, else ""
    people: tuple[Person, ...]

    @property
    def placed(self) -> bool:
        return REGISTRATION.statuses[self.status].holds is Holds.PLACE

    @property
    def waits(self) -> bool:
        return REGISTRATION.statuses[self.status].holds is Holds.CLAIM


@dataclass(frozen=True)
class Figures:
    """Units that registered, have a place, wait for one; people of those with a place, and how many
    of these have a certificate."""

    registered: int
    placed: int
    reserve: int
    people: int
    certified: int


@dataclass(frozen=True)
class Line:
    """``key``: a kind of unit, a code of a region, a number of a stage…, as its breakdown says."""

    key: str
    figures: Figures


@dataclass(frozen=True)
class Breakdown:
    """Units by ``id``. Where ``shared``, a unit may stand in several lines."""

    id: str
    lines: tuple[Line, ...]
    shared: bool = False


@dataclass(frozen=True)
class Report:
    """``progress``: day -> units that have a place today and had registered by then."""

    target: int
    total: Figures
    breakdowns: tuple[Breakdown, ...]
    progress: tuple[tuple[date, int], ...]


def summary(edition: Edition, organisers: Collection[str] | None = None) -> Report:
    """The report of an edition; of the cases of these organisers alone where they are given."""
    held = cases(edition, organisers)
    return Report(
        target=edition.rules.target_units,
        total=_figures((one, one.people) for one in held),
        breakdowns=_breakdowns(edition, held),
        progress=_progress(held),
    )


def cases(edition: Edition, organisers: Collection[str] | None = None) -> list[Case]:
    """Registrations in the order of arrival; three queries."""
    asked = edition.registrations.order_by("number")
    if organisers is not None:
        asked = asked.filter(organiser__in=organisers)
    people, papers = _people(edition), _agreements(edition)
    return [
        Case(
            number=one.number,
            unit=one.unit,
            unit_name=one.unit_name,
            unit_kind=one.unit_kind,
            region=one.unit[:2],
            organiser=one.organiser_id,
            stage=one.stage.number,
            status=one.status,
            arrived_on=today(one.arrived_at),
            headcount=one.headcount,
            size=required(one.headcount, edition.rules),
            agreement=papers.get(one.pk, ""),
            people=tuple(people[one.pk]),
        )
        for one in asked.select_related("stage")
    ]


def region_name(code: str) -> str:
    """The name of a województwo. Raises KeyError."""
    return register().units[code].name


def _people(edition: Edition) -> dict[int, list[Person]]:
    certified = set(
        Certificate.objects.filter(
            enrolment__training__edition=edition, withdrawn_reason=""
        ).values_list("enrolment__participant", flat=True)
    )
    found: dict[int, list[Person]] = defaultdict(list)
    rows = Participant.objects.filter(registration__edition=edition, state="active").order_by("pk")
    for pk, registration, kind, area, sex in rows.values_list(
        "pk", "registration", "kind", "area", "sex"
    ):
        found[registration].append(Person(kind, area, sex, pk in certified))
    return found


def _agreements(edition: Edition) -> dict[int, str]:
    accepted = Agreement.objects.filter(registration__edition=edition, status="checked")
    return dict(accepted.values_list("registration", "number"))


def _breakdowns(edition: Edition, held: list[Case]) -> tuple[Breakdown, ...]:
    rules = edition.rules
    numbers = edition.stages.order_by("number").values_list("number", flat=True)
    found = [
        _by("unit_kind", held, lambda one: one.unit_kind),
        _by("region", held, lambda one: one.region),
        _by("size", held, lambda one: str(one.size), [str(one.people) for one in rules.headcount]),
        _by("stage", held, lambda one: str(one.stage), [str(number) for number in numbers]),
        _by("organiser", held, lambda one: one.organiser, list(rules.organisers)),
        _by("status", held, lambda one: one.status, list(REGISTRATION.statuses)),
        _by_people("training", held, lambda one: one.kind, ["online", "in_person"]),
        _by_people("area", held, lambda one: one.area, list(rules.areas)),
    ]
    if rules.ask_sex:
        found.append(_by_people("sex", held, lambda one: one.sex, ["k", "m", ""]))
    return tuple(found)


def _by(
    name: str, held: list[Case], key: Callable[[Case], str], order: Iterable[str] | None = None
) -> Breakdown:
    """Each case in one line; lines in ``order``, those without cases left out."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for one in held:
        groups[key(one)].append(one)
    keys = sorted(groups) if order is None else [one for one in order if one in groups]
    lines = (Line(k, _figures((one, one.people) for one in groups[k])) for k in keys)
    return Breakdown(name, tuple(lines))


def _by_people(
    name: str, held: list[Case], key: Callable[[Person], str], order: Iterable[str]
) -> Breakdown:
    """Each person in one line, and in it the units that send one."""
    lines = []
    for wanted in order:
        theirs = [(one, tuple(p for p in one.people if key(p) == wanted)) for one in held]
        sending = [(one, people) for one, people in theirs if people]
        if sending:
            lines.append(Line(wanted, _figures(sending)))
    return Breakdown(name, tuple(lines), shared=True)


def _figures(held: Iterable[tuple[Case, tuple[Person, ...]]]) -> Figures:
    known = list(held)
    there = [person for one, people in known if one.placed for person in people]
    return Figures(
        registered=len(known),
        placed=sum(one.placed for one, _ in known),
        reserve=sum(one.waits for one, _ in known),
        people=len(there),
        certified=sum(person.certified for person in there),
    )


def _progress(held: list[Case]) -> tuple[tuple[date, int], ...]:
    days = Counter(one.arrived_on for one in held if one.placed)
    order = sorted(days)
    return tuple(zip(order, accumulate(days[day] for day in order), strict=True))
