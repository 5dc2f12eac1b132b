"""What an organiser may do with a case: each action of the workflow table with its form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smup.accounts.actor import Actor
from smup.accounts.models import Organisation
from smup.language import Lang
from smup.training.actions import agreeing, deciding, moving, offering
from smup.training.models import Registration
from smup.training.moments import end_of
from smup.training.rules.workflow import Owner, Transition, workflow
from smup.web.training.desk import forms
from smup.web.training.desk.seeing import Sight

Filled = Mapping[str, Any]
Do = Callable[[Registration, Filled, Actor, datetime], object]


@dataclass(frozen=True)
class Step:
    """``form`` asks what the action needs to know, ``do`` takes it.

    ``locked`` is False where files are made first: the action itself then takes the lock, for as
    short as it can, and looks at the status under it.
    """

    form: type[forms.DeskForm]
    do: Do
    locked: bool = True


def _send_agreement(case: Registration, _: Filled, actor: Actor, now: datetime) -> object:
    return agreeing.send(case, actor=actor, now=now)


def _return_agreement(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    file = told["plik"]
    return agreeing.return_signed(case, file.read(), file.name, actor=actor, now=now)


def _accept_agreement(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    return agreeing.check(agreeing.current(case), True, "", actor=actor, now=now)


def _send_back_agreement(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    return agreeing.check(agreeing.current(case), False, told["powod"], actor=actor, now=now)


def _extend_agreement(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    deadline = end_of(told["termin"])
    return deciding.new_deadline(case, deadline, why=told["powod"], actor=actor, now=now)


def _withdraw_place(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    why, fault = told["powod"], told["wina"]
    return deciding.withdraw_place(case, why=why, fault=fault, actor=actor, now=now)


def _offer(case: Registration, _: Filled, actor: Actor, now: datetime) -> object:
    return offering.offer(case, actor=actor, now=now)


def _refuse(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    return deciding.refuse(case, told["zasada"], why=told["powod"], actor=actor, now=now)


def _reopen(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    return deciding.reopen(case, why=told["powod"], actor=actor, now=now)


def _move(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
    organiser = Organisation.objects.get(pk=told["komu"])
    return moving.move(case, organiser, why=told["powod"], actor=actor, now=now)


STEPS: Mapping[str, Step] = {
    "send_agreement": Step(forms.Plain, _send_agreement, locked=False),
    "return_agreement": Step(forms.Returning, _return_agreement),
    "accept_agreement": Step(forms.Plain, _accept_agreement),
    "send_back_agreement": Step(forms.Reasoned, _send_back_agreement),
    "extend_agreement": Step(forms.Extending, _extend_agreement),
    "withdraw_place": Step(forms.Withdrawing, _withdraw_place),
    "offer": Step(forms.Plain, _offer),
    "refuse": Step(forms.Refusing, _refuse),
    "reopen": Step(forms.Reasoned, _reopen),
    "move": Step(forms.Moving, _move),
}


def possible(case: Registration, sight: Sight) -> dict[str, Transition]:
    """Steps the person may take with the case as it stands, in the table's order."""
    return {
        one.action: one
        for one in workflow("registration").actions(case.status, Owner.ORGANISER)
        if one.action in STEPS and one.permission and sight.may(one.permission, case.organiser_id)
    }


def allowed(step: str, case: Registration, sight: Sight) -> bool:
    """May the person take such a step, whether or not the case is where it can be taken?"""
    ways = [one for one in workflow("registration").transitions if one.action == step]
    return any(one.permission and sight.may(one.permission, case.organiser_id) for one in ways)


def form_of(step: str, case: Registration, lang: Lang, *sent: Any) -> forms.DeskForm:
    """The form of a step, empty or filled with what was sent."""
    made, named = STEPS[step].form, f"{step}-%s"
    if made is forms.Moving:
        others = Organisation.objects.exclude(pk=case.organiser_id)
        options = [(one.pk, one.name) for one in others]
        return forms.Moving(lang, *sent, others=options, auto_id=named)
    return made(lang, *sent, auto_id=named)
