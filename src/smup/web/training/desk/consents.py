"""Consents to more people than the headcount of an office gives (rule 6)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions import consenting
from smup.training.models import Consent
from smup.training.moments import today
from smup.training.register import register, unit_of
from smup.training.rules.refusal import Refused
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk.forms import Consenting
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.seeing import DECIDE, READ, Sight


@desk(READ)
def consents(request: HttpRequest, lang: Lang, sight: Sight) -> HttpResponse:
    """Consents of the edition, and a form for one more: the unit then sends its form itself."""
    may, form = sight.may(DECIDE), Consenting(lang, initial={"jst": request.GET.get("jst", "")})
    if request.method == "POST":
        if not may:
            return forbidden(request, DECIDE)
        form = Consenting(lang, request.POST)
        if form.is_valid() and _give(request, lang, sight, form):
            messages.success(request, words(lang)["desk_consent_given"])
            return HttpResponseRedirect(Addresses(lang).page(f"{HOME}/zgody"))
    given = Consent.objects.filter(edition=sight.edition).order_by("-at")
    context = {
        "form": form if may else None,
        "consents": [{"consent": one, "unit": register().get(one.unit)} for one in given],
    }
    status = 422 if form.errors else 200
    return show_desk(request, "consents.html", context, lang, sight, status)


def _give(request: HttpRequest, lang: Lang, sight: Sight, form: Consenting) -> bool:
    """False where something is wrong, which the form then says."""
    told, now = form.cleaned_data, timezone.now()
    unit = unit_of(told["jst"], today(now))
    if unit is None:
        form.add_error("jst", words(lang)["desk_unit_unknown"])
        return False
    try:
        consenting.consent(
            sight.edition,
            unit.code,
            told["osob"],
            why=told["powod"],
            actor=actor_of(request),
            now=now,
        )
    except Refused as refused:
        form.add_error("osob", refused.sentence(lang))
    return not form.errors
