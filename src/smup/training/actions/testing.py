"""The test before and after a training (rule 13)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.training.actions.attending import fresh
from smup.training.actions.locking import alone
from smup.training.models import Enrolment, TestResult
from smup.training.papers.questions import test
from smup.training.rules.refusal import Refusal, Refused

Moment = Literal["pre", "post"]
GIVEN = "training.test.given"


def give(
    enrolment: Enrolment,
    moment: Moment,
    answers: Mapping[str, int],
    *,
    actor: Actor,
    now: datetime,
) -> TestResult:
    """Take answers in (question -> number of the answer, from 1) and count points.

    The same answers twice are one result. Raises Refused for a question without a good answer,
    outside the time of the test, and for other answers once it is filled in.
    """
    checked = _checked(answers)
    with alone(enrolment.training.edition_id):
        one = fresh(enrolment)
        known: TestResult | None = TestResult.objects.filter(enrolment=one, moment=moment).first()
        if known is not None and known.answers == checked:
            return known
        if known is not None:
            raise Refused(Refusal(13, "test_given", "answers"))
        if not is_open(one, moment, now):
            raise Refused(Refusal(13, "test_closed", "answers"))
        questions = test().questions
        result: TestResult = TestResult.objects.create(
            enrolment=one,
            moment=moment,
            answers=checked,
            points=sum(checked[each.id] == each.right for each in questions),
            of=len(questions),
            at=now,
        )
        audit.record(
            actor,
            GIVEN,
            f"enrolment:{one.pk}",
            after={"moment": moment, "points": result.points},
            edition=one.training.edition_id,
        )
        return result


def is_open(enrolment: Enrolment, moment: Moment, now: datetime) -> bool:
    """The first test until the end of the first day, the last from the beginning of the last."""
    days = list(enrolment.training.meetings.all())
    if enrolment.state != "enrolled" or enrolment.training.state == "cancelled" or not days:
        return False
    return bool(now <= days[0].ends if moment == "pre" else days[-1].starts <= now)


def _checked(answers: Mapping[str, int]) -> dict[str, int]:
    """Raises Refused."""
    found = {one.id: answers.get(one.id, 0) for one in test().questions}
    wrong = [one for one in test().questions if not 1 <= found[one.id] <= len(one.answers)]
    if wrong or set(answers) - set(found):
        raise Refused(*(Refusal(13, "test_answers", one.id) for one in wrong))
    return found
