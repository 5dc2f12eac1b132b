"""Moving a registration to the other organiser (rule 2)."""

from datetime import datetime

from smup.accounts.actor import Actor
from smup.accounts.models import Organisation
from smup.training.actions.locking import case
from smup.training.actions.stepping import step
from smup.training.models import Registration


def move(
    registration: Registration,
    organiser: Organisation,
    *,
    why: str,
    actor: Actor,
    now: datetime,
) -> Registration:
    """Hand the case over, with a reason; its place in the order does not change."""
    with case(registration) as one:
        if one.organiser_id == organiser.pk:
            return one
        told = {"from_organiser": one.organiser.name, "to_organiser": organiser.name}
        changes = {"organiser": organiser}
        return step(one, "move", actor=actor, now=now, why=why, changes=changes, told=told)
