"""What happens by itself when time passes: run by the worker every minute."""

from datetime import datetime

from smup.accounts.actor import SYSTEM
from smup.language.dates import day_in_words
from smup.training.actions import agreeing, declaring, drafting, staging
from smup.training.actions.letters import lang_of
from smup.training.actions.locking import case
from smup.training.actions.stepping import step
from smup.training.models import Registration
from smup.training.moments import last_day

ANSWERED_BY = ("offered", "to_confirm")  # statuses in which the unit has to answer in time


def round_(now: datetime) -> int:
    """Open and close stages, let unanswered offers and confirmations lapse, note agreements that
    are overdue, remind of agreements and declarations, forget old drafts; how many things were
    done. The places of a lapsed one are free, and given to nobody."""
    done = staging.open_due(now) + staging.close_due(now)
    late = Registration.objects.filter(status__in=ANSWERED_BY, deadline__lte=now)
    done += sum(_lapse(one, now) for one in late.order_by("number"))
    done += agreeing.expire_due(now) + agreeing.remind_due(now) + declaring.remind_due(now)
    return done + drafting.forget_old(now)


def _lapse(registration: Registration, now: datetime) -> bool:
    """False where an answer came first."""
    with case(registration) as one:
        if one.status not in ANSWERED_BY or one.deadline is None or now < one.deadline:
            return False
        told = {"deadline": day_in_words(last_day(one.deadline), lang_of(one))}
        step(one, "lapse", actor=SYSTEM, now=now, told=told)
        return True
