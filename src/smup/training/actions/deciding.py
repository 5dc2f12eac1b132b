"""Decisions about a registration: refusing, withdrawing, reopening, a new deadline."""

from datetime import datetime

from smup.accounts.actor import Actor
from smup.training.actions import agreeing, leaving
from smup.training.actions.admitting import decide
from smup.training.actions.consenting import consent_of
from smup.training.actions.letters import lang_of, result
from smup.training.actions.locking import case
from smup.training.actions.people import form_people, requested
from smup.training.actions.programme import arrive, meant, rules_of
from smup.training.actions.stepping import step
from smup.training.models import Registration, Stage
from smup.training.rules.agreement import check_withdrawal
from smup.training.rules.form import check_participants
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.stages import check_open

_REOPENED = ("refused", "withdrawn")  # rule 1


def refuse(
    registration: Registration, rule: str, *, why: str, actor: Actor, now: datetime
) -> Registration:
    """Refuse formally by a point of the rules (``6``); its places are free from now on."""
    with case(registration) as one:
        changes = {"rule": str(rule)}
        done = step(one, "refuse", actor=actor, now=now, why=why, changes=changes)
        leaving.leave(done, actor=actor, why=why)
        return done


def withdraw(registration: Registration, *, why: str, actor: Actor, now: datetime) -> Registration:
    """The unit gives up; nobody gets its places by that alone."""
    with case(registration) as one:
        done = step(one, "withdraw", actor=actor, now=now, why=why)
        leaving.leave(done, actor=actor, why=why)
        return done


def withdraw_place(
    registration: Registration, *, why: str, fault: bool, actor: Actor, now: datetime
) -> Registration:
    """Take the place back from a unit that did not sign in time, through its own fault (rule 11).

    Raises Refused before the deadline, and without the fault: the unit then gets a new deadline.
    """
    with case(registration) as one:
        if one.status == "agreement_sent":
            _check_overdue(one, fault, now)
            agreeing.note_overdue(one, now)  # in case nobody has yet: the table asks for it
        changes = {"fault": fault}
        done = step(one, "withdraw_place", actor=actor, now=now, why=why, changes=changes)
        leaving.leave(done, actor=actor, why=why, agreement="withdraw")
        return done


def new_deadline(
    registration: Registration, deadline: datetime, *, why: str, actor: Actor, now: datetime
) -> Registration:
    """Give the unit more time to sign. Raises Refused for a moment that has passed."""
    with case(registration) as one:
        if deadline <= now:
            raise Refused(Refusal(11, "deadline_past", "deadline"))
        if one.deadline == deadline:
            return one
        changes = {"deadline": deadline}
        done = step(one, "extend_agreement", actor=actor, now=now, why=why, changes=changes)
        leaving.extend(done, deadline, actor=actor, why=why)
        return done


def reopen(registration: Registration, *, why: str, actor: Actor, now: datetime) -> Registration:
    """Take the case up again in the stage that is open, with a new arrival number (rule 1).

    The same registration, qualified or on the reserve list like a form that comes now. Raises
    Refused where no stage is open or what it asks for does not keep the rules of that stage.
    """
    with case(registration) as one:
        if one.status not in _REOPENED:
            return step(one, "reopen", actor=actor, now=now, why=why)  # says why not
        stage = _stage_for(one, now)
        admission = decide(stage, requested(one), one.edition.rules)
        number, arrived = arrive(one.edition, now)
        changes = {
            "stage": stage,
            "number": number,
            "arrived_at": arrived,
            "rule": "",
            "fault": None,
        }
        return step(
            one,
            "reopen",
            actor=actor,
            now=now,
            why=why,
            to="qualified" if admission.qualified else "reserve",
            changes=changes,
            told={"result": result(admission, lang_of(one))},
        )


def _stage_for(registration: Registration, now: datetime) -> Stage:
    """The open stage, when what the registration asks for is on offer in it. Raises Refused."""
    edition = registration.edition
    stage = meant(edition, now)
    rules = None if stage is None else rules_of(stage)
    closed = check_open(rules, now)
    people, consent = form_people(registration), consent_of(edition, registration.unit)
    wrong = check_participants(people, registration.headcount, edition.rules, rules, consent)
    if stage is None or closed or wrong:
        raise Refused(*([closed] if closed else []), *wrong)
    stage.edition = edition
    return stage


def _check_overdue(registration: Registration, fault: bool, now: datetime) -> None:
    refusals = check_withdrawal(registration.deadline, now, fault)
    if refusals:
        raise Refused(*refusals)
