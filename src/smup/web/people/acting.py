"""Who acts in a request: staff who signed in, the contact person of a registration, a visitor."""

from django.http import HttpRequest

from smup.accounts import actor
from smup.accounts.actor import VISITOR, Actor
from smup.accounts.models import Person

_CONTACT = "contact"  # in a session: the number of a registration


def actor_of(request: HttpRequest) -> Actor:
    """Staff come first: somebody signed in acts as such, whatever links they opened."""
    if (person := person_of(request)) is not None:
        return actor.person(person)
    if (registration := registration_of(request)) is not None:
        return actor.contact(registration)
    return VISITOR


def person_of(request: HttpRequest) -> Person | None:
    """The person who is signed in."""
    user = request.user
    return user if isinstance(user, Person) and user.is_authenticated else None


def registration_of(request: HttpRequest) -> int | None:
    """The registration whose contact person came by a link in this session."""
    found = request.session.get(_CONTACT)
    return found if isinstance(found, int) else None


def let_contact_in(request: HttpRequest, registration: int) -> None:
    """From now on the session is that of a contact person; its key changes, so that whoever knew
    the old one has nothing."""
    request.session.cycle_key()
    request.session[_CONTACT] = registration


def let_contact_out(request: HttpRequest) -> None:
    """The session forgets the registration."""
    request.session.pop(_CONTACT, None)
    request.session.cycle_key()
