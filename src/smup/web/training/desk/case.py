"""One case on one page, and the decisions about it."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from smup.accounts.actor import Actor
from smup.language import Lang
from smup.training.actions import declaring, replacing
from smup.training.models import Participant, Registration
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk.case_page import case_context
from smup.web.training.desk.checks import CHECKS, check_form, note
from smup.web.training.desk.forms import Delivering
from smup.web.training.desk.guard import desk, show_desk
from smup.web.training.desk.people import replacing_form, slot_of
from smup.web.training.desk.seeing import DECIDE, READ, Sight
from smup.web.training.desk.steps import STEPS, Filled, allowed, form_of, possible
from smup.web.training.desk.taking import Taken, address, gone, overtaken, take


@desk(READ)
def case(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """Everything of a registration."""
    found = case_of(sight, key)
    return show_desk(request, "case.html", case_context(found, sight, lang), lang, sight)


@desk(READ)
def decide(request: HttpRequest, lang: Lang, sight: Sight, key: int, step: str) -> HttpResponse:
    """Take a step of ``steps.STEPS``."""
    if not sight.registrations().filter(pk=key).exists():
        return gone(request, lang, key)
    found = case_of(sight, key)
    if step not in STEPS:
        raise Http404
    back = HttpResponseRedirect(f"{address(found, lang)}#krok-{step}")
    if request.method != "POST":
        return back
    if not allowed(step, found, sight):
        return forbidden(request, "training.decide")
    transition = possible(found, sight).get(step)
    if transition is None:
        return overtaken(request, lang, sight, found)
    form, chosen = form_of(step, found, lang, request.POST, request.FILES), STEPS[step]
    taken = Taken(step, transition.name.of(lang), form, chosen.do, chosen.locked)
    return take(request, lang, sight, found, taken)


@desk(DECIDE)
def check(request: HttpRequest, lang: Lang, sight: Sight, key: int, what: str) -> HttpResponse:
    """Note a result of the formal check."""
    found = case_of(sight, key)
    if what not in CHECKS:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(f"{address(found, lang)}#krok-{what}")
    if not sight.may(DECIDE, found.organiser_id):
        return forbidden(request, DECIDE)
    name, form = words(lang)[f"desk_check_{what}"], check_form(lang, what, request.POST)
    taken = Taken(what, name, form, note(what))
    return take(request, lang, sight, found, taken)


@desk(DECIDE)
def declaration(
    request: HttpRequest, lang: Lang, sight: Sight, key: int, person: int
) -> HttpResponse:
    """Note that a declaration was seen on paper."""
    found, one = _person_of(sight, key, person)
    if request.method != "POST":
        return HttpResponseRedirect(f"{address(found, lang)}#osoby")
    if not sight.may(DECIDE, found.organiser_id):
        return forbidden(request, DECIDE)

    def do(_case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
        return declaring.deliver(one, told["rodzaj"], None, actor=actor, now=now)

    form = Delivering(lang, request.POST)
    name = words(lang)["desk_came_done"]
    return take(request, lang, sight, found, Taken("osoby", name, form, do))


@desk(DECIDE)
def replacement(
    request: HttpRequest, lang: Lang, sight: Sight, key: int, person: int
) -> HttpResponse:
    """Put another person in the place of a participant."""
    found, one = _person_of(sight, key, person)
    if request.method != "POST":
        return HttpResponseRedirect(f"{address(found, lang)}#krok-{slot_of(one)}")
    if not sight.may(DECIDE, found.organiser_id):
        return forbidden(request, DECIDE)

    def do(_case: Registration, told: Filled, actor: Actor, now: datetime) -> object:
        typed = (told["imie"], told["nazwisko"], told.get("plec", ""))
        return replacing.replace(one, *typed, actor=actor, now=now)

    form = replacing_form(one, found.edition.rules, lang, request.POST)
    name = words(lang)["desk_replace"]
    return take(request, lang, sight, found, Taken(slot_of(one), name, form, do))


def _person_of(sight: Sight, key: int, person: int) -> tuple[Registration, Participant]:
    case = case_of(sight, key)
    one: Participant | None = case.participants.filter(pk=person).first()
    if one is None:
        raise Http404
    return case, one


def case_of(sight: Sight, key: int) -> Registration:
    """A case the person sees. Raises Http404."""
    found = sight.registrations().select_related("stage", "organiser", "edition")
    case: Registration | None = found.filter(pk=key).first()
    if case is None:
        raise Http404
    return case
