"""Whether the report of an edition says what its rows say."""

from collections.abc import Iterator

from smup.training.actions.reporting import Breakdown, Figures, summary
from smup.training.models import Certificate, Edition, Participant
from smup.training.simulation.timeline import HOLDING, WAITING
from smup.training.simulation.violation import Violation

_PEOPLE = {"training": "kind", "area": "area", "sex": "sex"}  # breakdown -> column


def violations(edition: Edition) -> Iterator[Violation]:
    """Totals counted by the database, and breakdowns that must add up to them."""
    report, expected = summary(edition), _counted(edition)
    if report.total != expected:
        yield _wrong(edition, f"{report.total}, the rows say {expected}")
    for one in report.breakdowns:
        if not one.shared and _sum(one) != expected:
            yield _wrong(edition, f"{one.id} adds up to {_sum(one)}")
        if one.id in _PEOPLE:
            yield from _people(edition, one)
    if report.progress and report.progress[-1][1] != expected.placed:
        yield _wrong(edition, f"progress ends with {report.progress[-1][1]} units")


def _counted(edition: Edition) -> Figures:
    cases = edition.registrations
    people = Participant.objects.filter(
        registration__edition=edition, registration__status__in=HOLDING, state="active"
    )
    certificates = Certificate.objects.filter(
        enrolment__participant__in=people, withdrawn_reason=""
    )
    return Figures(
        registered=cases.count(),
        placed=cases.filter(status__in=HOLDING).count(),
        reserve=cases.filter(status__in=WAITING).count(),
        people=people.count(),
        certified=certificates.values("enrolment__participant").distinct().count(),
    )


def _people(edition: Edition, told: Breakdown) -> Iterator[Violation]:
    people = Participant.objects.filter(
        registration__edition=edition, registration__status__in=HOLDING, state="active"
    )
    for line in told.lines:
        n = people.filter(**{_PEOPLE[told.id]: line.key}).count()
        if n != line.figures.people:
            yield _wrong(edition, f"{told.id} {line.key}: {line.figures.people} people, not {n}")


def _sum(told: Breakdown) -> Figures:
    columns = zip(*((vars(line.figures)).values() for line in told.lines), strict=True)
    return Figures(*(sum(column) for column in columns)) if told.lines else Figures(0, 0, 0, 0, 0)


def _wrong(edition: Edition, told: str) -> Violation:
    return Violation("report", f"edition:{edition.pk}", told)
