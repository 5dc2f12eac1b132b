"""The formal check of a case: three results, noted by a person beside what the program sees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from smup.accounts.actor import Actor
from smup.language import Lang
from smup.training.actions import checking
from smup.training.models import Consent, FormalCheck, Registration
from smup.training.rules.headcount import required
from smup.web.people.words import words
from smup.web.training.desk.forms import Checking, DeskForm
from smup.web.training.desk.seeing import DECIDE, Sight
from smup.web.training.desk.steps import Do, Filled

CHECKS: Mapping[str, checking.What] = {one: one for one in get_args(checking.What)}


def checks_of(
    case: Registration, sight: Sight, lang: Lang, sent: Mapping[str, DeskForm]
) -> list[dict[str, Any]]:
    """Each result with its note, what is known of it, and a form where the person may note it."""
    t, made = words(lang), {one.what: one for one in case.checks.all()}
    may_note = sight.may(DECIDE, case.organiser_id)
    return [
        {
            "what": what,
            "name": t[f"desk_check_{what}"],
            "fact": _fact(what, case, sight, lang),
            "made": made.get(what),
            "step": {
                "id": what,
                "name": t["desk_check_note"],
                "form": sent.get(what) or _again(what, made.get(what), lang),
                "open": what in sent,
            }
            if may_note and what != "agreement"  # noted when the copy is looked at
            else None,
        }
        for what in CHECKS
    ]


def check_form(lang: Lang, what: str, *sent: Any, **more: Any) -> Checking:
    return Checking(lang, *sent, auto_id=f"{what}-%s", **more)


def note(what: str) -> Do:
    """What writes a filled form down."""

    def do(case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
        passed, remark = told["wynik"] == "tak", told["uwaga"]
        return checking.note(case, CHECKS[what], passed, remark, actor=actor, now=now)

    return do


def _again(what: str, made: FormalCheck | None, lang: Lang) -> Checking:
    """The form as it was filled in before."""
    if made is None:
        return check_form(lang, what)
    initial = {"wynik": "tak" if made.passed else "nie", "uwaga": made.note}
    return check_form(lang, what, initial=initial)


def _fact(what: str, case: Registration, sight: Sight, lang: Lang) -> str:
    """What the program knows of it."""
    t = words(lang)
    if what == "in_time":
        return t["desk_fact_in_time" if case.arrived_at < case.stage.closes else "desk_fact_late"]
    if what == "number":
        people = case.participants.filter(state="active").count()
        consent = Consent.objects.filter(edition=case.edition_id, unit=case.unit).first()
        needed = required(case.headcount, sight.edition.rules)
        told = t["desk_fact_number"].format(people=people, needed=needed, headcount=case.headcount)
        return (
            f"{told} {t['desk_fact_consent'].format(people=consent.persons)}" if consent else told
        )
    last = case.agreements.order_by("-sent_at").first()
    return t["desk_fact_agreement" if last and last.checked_at else "desk_fact_no_agreement"]
