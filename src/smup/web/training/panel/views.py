"""``/szkolenia/moje``: one registration, seen and acted on by its contact person."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.models import Registration
from smup.training.rules.refusal import Refused
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.panel import correcting
from smup.web.training.panel.doing import DEEDS, PERSON, WHAT, Deed, Failed
from smup.web.training.panel.entering import EMAIL, KEY, PATH, asked, enter, of_contact, see
from smup.web.training.panel.showing import show_case

DONE = "zrobiono"


def mine(request: HttpRequest, lang: Lang) -> HttpResponse:
    """A link is redeemed, a new one asked for, or the registration shown."""
    if request.method != "POST" and KEY in request.GET:
        return enter(request, lang)
    if request.method == "POST" and EMAIL in request.POST:
        return asked(request, lang)
    return _mine(request, lang)


@of_contact
def _mine(request: HttpRequest, lang: Lang, case: Registration) -> HttpResponse:
    now = timezone.now()
    what = request.POST.get(WHAT, "")
    if request.method != "POST" or what not in DEEDS:
        done = request.GET.get(DONE, "")
        said = words(lang)[f"panel_done_{done}"] if done in {*DEEDS, correcting.DONE} else ""
        return show_case(request, lang, case, now, said=said)
    try:
        DEEDS[what](Deed(request, case, actor_of(request), now))
    except Refused as refused:
        sentence, typed = refused.sentence(lang), request.POST.dict()
        failed = Failed(what, request.POST.get(PERSON, ""), sentence, typed)
        case.refresh_from_db()
        return show_case(request, lang, case, now, failed=failed, status=400)
    return see(f"{Addresses(lang).page(PATH)}?{urlencode({DONE: what})}")
