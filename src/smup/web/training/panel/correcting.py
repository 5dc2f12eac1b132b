"""The people of a case refused for their number, put right by its contact person."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions.consenting import consent_of
from smup.training.actions.correcting import correct, may_correct
from smup.training.actions.programme import meant, rules_of
from smup.training.models import Registration
from smup.training.rules.refusal import Refusal, Refused
from smup.web.people.acting import actor_of
from smup.web.training.form import showing
from smup.web.training.form.fields import (
    HEADCOUNT,
    KINDS,
    Typed,
    headcount_of,
    people_of,
    person_field,
    typed_in,
    without_person,
)
from smup.web.training.form.people import people_context
from smup.web.training.page import show_training
from smup.web.training.panel.entering import PATH, of_contact, see
from smup.web.training.reading import whole_number

PEOPLE, DONE = f"{PATH}/osoby", "osoby"
_STEP, _SEND, _REMOVE = "krok", "wyslij", "usun-"


@of_contact
def people(request: HttpRequest, lang: Lang, case: Registration) -> HttpResponse:
    """The form with those who were sent; the same rules as for a new one."""
    home = Addresses(lang).page(PATH)
    if not may_correct(case):
        return see(home)
    if request.method != "POST":
        return _page(request, lang, case, _typed_of(case))
    typed, what = typed_in(request.POST.dict()), request.POST.get(_STEP, "")
    if what.startswith(_REMOVE):
        number = whole_number(what.removeprefix(_REMOVE), 2)
        return _page(request, lang, case, without_person(typed, number) if number else typed)
    if what != _SEND:
        return _page(request, lang, case, typed)
    actor, now = actor_of(request), timezone.now()
    try:
        correct(case, headcount_of(typed), people_of(typed), actor=actor, now=now)
    except Refused as refused:
        return _page(request, lang, case, typed, refused.refusals)
    return see(Addresses(lang).page(PATH, zrobiono=DONE))


def _page(
    request: HttpRequest,
    lang: Lang,
    case: Registration,
    typed: Typed,
    refusals: tuple[Refusal, ...] = (),
) -> HttpResponse:
    rules, stage = case.edition.rules, meant(case.edition, timezone.now())
    consent = consent_of(case.edition, case.unit)
    offered = rules_of(stage) if stage else None
    wrong = showing.wrong_by_name(refusals, lang)
    context = {
        "case": case,
        "action": Addresses(lang).page(PEOPLE),
        "home": Addresses(lang).page(PATH),
        "headcount": showing.text_field(HEADCOUNT, HEADCOUNT, typed, wrong, lang),
        "troubles": showing.troubles(refusals, lang),
        **people_context(typed, rules, offered, consent, refusals, lang),
    }
    status = 400 if refusals else 200
    return show_training(request, "panel/people.html", context, lang, rules, status)


def _typed_of(case: Registration) -> dict[str, str]:
    """What would have to be typed for the people as they are."""
    kinds = {kind: name for name, kind in KINDS.items()}
    typed = {HEADCOUNT: str(case.headcount)}
    active = case.participants.filter(state="active").order_by("order")
    for number, one in enumerate(active, start=1):
        told = {"name": one.name, "surname": one.surname, "sex": one.sex, "area": one.area}
        told["kind"] = kinds[one.kind]
        typed |= {person_field(number, field): value for field, value in told.items()}
    return typed
