"""The survey after a training: anonymous, one from each participant (rule 13)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.training.actions.attending import fresh
from smup.training.actions.locking import alone
from smup.training.actions.testing import is_open
from smup.training.models import Enrolment, SurveyAnswer, Training
from smup.training.papers.questions import survey
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.typed import check_text

GIVEN = "training.survey.given"
LEAST = 3  # of fewer answers nothing is shown: somebody could be recognised by them


@dataclass(frozen=True)
class Summary:
    """Answers to a survey: question -> mark -> how many gave it; what was said in own words, in
    the order of the alphabet, which tells nothing."""

    given: int
    marks: Mapping[str, Mapping[int, int]]
    said: tuple[str, ...]


def give(
    enrolment: Enrolment, answers: Mapping[str, int | str], *, actor: Actor, now: datetime
) -> None:
    """Take a filled survey in: that it was given is noted with the enrolment, what it says apart
    from it. Raises Refused."""
    checked = _checked(answers)
    with alone(enrolment.training.edition_id):
        one = fresh(enrolment)
        if one.survey_given:
            raise Refused(Refusal(13, "survey_given", "answers"))
        if not is_open(one, "post", now):
            raise Refused(Refusal(13, "test_closed", "answers"))
        one.survey_given = True
        one.save(update_fields=("survey_given",))
        SurveyAnswer.objects.create(training=one.training, answers=checked)
        audit.record(actor, GIVEN, f"enrolment:{one.pk}", edition=one.training.edition_id)


def summary(training: Training) -> Summary | None:
    """What was answered; None while there are too few answers."""
    rows = list(SurveyAnswer.objects.filter(training=training).values_list("answers", flat=True))
    if len(rows) < LEAST:
        return None
    asked = survey()
    marks = {one.id: Counter(row[one.id] for row in rows) for one in asked.questions}
    said = sorted(row[asked.free.id] for row in rows if row.get(asked.free.id))
    return Summary(len(rows), marks, tuple(said))


def _checked(answers: Mapping[str, int | str]) -> dict[str, int | str]:
    """Raises Refused."""
    asked = survey()
    found: dict[str, int | str] = {one.id: answers.get(one.id, 0) for one in asked.questions}
    wrong = [
        Refusal(13, "survey_answers", name)
        for name, mark in found.items()
        if not isinstance(mark, int) or not 1 <= mark <= asked.marks
    ]
    said = str(answers.get(asked.free.id, ""))
    too_long = check_text(said, asked.free.id, asked.free.most, lines=True)
    if wrong or too_long:
        raise Refused(*wrong, *((too_long,) if too_long else ()))
    return {**found, asked.free.id: said.strip()}
