"""What visitors send on public pages: a question, a wish to listen, a code to check.

No cookie is set here, so that a form is told from one on somebody else's page by what browsers say
of themselves.
"""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from smup.accounts.actor import VISITOR
from smup.accounts.models import Organisation
from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training import calendars
from smup.training.actions import asking, certifying, listening
from smup.training.models import Training
from smup.training.moments import day_in_words, today
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.refusal import Refused
from smup.web.config.own_page import own_page
from smup.web.people.words import words
from smup.web.training.current import Recruitment, recruitment
from smup.web.training.form.choosing import choice
from smup.web.training.form.fields import UNIT
from smup.web.training.page import HOME, nothing, show_training
from smup.web.training.public.faq import questions
from smup.web.training.rate import may_write
from smup.web.training.reading import whole_number

_FIELD = {"name": "imie_nazwisko", "email": "email", "text": "pytanie", "training": "szkolenie"}


def faq(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Questions with answers, and a question of one's own, which becomes a case."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    if request.method != "POST":
        return _faq(request, lang, found, said="zapytano" in request.GET)
    if refused_now := _not_now(request, lang):
        return _faq(request, lang, found, {"": refused_now[0]}, status=refused_now[1])
    sent = request.POST
    organiser = Organisation.objects.filter(pk=sent.get("organizator", "")).first()
    if organiser is None or organiser.pk not in found.rules.organisers:
        trouble = words(lang)["training_ask_whom"]
        return _faq(request, lang, found, {"organizator": trouble}, status=400)
    try:
        asking.ask(
            found.edition,
            organiser,
            sent.get("imie_nazwisko", ""),
            sent.get("email", ""),
            sent.get("pytanie", ""),
            lang=lang,
            actor=VISITOR,
            now=found.now,
        )
    except Refused as refused:
        return _faq(request, lang, found, _beside(refused, lang), status=400)
    return _see(Addresses(lang).page(f"{HOME}pytania", zapytano=1) + "#zapytaj")


def _faq(
    request: HttpRequest,
    lang: Lang,
    found: Recruitment,
    wrong: dict[str, str] | None = None,
    *,
    said: bool = False,
    status: int = 200,
) -> HttpResponse:
    organisers = Organisation.objects.filter(pk__in=found.rules.organisers)
    chosen = request.POST.get("organizator", request.GET.get("do", ""))
    context = {
        "questions": questions(found.rules, lang),
        "organisers": organisers.only("pk", "name"),
        "chosen": chosen,
        "wrong": wrong or {},
        "typed": request.POST.dict(),
        "said": said,
    }
    return show_training(request, "public/faq.html", context, lang, found.rules, status)


def listen(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Trainings that take free listeners, and the form for one of them."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    if request.method != "POST":
        return _listen(request, lang, found, said="zapisano" in request.GET)
    if refused_now := _not_now(request, lang):
        return _listen(request, lang, found, {"": refused_now[0]}, status=refused_now[1])
    sent = request.POST
    training = _open(found).filter(pk=whole_number(sent.get("szkolenie", ""))).first()
    if training is None:
        trouble = words(lang)["training_listen_which"]
        return _listen(request, lang, found, {"szkolenie": trouble}, status=400)
    unit = choice({UNIT: sent.get(UNIT, "")}, today(found.now)).code
    try:
        listening.register(
            training,
            sent.get("imie_nazwisko", ""),
            sent.get("email", ""),
            unit,
            lang=lang,
            actor=VISITOR,
            now=found.now,
        )
    except Refused as refused:
        return _listen(request, lang, found, _beside(refused, lang), status=400)
    return _see(Addresses(lang).page(f"{HOME}wolny-sluchacz", zapisano=1))


def _listen(
    request: HttpRequest,
    lang: Lang,
    found: Recruitment,
    wrong: dict[str, str] | None = None,
    *,
    said: bool = False,
    status: int = 200,
) -> HttpResponse:
    trainings = [
        {
            "pk": one.pk,
            "title": one.title,
            "days": [calendars.in_words(day.starts, day.ends, lang) for day in one.meetings.all()],
            "chosen": request.POST.get("szkolenie", request.GET.get("s", "")) == str(one.pk),
        }
        for one in _open(found)
        if listening.takes_listeners(one, found.now)
    ]
    context = {
        "trainings": trainings,
        "wrong": wrong or {},
        "typed": request.POST.dict(),
        "said": said,
    }
    return show_training(request, "public/listen.html", context, lang, found.rules, status)


def certificate(request: HttpRequest, lang: Lang) -> HttpResponse:
    """What a code of a certificate tells."""
    found, code = recruitment(), request.GET.get("kod", "").strip()[:60]
    verified = certifying.verify(code) if code else None
    context = {
        "code": code,
        "verified": verified,
        "area": area_name(verified.area, lang) if verified else "",
        "kind": kind_name(Kind(verified.kind), lang) if verified else "",
        "issued": day_in_words(verified.issued, lang) if verified else "",
    }
    rules = found.rules if found else None
    return show_training(request, "public/certificate.html", context, lang, rules)


def _open(found: Recruitment) -> QuerySet[Training]:
    return Training.objects.filter(
        edition=found.edition, state="announced", listener_places__gt=0
    ).prefetch_related("meetings")


def _not_now(request: HttpRequest, lang: Lang) -> tuple[str, int] | None:
    """Why nothing may be sent, with the status of HTTP; None when it may."""
    if not own_page(request):
        return words(lang)["training_foreign_form"], 403
    return None if may_write(request) else (words(lang)["training_too_often"], 429)


def _beside(refused: Refused, lang: Lang) -> dict[str, str]:
    return {_FIELD.get(one.field, ""): one.sentence(lang) for one in refused.refusals}


def _see(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
