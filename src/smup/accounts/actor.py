"""Who acts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from smup.accounts.models import Person


@dataclass(frozen=True)
class Actor:
    """``label`` is what the record of writes shows to people, with no more data than needed."""

    kind: Literal["person", "contact", "visitor", "system"]
    id: int | None
    label: str


SYSTEM = Actor("system", None, "system")
VISITOR = Actor("visitor", None, "odwiedzający")


def person(who: "Person") -> Actor:
    """Staff, named by e-mail."""
    return Actor("person", who.pk, who.email)


def contact(registration: int) -> Actor:
    """The contact person of a registration, named by its number alone."""
    return Actor("contact", registration, f"osoba kontaktowa zgłoszenia {registration}")
