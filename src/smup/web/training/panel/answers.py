"""The test before and after a training, and the survey, filled in for one participant."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions import surveying, testing
from smup.training.actions.preparing import full_name
from smup.training.actions.testing import Moment, is_open
from smup.training.models import Enrolment, Registration
from smup.training.papers import questions
from smup.training.rules.refusal import Refused
from smup.web.people.acting import actor_of
from smup.web.training.page import show_training
from smup.web.training.panel.entering import PATH, of_contact, see
from smup.web.training.reading import whole_number

_LONGEST_MARK = 2  # digits of the number of an answer


@of_contact
def test(
    request: HttpRequest, lang: Lang, case: Registration, number: int, moment: str
) -> HttpResponse:
    """The test of one participant; its result is shown at once."""
    if moment not in get_args(Moment):
        raise Http404
    seat, now = _seat(case, number), timezone.now()
    return _test(request, lang, seat, "pre" if moment == "pre" else "post", now)


def _test(
    request: HttpRequest, lang: Lang, seat: Enrolment, moment: Moment, now: datetime
) -> HttpResponse:
    if request.method != "POST":
        return _show_test(request, lang, seat, moment)
    numbers = {one.id: _mark(request, one.id) for one in questions.test().questions}
    given = {name: number for name, number in numbers.items() if number}
    try:
        testing.give(seat, moment, given, actor=actor_of(request), now=now)
    except Refused as refused:
        return _show_test(request, lang, seat, moment, refused, given)
    return see(request.path)


@of_contact
def survey(request: HttpRequest, lang: Lang, case: Registration, number: int) -> HttpResponse:
    """The survey of one participant; what it says is kept apart from who gave it."""
    seat, now = _seat(case, number), timezone.now()
    if request.method != "POST":
        return _show_survey(request, lang, seat)
    asked = questions.survey()
    marks = {one.id: mark for one in asked.questions if (mark := _mark(request, one.id))}
    said = request.POST.get(asked.free.id, "").strip()
    try:
        surveying.give(seat, {**marks, asked.free.id: said}, actor=actor_of(request), now=now)
    except Refused as refused:
        return _show_survey(request, lang, seat, refused, {**marks, asked.free.id: said})
    return see(request.path)


def _seat(case: Registration, number: int) -> Enrolment:
    """Raises Http404 for a seat of another registration."""
    seats = Enrolment.objects.filter(participant__registration=case, state="enrolled")
    rows = seats.select_related("training__edition", "participant")
    found: Enrolment | None = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _mark(request: HttpRequest, name: str) -> int:
    return whole_number(request.POST.get(name, ""), _LONGEST_MARK) or 0


def _show_test(
    request: HttpRequest,
    lang: Lang,
    seat: Enrolment,
    moment: Moment,
    refused: Refused | None = None,
    typed: Mapping[str, int] | None = None,
) -> HttpResponse:
    chosen, asked = typed or {}, questions.test()
    context = {
        "heading": asked.title.of(lang),
        "moment": moment,
        "result": seat.test_results.filter(moment=moment).first(),
        "open": is_open(seat, moment, timezone.now()),
        "questions": [
            {
                "id": one.id,
                "question": one.question.of(lang),
                "answers": [
                    {"number": n, "text": text.of(lang), "chosen": chosen.get(one.id) == n}
                    for n, text in enumerate(one.answers, start=1)
                ],
            }
            for one in asked.questions
        ],
    }
    return _show(request, lang, seat, "panel/test.html", context, refused)


def _show_survey(
    request: HttpRequest,
    lang: Lang,
    seat: Enrolment,
    refused: Refused | None = None,
    typed: Mapping[str, int | str] | None = None,
) -> HttpResponse:
    chosen, asked = typed or {}, questions.survey()
    context = {
        "heading": asked.title.of(lang),
        "open": is_open(seat, "post", timezone.now()),
        "given": seat.survey_given,
        "questions": [
            {
                "id": one.id,
                "question": one.question.of(lang),
                "marks": [
                    {"number": n, "chosen": chosen.get(one.id) == n}
                    for n in range(1, asked.marks + 1)
                ],
            }
            for one in asked.questions
        ],
        "free": {
            "id": asked.free.id,
            "question": asked.free.question.of(lang),
            "typed": chosen.get(asked.free.id, ""),
        },
    }
    return _show(request, lang, seat, "panel/survey.html", context, refused)


def _show(
    request: HttpRequest,
    lang: Lang,
    seat: Enrolment,
    template: str,
    context: Mapping[str, Any],
    refused: Refused | None,
) -> HttpResponse:
    shared = {
        "training": seat.training.title,
        "person": full_name(seat.participant),
        "back": Addresses(lang).page(PATH),
        "troubles": _troubles(refused, lang),
    }
    rules, status = seat.training.edition.rules, 400 if refused else 200
    return show_training(request, template, {**shared, **context}, lang, rules, status)


def _troubles(refused: Refused | None, lang: Lang) -> Sequence[tuple[str, str]]:
    """(question, sentence), each sentence leading to its question."""
    found = refused.refusals if refused else ()
    return [(one.field, one.sentence(lang)) for one in found]
