"""Parts of the form that change while one types; without script the next page says the same."""

from django.http import Http404, HttpRequest, HttpResponse

from smup.language import Lang
from smup.training.models import PilotUnit, Registration
from smup.training.moments import today
from smup.training.rules.refusal import Refusal
from smup.web.people.page import show
from smup.web.training.current import Recruitment, recruitment
from smup.web.training.form.choosing import Choice, choice
from smup.web.training.form.fields import headcount_of, typed_in
from smup.web.training.form.pages import unit_context
from smup.web.training.form.people import needed_context


def unit(request: HttpRequest, lang: Lang) -> HttpResponse:
    """What the register, the pilot list and the registrations say of what was typed."""
    found = recruitment()
    if found is None:
        raise Http404
    chosen = choice(typed_in(request.GET.dict()), today(found.now))
    trouble = _trouble(found, chosen)
    context = unit_context(found.edition, chosen, trouble.sentence(lang) if trouble else "", lang)
    return show(request, "training/form/unit.html", context, lang)


def people(request: HttpRequest, lang: Lang) -> HttpResponse:
    """How many people an office of this size sends."""
    found = recruitment()
    if found is None:
        raise Http404
    headcount = headcount_of(typed_in(request.GET.dict()))
    context = needed_context(headcount, found.rules, lang)
    return show(request, "training/form/needed.html", context, lang)


def _trouble(found: Recruitment, chosen: Choice) -> Refusal | None:
    """What keeps the unit out, as sending the form would say."""
    edition, code = found.edition, chosen.code
    if not code:
        return None
    if PilotUnit.objects.filter(edition=edition, unit=code).exists():
        return Refusal(1, "unit_in_pilot", "unit")
    if Registration.objects.filter(edition=edition, unit=code).exists():
        return Refusal(1, "unit_already", "unit")
    return None
