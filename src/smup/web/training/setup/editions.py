"""Editions: the list, a new one, what may be done with one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from smup.language import Lang
from smup.training.actions import setting_up
from smup.training.actions.staging import counts
from smup.training.models import Edition
from smup.training.rules.settings import edition_text
from smup.training.rules.workflow import workflow
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.setup.forms import EditionForm, EndForm, Refusing
from smup.web.training.setup.guard import SETUP, UNPROCESSABLE, setup, show_setup

_KNOWN = "2022-2023"  # the settings a new edition begins from


@setup(SETUP)
def editions(request: HttpRequest, lang: Lang) -> HttpResponse:
    """All editions, the newest first."""
    rows = [
        {"edition": one, "name": one.rules.name.of(lang), "state": state_of(one, lang)}
        for one in Edition.objects.order_by("-pk")
    ]
    return show_setup(request, "editions.html", {"rows": rows}, lang)


@setup(SETUP)
def new(request: HttpRequest, lang: Lang) -> HttpResponse:
    """A draft from settings that can be changed first."""
    sent = request.POST if request.method == "POST" else None
    form = EditionForm(lang, sent, initial={"settings": edition_text(_KNOWN)})
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = setting_up.create_edition(
                told["slug"], told["settings"], actor=actor_of(request), now=timezone.now()
            )
        except Refusing as error:
            form.say(error)
        else:
            return HttpResponseRedirect(address(made))
    status = UNPROCESSABLE if form.errors else 200
    return show_setup(request, "edition_new.html", {"form": form}, lang, status)


@setup(SETUP)
def edition(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """One edition and everything it consists of."""
    return _shown(request, lang, get_object_or_404(Edition, pk=key), EndForm(lang))


@setup(SETUP)
def step(request: HttpRequest, lang: Lang, key: int, action: str) -> HttpResponse:
    """Publish the edition, or note its end; done twice it is done once."""
    one, now = get_object_or_404(Edition, pk=key), timezone.now()
    form = EndForm(lang, request.POST)
    if request.method != "POST" or (action == "koniec" and not form.is_valid()):
        return _shown(request, lang, one, form if request.method == "POST" else EndForm(lang))
    try:
        if action == "ogloszenie":
            setting_up.publish(one, actor=actor_of(request), now=now)
        else:
            on = form.cleaned_data["ended_on"]
            setting_up.end(one, on, actor=actor_of(request), now=now)
    except Refusing as error:
        messages.error(request, said(error, lang))
    else:
        messages.success(request, words(lang)["setup_saved"])
    return HttpResponseRedirect(address(one))


def address(one: Edition) -> str:
    return str(reverse("training_edition", args=[one.pk]))


def state_of(one: Edition, lang: Lang) -> str:
    return workflow("edition").statuses[one.state].name.of(lang)


def said(error: Exception, lang: Lang) -> str:
    """A refusal as one sentence."""
    sentence = getattr(error, "sentence", None)
    return sentence(lang) if sentence else str(error)


def _shown(request: HttpRequest, lang: Lang, one: Edition, form: EndForm) -> HttpResponse:
    table = workflow("stage")
    numbers = counts(one)
    context = {
        "edition": one,
        "rules": one.rules,
        "name": one.rules.name.of(lang),
        "state": state_of(one, lang),
        "can": {way.action for way in workflow("edition").actions(one.state)},
        "end_form": form,
        "stages": [
            {"stage": stage, "state": table.statuses[stage.state].name.of(lang)}
            for stage in one.stages.order_by("number")
        ],
        "counts": numbers,
        "organisers": one.rules.organisers.items(),
        "pilot": one.pilot_units.count(),
    }
    return show_setup(request, "edition.html", context, lang, UNPROCESSABLE if form.errors else 200)
