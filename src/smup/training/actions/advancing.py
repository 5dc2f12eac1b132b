"""The one way on for whatever is not a registration: the table says whether and how."""

from collections.abc import Mapping

from django.db.models import Model

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Event
from smup.training.actions.stepping import check_reason, shown
from smup.training.models import (
    Agreement,
    Edition,
    Enrolment,
    Participant,
    Question,
    Stage,
    Training,
)
from smup.training.rules.workflow import START, Transition, workflow

# Which table, and which column says where a row stands.
_TABLES: Mapping[type[Model], tuple[str, str]] = {
    Edition: ("edition", "state"),
    Stage: ("stage", "state"),
    Agreement: ("agreement", "status"),
    Participant: ("participant", "state"),
    Enrolment: ("enrolment", "state"),
    Training: ("training", "state"),
    Question: ("question", "state"),
}
_NOTHING: Mapping[str, object] = {}


def about(row: Model) -> str:
    """What is written about in the record: ``training:7``."""
    return f"{type(row).__name__.lower()}:{row.pk}"


def status_of(row: Model) -> str:
    """Where a row stands; ``start`` before it was saved."""
    return START if row.pk is None else str(getattr(row, _TABLES[type(row)][1]))


def may(row: Model, action: str) -> Transition:
    """Raises NotPossible from a status without such a way."""
    return workflow(_TABLES[type(row)][0]).may(status_of(row), action)


def advance(
    row: Model,
    action: str,
    *,
    actor: Actor,
    edition: int,
    why: str = "",
    changes: Mapping[str, object] = _NOTHING,
    noted: Mapping[str, object] | None = None,
) -> Event:
    """Take ``action`` in the caller's transaction: check, write ``changes`` too, record.

    ``noted`` is what the record says of the changes where that is not the changes themselves, as
    with personal data. Raises NotPossible, Refused without a reason that is needed.
    """
    transition = may(row, action)
    check_reason(transition, why)
    column, before = _TABLES[type(row)][1], status_of(row)
    values = {**changes, column: transition.target(before)}
    was = {} if before == START else {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=None if before == START else tuple(values))
    told = values if noted is None else {**noted, column: values[column]}
    return note(
        row,
        transition,
        actor=actor,
        edition=edition,
        before={name: value for name, value in was.items() if name in told},
        after=told,
        why=why,
    )


def note(
    row: Model,
    transition: Transition,
    *,
    actor: Actor,
    edition: int,
    before: Mapping[str, object] = _NOTHING,
    after: Mapping[str, object],
    why: str = "",
) -> Event:
    """Record that a row was written by a way of its table. Raises Refused without a reason that is
    needed."""
    check_reason(transition, why)
    return audit.record(
        actor,
        transition.verb,
        about(row),
        before=shown(before),
        after=shown(after),
        why=why.strip(),
        edition=edition,
    )
