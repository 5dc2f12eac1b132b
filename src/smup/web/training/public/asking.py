"""What visitors send on public pages: a question, a wish to listen, a code to check.

No cookie is set here, so that a form is told from one on somebody else's page by what browsers say
of themselves.
"""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from smup.accounts.actor import VISITOR
from smup.accounts.models import Organisation
from smup.language import Lang
from smup.language.dates import day_in_words
from smup.telling.addresses import Addresses
from smup.training import calendars
from smup.training.actions import asking, certifying, listening
from smup.training.models import Training
from smup.training.moments import today
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

Wrong = Mapping[str, str]  # name of a control, "" for the form -> what is wrong with it
Send = Callable[[HttpRequest, Lang, Recruitment], Wrong]  # nothing is wrong: it is done
Show = Callable[[HttpRequest, Lang, Recruitment, Wrong, bool, int], HttpResponse]

_FIELD = {"name": "imie_nazwisko", "email": "email", "text": "pytanie", "training": "szkolenie"}


def faq(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Questions with answers, and a question of one's own, which becomes a case."""
    return _page(request, lang, _ask, _faq, f"{HOME}pytania", "zapytano", "#zapytaj")


def listen(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Trainings that take free listeners, and the form for one of them."""
    return _page(request, lang, _register, _listen, f"{HOME}wolny-sluchacz", "zapisano")


def _page(
    request: HttpRequest,
    lang: Lang,
    send: Send,
    show: Show,
    path: str,
    done: str,
    anchor: str = "",
) -> HttpResponse:
    """A page with one form; once it is sent, the same page says so (``done`` in its address)."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    if request.method != "POST":
        return show(request, lang, found, {}, done in request.GET, 200)
    if refused_now := _not_now(request, lang):
        return show(request, lang, found, {"": refused_now[0]}, False, refused_now[1])
    try:
        wrong = send(request, lang, found)
    except Refused as refused:
        wrong = {_FIELD.get(one.field, ""): one.sentence(lang) for one in refused.refusals}
    if wrong:
        return show(request, lang, found, wrong, False, 400)
    response = HttpResponseRedirect(Addresses(lang).page(path, **{done: 1}) + anchor)
    response.status_code = 303
    return response


def _ask(request: HttpRequest, lang: Lang, found: Recruitment) -> Wrong:
    sent = request.POST
    organiser = Organisation.objects.filter(pk=sent.get("organizator", "")).first()
    if organiser is None or organiser.pk not in found.rules.organisers:
        return {"organizator": words(lang)["training_ask_whom"]}
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
    return {}


def _register(request: HttpRequest, lang: Lang, found: Recruitment) -> Wrong:
    sent = request.POST
    training = _open(found).filter(pk=whole_number(sent.get("szkolenie", ""))).first()
    if training is None:
        return {"szkolenie": words(lang)["training_listen_which"]}
    unit = choice({UNIT: sent.get(UNIT, "")}, today(found.now)).code
    listening.register(
        training,
        sent.get("imie_nazwisko", ""),
        sent.get("email", ""),
        unit,
        lang=lang,
        actor=VISITOR,
        now=found.now,
    )
    return {}


def _faq(
    request: HttpRequest,
    lang: Lang,
    found: Recruitment,
    wrong: Wrong,
    said: bool,
    status: int,
) -> HttpResponse:
    organisers = Organisation.objects.filter(pk__in=found.rules.organisers)
    chosen = request.POST.get("organizator", request.GET.get("do", ""))
    context = {
        "questions": questions(found.rules, lang),
        "organisers": organisers.only("pk", "name"),
        "chosen": chosen,
        "wrong": wrong,
        "typed": request.POST.dict(),
        "said": said,
    }
    return show_training(request, "public/faq.html", context, lang, found.rules, status)


def _listen(
    request: HttpRequest,
    lang: Lang,
    found: Recruitment,
    wrong: Wrong,
    said: bool,
    status: int,
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
        "wrong": wrong,
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
