"""Stages: planned, announced, and their places."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from smup.accounts.actor import Actor
from smup.language import Lang
from smup.training.actions import setting_up, staging
from smup.training.actions.admitting import availability
from smup.training.actions.stage_plans import plan_of
from smup.training.models import Edition, Stage
from smup.training.naming import queue_name
from smup.training.rules.stages import may_be_only_reserve
from smup.training.rules.workflow import workflow
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.setup.editions import said
from smup.web.training.setup.forms import Refusing, SetupForm
from smup.web.training.setup.guard import SETUP, UNPROCESSABLE, setup, show_setup
from smup.web.training.setup.stage_form import (
    FIELDS,
    PlacesForm,
    StageForm,
    initial_of,
    name_of,
    quarter_name,
)

Act = Callable[[Stage, str, Actor, datetime], object]
_STEPS: dict[str, Act] = {
    "ogloszenie": lambda stage, why, actor, now: staging.announce(stage, actor=actor, now=now),
    "cofniecie": lambda stage, why, actor, now: staging.take_back(
        stage, why=why, actor=actor, now=now
    ),
    "rezerwa": lambda stage, why, actor, now: staging.carry_reserve(stage, actor=actor, now=now),
}


@setup(SETUP)
def new(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """Plan the next stage."""
    edition = get_object_or_404(Edition, pk=key)
    form = StageForm(lang, edition.rules, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = setting_up.create_stage(
                edition, form.plan(), actor=actor_of(request), now=timezone.now()
            )
        except Refusing as error:
            form.say(error, FIELDS)
        else:
            messages.success(request, words(lang)["setup_saved"])
            return HttpResponseRedirect(address(made))
    return _shown(request, lang, edition, None, form)


@setup(SETUP)
def stage(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """One stage: its whole plan while it is planned, its places later."""
    one = get_object_or_404(Stage.objects.select_related("edition"), pk=key)
    form = _form(lang, one, request)
    if request.method == "POST" and form.is_valid():
        try:
            _change(one, form, actor_of(request), timezone.now())
        except Refusing as error:
            form.say(error, FIELDS | {f"capacities.{q}": name_of(q) for q in plan_of(one).places})
        else:
            messages.success(request, words(lang)["setup_saved"])
            return HttpResponseRedirect(address(one))
    return _shown(request, lang, one.edition, one, form)


@setup(SETUP)
def step(request: HttpRequest, lang: Lang, key: int, action: str) -> HttpResponse:
    """Announce the stage, take that back, or carry the reserve list over to it."""
    one = get_object_or_404(Stage.objects.select_related("edition"), pk=key)
    if action not in _STEPS:
        raise Http404
    if request.method == "POST":
        why = request.POST.get("why", "")
        try:
            _STEPS[action](one, why, actor_of(request), timezone.now())
        except Refusing as error:
            messages.error(request, said(error, lang))
        else:
            messages.success(request, words(lang)[f"setup_stage_done_{action}"])
    return HttpResponseRedirect(address(one))


def address(one: Stage) -> str:
    return str(reverse("training_stage", args=[one.pk]))


def _form(lang: Lang, one: Stage, request: HttpRequest) -> SetupForm:
    sent = request.POST if request.method == "POST" else None
    rules, plan = one.edition.rules, plan_of(one)
    if one.state == "planned":
        return StageForm(lang, rules, sent, initial=initial_of(plan))
    return PlacesForm(lang, rules, plan.places, sent)


def _change(one: Stage, form: SetupForm, actor: Actor, now: datetime) -> None:
    if isinstance(form, StageForm):
        setting_up.change_stage(one, form.plan(), actor=actor, now=now)
    elif isinstance(form, PlacesForm):
        why = form.cleaned_data["why"]
        setting_up.set_capacity(one, form.places(), why=why, actor=actor, now=now)


def _shown(
    request: HttpRequest, lang: Lang, edition: Edition, one: Stage | None, form: SetupForm
) -> HttpResponse:
    table = workflow("stage")
    waiting = edition.registrations.filter(status="reserve")
    counts = staging.counts(edition)
    context = {
        "edition": edition,
        "stage": one,
        "state": table.statuses[one.state].name.of(lang) if one else "",
        "can": {way.action for way in table.actions(one.state)} if one else (),
        "form": form,
        "quarters": [quarter_name(each, lang) for each in one.quarters] if one else [],
        "planned": one is None or one.state == "planned",
        "places": _places(one, lang) if one else [],
        "to_carry": waiting.filter(stage__number__lt=one.number).count() if one else 0,
        "counts": counts,
        "only_reserve_possible": may_be_only_reserve(counts, edition.rules),
        "target": edition.rules.target_units,
    }
    return show_setup(request, "stage.html", context, lang, UNPROCESSABLE if form.errors else 200)


def _places(one: Stage, lang: Lang) -> list[dict[str, object]]:
    there = availability(one)
    return [
        {
            "name": queue_name(queue, lang),
            "capacity": persons,
            "taken": there.taken.get(queue, 0),
            "waiting": there.claimed.get(queue, 0),
        }
        for queue, persons in there.capacity.items()
    ]
