"""The people of a registration, as the rules count them."""

from smup.training.models import Registration
from smup.training.rules.kinds import Participant, request
from smup.training.rules.queues import Kind, Request


def form_people(registration: Registration) -> tuple[Participant, ...]:
    """Those who take part, in the order in which they were typed."""
    return tuple(
        Participant(one.name, one.surname, Kind(one.kind), one.area, one.sex)
        for one in registration.participants.filter(state="active")
    )


def requested(registration: Registration) -> Request:
    """The places its people need."""
    return request(form_people(registration))
