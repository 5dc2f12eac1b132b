"""What stands in the papers of a registration, gathered from its rows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Min

from smup.accounts.models import Organisation
from smup.language import Lang
from smup.telling.naming import kind_name as unit_kind_name
from smup.territory import GMINA_KINDS
from smup.territory import Kind as UnitKind
from smup.training.models import Participant, Registration, Training
from smup.training.moments import today
from smup.training.naming import area_name, kind_name
from smup.training.papers.agreement import Party, Person, Terms
from smup.training.papers.texts import versions_of
from smup.training.rules.agreement import deadline, least_until
from smup.training.rules.refusal import Refusal, Refused

RUNNING = ("planned", "announced")  # trainings somebody may still come to


def terms_of(registration: Registration, now: datetime) -> Terms:
    """The agreement that would be sent now, with the next free number.

    Raises Refused where its deadline would come too late for the first training.
    """
    edition, settings = registration.edition, registration.edition.rules
    made = today(now)
    people = list(registration.participants.filter(state="active"))
    until = deadline(made, first_training(registration, people, made), settings)
    if isinstance(until, Refusal):
        raise Refused(until)
    short = registration.organiser.short
    return Terms(
        number=f"{short}/{edition.slug}/{edition.last_agreement + 1:04d}",
        made=made,
        deadline=until,
        organiser=party_of(registration.organiser),
        unit=_unit(registration),
        people=tuple(
            Person(full_name(one), kind_and_area(one.kind, one.area, "pl")) for one in people
        ),
        versions=versions_of(settings),
        settings=settings,
    )


def first_training(
    registration: Registration, people: Iterable[Participant], on: date
) -> date | None:
    """The first day of the training the unit's people are enrolled in or, for those who are not,
    of the next one of their kind and area that can still be reached; None where none is planned."""
    settings = registration.edition.rules
    near = least_until(on, settings) + timedelta(days=settings.days_before_training)
    firsts: dict[tuple[str, str], list[date]] = {}
    planned = Training.objects.filter(edition=registration.edition_id, state__in=RUNNING)
    for kind, area, first in planned.annotate(first=Min("meetings__starts")).values_list(
        "kind", "area", "first"
    ):
        if first is not None and today(first) >= near:
            firsts.setdefault((kind, area), []).append(today(first))
    found = []
    enrolled = _enrolled(registration)
    for one in people:
        days = [enrolled[one.pk]] if one.pk in enrolled else firsts.get((one.kind, one.area), [])
        found += [min(days)] if days else []
    return min(found, default=None)


def _enrolled(registration: Registration) -> dict[int, date]:
    """Participant -> the first day of the training they are enrolled in."""
    rows = (
        Training.objects.filter(
            enrolments__participant__registration=registration,
            enrolments__state="enrolled",
            state__in=RUNNING,
        )
        .annotate(first=Min("meetings__starts"))
        .values_list("enrolments__participant", "first")
    )
    return {person: today(first) for person, first in rows if first is not None}


def party_of(organiser: Organisation) -> Party:
    """An organiser as papers name it."""
    lines = (organiser.address, f"e-mail: {organiser.email}" if organiser.email else "")
    return Party(organiser.name, tuple(one for one in lines if one))


def _unit(registration: Registration) -> Party:
    """With kind and powiat: some units share their name."""
    kind = UnitKind(registration.unit_kind)
    place = f", powiat {registration.powiat}" if kind in GMINA_KINDS else ""
    office = f"{registration.office_name}, {registration.office_address}"
    lines = (f"{unit_kind_name(kind, 'pl')}{place}", f"NIP {registration.nip}", office)
    return Party(registration.unit_name, lines)


def full_name(person: Participant) -> str:
    return f"{person.name} {person.surname}"


def kind_and_area(kind: str, area: str, lang: Lang) -> str:
    """ "online, Edukacja"."""
    return f"{kind_name(kind, lang)}, {area_name(area, lang)}"


def numbered(number: str) -> str:
    """A number as a part of the name of a file."""
    return number.replace("/", "-")
