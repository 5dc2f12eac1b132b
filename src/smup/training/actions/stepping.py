"""The one way on for a registration: the table says whether, what is recorded and who is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db.models import Model

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Event
from smup.mailing.outbox import Enclosed
from smup.training.actions.letters import subject, write
from smup.training.models import Registration
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.workflow import NotPossible, Transition, workflow

TABLE = workflow("registration")
_NOTHING: Mapping[str, object] = MappingProxyType({})
_TOLD: Mapping[str, str] = MappingProxyType({})


def step(
    registration: Registration,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    why: str = "",
    to: str | None = None,
    changes: Mapping[str, object] = _NOTHING,
    told: Mapping[str, str] = _TOLD,
    attachments: Sequence[Enclosed] = (),
    tell: bool = True,
) -> Registration:
    """Take ``action``: check the table, write, record and tell, in the caller's transaction.

    Called under ``locking.case``. ``changes`` are further fields to write, none of them personal
    data; a deadline that is not among them is over when the status changes. ``told`` are fields of
    the letter that the registration does not know; without ``tell`` the letter is left to the
    caller. The same actor taking the same action again, as a double click does, changes nothing.

    Raises NotPossible from a status without such a way, Refused without a reason that is needed.
    """
    try:
        transition = TABLE.may(registration.status, action, to)
    except NotPossible:
        if _was_the_last(registration, action, actor):
            return registration
        raise
    check_reason(transition, why)
    before = registration.status
    values = {"status": transition.target(before), **changes}
    if values["status"] != before:
        values = {"deadline": None, "status_since": now, **values}
    if transition.needs_reason:
        values["reason"] = why.strip()
    was = {name: getattr(registration, name) for name in values}
    for name, value in values.items():
        setattr(registration, name, value)
    registration.save(update_fields=tuple(values))
    event = audit.record(
        actor,
        transition.verb,
        subject(registration),
        before=shown(was),
        after=shown(values),
        why=why.strip(),
        edition=registration.edition_id,
    )
    if tell:
        notify(transition, registration, event, now=now, told=told, attachments=attachments)
    return registration


def notify(
    transition: Transition,
    registration: Registration,
    event: Event,
    *,
    now: datetime,
    told: Mapping[str, str] = _TOLD,
    attachments: Sequence[Enclosed] = (),
) -> None:
    """Put the letter of a transition into the outbox: one for each recorded event, never two."""
    if transition.letter is not None:
        key = f"event:{event.pk}"
        write(transition.letter, registration, key=key, now=now, told=told, attachments=attachments)


def check_reason(transition: Transition, why: str) -> None:
    """Raises Refused where the table wants a reason and there is none."""
    if transition.needs_reason and not why.strip():
        raise Refused(Refusal(0, "reason_missing", "why"))


def shown(values: Mapping[str, object]) -> dict[str, object]:
    """Values as the record keeps them: rows by their key; what nobody reads there is left out."""
    return {
        name: value.pk if isinstance(value, Model) else value
        for name, value in values.items()
        if name not in ("status_since", "reason") and value is not None
    }


def _was_the_last(registration: Registration, action: str, actor: Actor) -> bool:
    """Is this action what last happened to the registration, by the same hand?"""
    last = Event.objects.filter(about=subject(registration)).order_by("-pk").first()
    verbs = {one.verb for one in TABLE.transitions if one.action == action}
    return last is not None and last.what in verbs and last.actor == actor.label
