"""Questions from offices: each is a case until somebody has answered it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions import asking
from smup.training.models import Question
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible, Owner, workflow
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.forms import Answering, DeskForm, Reasoned
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.seeing import ANSWER, READ, Sight

ON_A_PAGE = 50
_FORMS: dict[str, type[DeskForm]] = {"answer": Answering, "close": Reasoned}
Shown = dict[str, Any]


@desk(READ, ANSWER)
def questions(request: HttpRequest, lang: Lang, sight: Sight) -> HttpResponse:
    """Those that wait first, then the newest."""
    found = sight.questions().select_related("organiser", "registration")
    waiting = found.filter(state="new").order_by("asked_at")
    page = Paginator(found.exclude(state="new").order_by("-asked_at"), ON_A_PAGE).get_page(
        request.GET.get("strona")
    )
    context = {
        "waiting": [_row(one, lang) for one in waiting],
        "others": [_row(one, lang) for one in page.object_list],
        "page": page,
    }
    return show_desk(request, "questions.html", context, lang, sight)


@desk(READ, ANSWER)
def question(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """One question with its answer."""
    return _show(request, lang, sight, _question_of(sight, key))


@desk(ANSWER)
def decide(request: HttpRequest, lang: Lang, sight: Sight, key: int, step: str) -> HttpResponse:
    """Answer it, or close it without an answer."""
    found = _question_of(sight, key)
    if step not in _FORMS:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(_address(found, lang))
    if not sight.may(ANSWER, found.organiser_id):
        return forbidden(request, ANSWER)
    form = _FORMS[step](lang, request.POST, auto_id=f"{step}-%s")
    if not form.is_valid():
        return _show(request, lang, sight, found, {step: form})
    told, actor, now = form.cleaned_data, actor_of(request), timezone.now()
    try:
        if step == "answer":
            asking.answer(found, told["odpowiedz"], actor=actor, now=now)
        else:
            asking.close(found, why=told["powod"], actor=actor, now=now)
    except NotPossible:
        found.refresh_from_db()
        messages.warning(request, words(lang)["desk_question_meanwhile"])
        return _show(request, lang, sight, found, status=409)
    except Refused as refused:
        form.add_error(None, refused.sentence(lang))
        return _show(request, lang, sight, found, {step: form})
    messages.success(request, words(lang)["desk_question_done"])
    return HttpResponseRedirect(Addresses(lang).page(f"{HOME}/pytania"))


def _question_of(sight: Sight, key: int) -> Question:
    found = sight.questions().select_related("organiser", "registration", "edition")
    one: Question | None = found.filter(pk=key).first()
    if one is None:
        raise Http404
    return one


def _address(found: Question, lang: Lang) -> str:
    return Addresses(lang).page(f"{HOME}/pytanie/{found.pk}")


def _row(one: Question, lang: Lang) -> Shown:
    return {
        "question": one,
        "href": _address(one, lang),
        "state": naming.status_name("question", one.state, lang),
    }


def _show(
    request: HttpRequest,
    lang: Lang,
    sight: Sight,
    found: Question,
    sent: dict[str, DeskForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    sent, case = sent or {}, found.registration
    ways = workflow("question").actions(found.state, Owner.ORGANISER)
    steps = [
        {
            "id": way.action,
            "name": way.name.of(lang),
            "note": words(lang)[f"desk_step_{way.action}_question"],
            "form": sent.get(way.action) or _FORMS[way.action](lang, auto_id=f"{way.action}-%s"),
            "open": way.action in sent or (way.action == "answer" and not sent),
        }
        for way in ways
        if way.action in _FORMS and sight.may(ANSWER, found.organiser_id)
    ]
    context = {
        "question": found,
        "number": asking.number_of(found),
        "state": naming.status_name("question", found.state, lang),
        "steps": steps,
        "here": _address(found, lang),
        "case": case,
        "case_href": Addresses(lang).page(f"{HOME}/zgloszenie/{case.pk}") if case else "",
    }
    return show_desk(request, "question.html", context, lang, sight, 422 if sent else status)
