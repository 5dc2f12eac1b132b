"""What came of a training, as counts alone: tests, surveys, certificates."""

from typing import Any

from django.db.models import Avg, Count, Max, Q

from smup.language import Lang, format_number
from smup.training.actions import surveying
from smup.training.models import Certificate, TestResult, Training
from smup.training.papers.questions import survey

Shown = dict[str, Any]


def results_of(training: Training, lang: Lang) -> Shown:
    """Tests before and after, survey, certificates."""
    given = Certificate.objects.filter(enrolment__training=training)
    counts = given.aggregate(good=Count("pk", filter=Q(withdrawn_reason="")), all=Count("pk"))
    return {
        "tests": [_test(training, moment, lang) for moment in ("pre", "post")],
        "survey": _survey(training, lang),
        "surveys": training.survey_answers.count(),
        "certificates": counts["good"],
        "withdrawn": counts["all"] - counts["good"],
    }


def _test(training: Training, moment: str, lang: Lang) -> Shown:
    rows = TestResult.objects.filter(enrolment__training=training, moment=moment)
    found = rows.aggregate(n=Count("pk"), mean=Avg("points"), of=Max("of"))
    mean = format_number(found["mean"], 1, lang) if found["n"] else ""
    return {"moment": moment, "n": found["n"], "mean": mean, "of": found["of"]}


def _survey(training: Training, lang: Lang) -> list[Shown]:
    """Mean mark of each question; none while there are too few answers to hide who gave them."""
    found = surveying.summary(training)
    if found is None:
        return []
    asked = survey()
    return [
        {
            "question": one.question.of(lang),
            "mean": format_number(_mean(found.marks[one.id]), 1, lang),
            "of": asked.marks,
        }
        for one in asked.questions
    ]


def _mean(marks: Any) -> float:
    return float(sum(mark * n for mark, n in marks.items()) / sum(marks.values()))
