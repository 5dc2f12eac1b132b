"""Free listeners: beyond the programme, counted in no queue and no account of it (rule 13)."""

from datetime import datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import normalised
from smup.language import Lang
from smup.training.actions import calling, notices
from smup.training.actions.notices import Reader
from smup.training.actions.scheduling import held_training
from smup.training.models import FreeListener, Training
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.typed import check_email, check_text

REGISTERED, LEFT = "training.listener.registered", "training.listener.left"
_LONGEST = 160


def register(
    training: Training,
    name: str,
    email: str,
    unit: str = "",
    *,
    lang: Lang = "pl",
    actor: Actor,
    now: datetime,
) -> FreeListener:
    """Let somebody listen; with the same e-mail twice it is one person. ``unit`` is the code of a
    unit, or "".

    Raises Refused for a training that takes no listeners or has none of their places left.
    """
    found = (check_text(name, "name", _LONGEST, "name_missing"), check_email(email))
    if wrong := [one for one in found if one is not None]:
        raise Refused(*wrong)
    with held_training(training) as one:
        known: FreeListener | None = one.free_listeners.filter(email=normalised(email)).first()
        if known is not None:
            return known
        if not takes_listeners(one, now):
            raise Refused(Refusal(13, "listeners_none", "training"))
        made: FreeListener = FreeListener.objects.create(
            training=one, name=name.strip(), email=normalised(email), unit=unit, at=now
        )
        event = audit.record(
            actor,
            REGISTERED,
            f"training:{one.pk}",
            after={"listener": made.pk, "person": audit.PRIVATE},
            edition=one.edition_id,
        )
        notices.tell(
            "free-listener-invitation",
            one,
            [Reader(f"listener:{made.pk}", made.email, lang)],
            event,
            lambda said: calling.invitation(one, said),
            now=now,
            attachments=(calling.enclosed(one, now=now),),
        )
        return made


def leave(listener: FreeListener, *, actor: Actor, now: datetime) -> None:
    """Forget a listener, as they or an organiser ask."""
    with held_training(listener.training) as one:
        FreeListener.objects.filter(pk=listener.pk).delete()
        after = {"listener": listener.pk}
        audit.record(actor, LEFT, f"training:{one.pk}", after=after, edition=one.edition_id)


def takes_listeners(training: Training, now: datetime) -> bool:
    """Is there a place for one more, before the training begins?"""
    first = training.meetings.first()
    begins = first is not None and now < first.starts
    taken = training.free_listeners.count()
    return training.state == "announced" and begins and taken < training.listener_places
