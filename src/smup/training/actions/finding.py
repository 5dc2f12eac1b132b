"""Registrations for pages: read whole with what a list or a case shows, in a few queries."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet

from smup.accounts import links
from smup.training.actions.letters import PURPOSE
from smup.training.models import Edition, Participant, Registration


def listed(
    edition: Edition,
    *,
    organisers: Sequence[str] | None = None,
    statuses: Sequence[str] = (),
    stage: int | None = None,
    kinds: Sequence[str] = (),
    area: str = "",
    text: str = "",
) -> QuerySet[Registration]:
    """Registrations in the order of arrival, with stage, organiser and active participants.

    ``organisers`` None means all; an empty filter leaves nothing out. ``text`` is looked for in the
    names of unit, office and contact person, their e-mail and the NIP.
    """
    found = edition.registrations.all()
    if organisers is not None:
        found = found.filter(organiser__in=organisers)
    if statuses:
        found = found.filter(status__in=statuses)
    if stage is not None:
        found = found.filter(stage__number=stage)
    if kinds:
        found = found.filter(unit_kind__in=kinds)
    if area:
        found = found.filter(participants__area=area, participants__state="active").distinct()
    if text.strip():
        found = found.filter(_named(text.strip()))
    return whole(found).order_by("number")


def whole(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """The same with everything a page tells of them."""
    active = Participant.objects.filter(state="active").order_by("order")
    return registrations.select_related("edition", "stage", "organiser").prefetch_related(
        Prefetch("participants", queryset=active, to_attr="active")
    )


def by_link(token: str) -> Registration:
    """The registration a contact person's link opens. Raises accounts.links.LinkRefused."""
    number = links.redeem(token, PURPOSE).rpartition(":")[2]
    found: Registration = whole(Registration.objects.all()).get(pk=number)
    return found


def of_contact(email: str) -> QuerySet[Registration]:
    """Registrations of editions still running whose contact person has this e-mail."""
    running = Registration.objects.filter(edition__state="published", anonymised_at=None)
    return whole(running.filter(contact_email=email.strip().lower()))


def _named(text: str) -> Q:
    fields = ("unit_name", "office_name", "contact_name", "contact_email", "nip")
    found = Q(unit=text)
    for name in fields:
        found |= Q(**{f"{name}__icontains": text})
    return found
