"""What can be done with many cases at once: each is looked at by itself, and done by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from smup.accounts.actor import Actor
from smup.language import Lang
from smup.training.actions import agreeing, checking, offering
from smup.training.models import Registration
from smup.training.rules.headcount import required
from smup.training.rules.workflow import NotPossible, workflow
from smup.web.people.words import words
from smup.web.training.desk.seeing import AGREE, DECIDE, Sight
from smup.web.training.desk.tasks import CHECKS

WhyNot = Callable[[Registration, Lang], str]


@dataclass(frozen=True)
class BulkStep:
    """``why_not`` is the sentence why a case cannot be done, "" where it can."""

    permission: str
    why_not: WhyNot
    do: Callable[[Registration, Actor, datetime], object]
    locked: bool = True  # as in ``steps.Step``


def _by_table(action: str) -> WhyNot:
    """What the workflow table says."""

    def why_not(case: Registration, lang: Lang) -> str:
        try:
            workflow("registration").may(case.status, action)
        except NotPossible as refused:
            return refused.sentence(lang)
        return ""

    return why_not


def _cannot_check(case: Registration, lang: Lang) -> str:
    """Only what plainly agrees is noted without a person looking at it."""
    t = words(lang)
    if {one.what for one in case.checks.all()} >= set(CHECKS):
        return t["desk_bulk_checked_already"]
    if case.arrived_at >= case.stage.closes:
        return t["desk_fact_late"]
    if len(case.active) != required(case.headcount, case.edition.rules):
        return t["desk_bulk_number_differs"]
    return ""


def _note_checks(case: Registration, actor: Actor, now: datetime) -> object:
    made = set(case.checks.values_list("what", flat=True))
    return [
        checking.note(case, what, True, "", actor=actor, now=now)
        for what in CHECKS
        if what not in made
    ]


def _offer(case: Registration, actor: Actor, now: datetime) -> object:
    return offering.offer(case, actor=actor, now=now)


def _send(case: Registration, actor: Actor, now: datetime) -> object:
    return agreeing.send(case, actor=actor, now=now)


def _no_agreement(case: Registration, lang: Lang) -> str:
    return "" if case.status == "agreement_sent" else words(lang)["desk_bulk_no_agreement"]


def _remind(case: Registration, actor: Actor, now: datetime) -> object:
    return agreeing.remind(agreeing.current(case), actor=actor, now=now)


BULK: Mapping[str, BulkStep] = {
    "sprawdzone": BulkStep(DECIDE, _cannot_check, _note_checks),
    "umowy": BulkStep(AGREE, _by_table("send_agreement"), _send, locked=False),
    "przypomnienia": BulkStep(AGREE, _no_agreement, _remind),
    "propozycje": BulkStep(DECIDE, _by_table("offer"), _offer),
}


def offered(sight: Sight, lang: Lang) -> list[tuple[str, str]]:
    """Id and words of what the person may do anywhere."""
    t = words(lang)
    return [
        (name, t[f"desk_bulk_{name}"]) for name, step in BULK.items() if sight.may(step.permission)
    ]
