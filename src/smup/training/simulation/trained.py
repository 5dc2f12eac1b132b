"""What follows qualification checked: agreements, trainings, attendance, certificates."""

from collections import defaultdict
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from smup.training.models import Attendance, Certificate, Edition, Enrolment, Participant
from smup.training.simulation.violation import Violation

_POLAND = ZoneInfo("Europe/Warsaw")
_TRAINED = {"in_training", "completed"}
_TO_BE = {"qualified", "agreement_sent", "agreement_returned"}


def agreements(edition: Edition) -> Iterator[Violation]:
    """Nobody is trained without a signed and checked agreement and the three checks."""
    trained = edition.registrations.filter(status__in=_TRAINED)
    for one in trained.prefetch_related("agreements", "checks"):
        about = f"registration:{one.pk}"
        signed = [p for p in one.agreements.all() if p.status == "checked" and p.signed_id]
        if len(signed) != 1:
            yield Violation("agreement", about, f"{len(signed)} checked agreements")
        passed = {check.what for check in one.checks.all() if check.passed}
        if passed != {"in_time", "number", "agreement"}:
            yield Violation("checks", about, f"passed: {', '.join(sorted(passed))}")


def trainings(edition: Edition) -> Iterator[Violation]:
    """Nobody too many, everybody in the kind and area chosen, groups in person only where enough
    units applied."""
    seats = Enrolment.objects.filter(training__edition=edition, state="enrolled")
    for one in edition.trainings.annotate(
        n=Count("enrolments", filter=Q(enrolments__state="enrolled"))
    ):
        if one.n > one.capacity:
            yield Violation("training", f"training:{one.pk}", f"{one.n} for {one.capacity} places")
        if one.kind == "in_person" and one.n:
            units = _applied(edition, one.area)
            if units < edition.rules.in_person_min_units:
                yield Violation("area", f"training:{one.pk}", f"{units} units for {one.area}")
    for seat in seats.select_related("training", "participant__registration"):
        person, training = seat.participant, seat.training
        if (person.kind, person.area) != (training.kind, training.area):
            yield Violation("training", f"enrolment:{seat.pk}", "another kind or area was chosen")
        if person.state != "active" or person.registration.status not in _TRAINED | _TO_BE:
            yield Violation("training", f"enrolment:{seat.pk}", "a seat of nobody who has a place")


def attendance(edition: Edition) -> Iterator[Violation]:
    """Nobody's presence is confirmed without all declarations by the first day."""
    needed = {one.id for one in edition.rules.documents.declarations}
    firsts = _first_days(edition)
    given: dict[int, set[str]] = defaultdict(set)
    late: set[int] = set()
    declared = Participant.objects.filter(registration__edition=edition).values_list(
        "pk", "declarations__kind", "declarations__delivered_at", "enrolments__training"
    )
    for person, kind, at, training in declared:
        if kind is not None:
            given[person].add(kind)
            if training in firsts and at.astimezone(_POLAND).date() > firsts[training]:
                late.add(person)
    present = Attendance.objects.filter(enrolment__training__edition=edition, present=True)
    for person in set(present.values_list("enrolment__participant", flat=True)):
        if given[person] != needed or person in late:
            yield Violation("declarations", f"participant:{person}", "present without declarations")


def certificates(edition: Edition) -> Iterator[Violation]:
    """Each for somebody who was there, numbered without gap; nobody who earned one lacks it."""
    given = Certificate.objects.filter(enrolment__training__edition=edition)
    days = dict(edition.trainings.annotate(n=Count("meetings")).values_list("pk", "n"))
    there = dict(
        Attendance.objects.filter(enrolment__training__edition=edition, present=True)
        .values_list("enrolment")
        .annotate(n=Count("pk"))
    )
    holders = set()
    for one in given.select_related("enrolment"):
        seat = one.enrolment
        holders.add(seat.pk)
        share = there.get(seat.pk, 0) / (days[seat.training_id] or 1)
        if share < edition.rules.min_attendance or not there.get(seat.pk):
            yield Violation("certificate", f"certificate:{one.pk}", f"present for {share:.0%}")
    for pk, training in Enrolment.objects.filter(
        training__edition=edition, state="enrolled", training__state__in=("held", "closed")
    ).values_list("pk", "training"):
        earned = there.get(pk, 0) / (days[training] or 1) >= edition.rules.min_attendance
        if there.get(pk) and earned and pk not in holders:
            yield Violation("certificate", f"enrolment:{pk}", "earned and not given")
    if given.count() != edition.last_certificate:
        told = f"{given.count()} certificates, numbered to {edition.last_certificate}"
        yield Violation("certificate", f"edition:{edition.pk}", told)


def _applied(edition: Edition, area: str) -> int:
    """Units that ever asked for the area in person, in the stage in which most did."""
    people = Participant.objects.filter(registration__edition=edition, area=area, kind="in_person")
    counts = (
        people.order_by()
        .values("registration__stage")
        .annotate(n=Count("registration", distinct=True))
    )
    return max((int(one["n"]) for one in counts), default=0)


def _first_days(edition: Edition) -> dict[int, object]:
    found: dict[int, object] = {}
    rows = edition.trainings.values_list("pk", "meetings__starts").order_by("meetings__starts")
    for training, starts in rows:
        if starts is not None:
            found.setdefault(training, starts.astimezone(_POLAND).date())
    return found
