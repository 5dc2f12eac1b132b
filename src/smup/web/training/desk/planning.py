"""Planning a training, and changing one people know of: first it is said whom that reaches."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.accounts.models import Organisation
from smup.accounts.roles import reach
from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions import scheduling
from smup.training.models import Training
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk.guard import desk, show_desk
from smup.web.training.desk.meanwhile import SEEN, Meanwhile, seen_of, unchanged
from smup.web.training.desk.plan_form import FIELDS, PlanForm, initial_of
from smup.web.training.desk.seeing import SCHEDULE, Sight
from smup.web.training.desk.training import about, address, letters, overtaken, training_of
from smup.web.training.desk.trainings import PATH

UNPROCESSABLE = 422


@desk(SCHEDULE)
def create(request: HttpRequest, lang: Lang, sight: Sight) -> HttpResponse:
    """A new training, of which nobody is told yet."""
    if request.method != "POST":
        return _show(request, lang, sight, _form(sight, lang), None)
    form = _form(sight, lang, request.POST)
    if form.is_valid():
        try:
            made = scheduling.create(
                sight.edition, form.plan(), actor=actor_of(request), now=timezone.now()
            )
        except Refused as refused:
            _say(form, refused, lang)
        else:
            messages.success(request, words(lang)["desk_training_saved"])
            return HttpResponseRedirect(address(made, lang))
    return _show(request, lang, sight, form, None)


@desk(SCHEDULE)
def change(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """Another plan for a training; of an announced one the letters are counted before."""
    found = training_of(sight, key)
    if not sight.may(SCHEDULE, found.organiser_id):
        return forbidden(request, SCHEDULE)
    if request.method != "POST":
        initial = initial_of(scheduling.plan_of(found))
        return _show(request, lang, sight, _form(sight, lang, initial=initial), found)
    form = _form(sight, lang, request.POST)
    if not form.is_valid():
        return _show(request, lang, sight, form, found)
    if found.state == "announced" and "potwierdzam" not in request.POST:
        return _show(request, lang, sight, form, found, asks=True)
    plan, actor, now = form.plan(), actor_of(request), timezone.now()
    held, seen = scheduling.held_training(found), request.POST.get(SEEN, "")
    try:
        unchanged(
            held,
            about(found),
            seen,
            lambda one: scheduling.change(one, plan, actor=actor, now=now),
        )
    except (Meanwhile, NotPossible):
        return overtaken(request, lang, sight, found)
    except Refused as refused:
        _say(form, refused, lang)
        return _show(request, lang, sight, form, found)
    messages.success(request, words(lang)["desk_training_saved"])
    return HttpResponseRedirect(address(found, lang))


def _form(sight: Sight, lang: Lang, *sent: object, **more: object) -> PlanForm:
    where = reach(sight.person, SCHEDULE)
    organisers = [one for one in Organisation.objects.all() if one.pk in where]
    return PlanForm(
        lang, *sent, settings=sight.edition.rules, organisers=organisers, auto_id="plan-%s", **more
    )


def _say(form: PlanForm, refused: Refused, lang: Lang) -> None:
    """Each refusal beside its field."""
    for one in refused.refusals:
        form.add_error(FIELDS.get(one.field), one.sentence(lang))


def _show(
    request: HttpRequest,
    lang: Lang,
    sight: Sight,
    form: PlanForm,
    found: Training | None,
    asks: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "training": found,
        "seen": request.POST.get(SEEN) or (seen_of([about(found)])[about(found)] if found else ""),
        "back": address(found, lang) if found else Addresses(lang).page(PATH),
        "letters": letters(found, lang) if found and found.state == "announced" else "",
        "asks": asks,
    }
    status = UNPROCESSABLE if form.errors else 200
    return show_desk(request, "plan.html", context, lang, sight, status)
