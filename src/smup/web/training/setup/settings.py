"""Settings of an edition: its numbers as a form, all of it as YAML."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone

from smup.language import Lang
from smup.training.actions import setting_up
from smup.training.models import Edition
from smup.training.rules.changing import FIXED
from smup.training.rules.settings_text import with_values
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.setup.editions import address
from smup.web.training.setup.forms import NumbersForm, Refusing, SettingsForm, SetupForm
from smup.web.training.setup.guard import SETUP, UNPROCESSABLE, setup, show_setup


@setup(SETUP)
def numbers(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """Single values; those registrations rest on are told."""
    one = get_object_or_404(Edition, pk=key)
    form = NumbersForm(lang, one.rules, request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = with_values(one.settings, form.values())
        if (done := _changed(request, lang, one, form, text)) is not None:
            return done
    return _shown(request, lang, one, form, "numbers.html")


@setup(SETUP)
def whole(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """The settings as they are kept."""
    one = get_object_or_404(Edition, pk=key)
    sent = request.POST if request.method == "POST" else None
    form = SettingsForm(lang, sent, initial={"settings": one.settings})
    if form.is_valid():
        text = form.cleaned_data["settings"].replace("\r\n", "\n")
        if (done := _changed(request, lang, one, form, text)) is not None:
            return done
    return _shown(request, lang, one, form, "settings.html")


def _changed(
    request: HttpRequest, lang: Lang, one: Edition, form: SetupForm, text: str
) -> HttpResponse | None:
    """None where the settings were refused; the form says why."""
    why, now = form.cleaned_data["why"], timezone.now()
    try:
        setting_up.change_settings(one, text, why=why, actor=actor_of(request), now=now)
    except Refusing as error:
        form.say(error)
        return None
    messages.success(request, words(lang)["setup_saved"])
    return HttpResponseRedirect(address(one))


def _shown(
    request: HttpRequest, lang: Lang, one: Edition, form: SetupForm, template: str
) -> HttpResponse:
    fixed = one.registrations.exists()
    context = {"edition": one, "form": form, "fixed": FIXED if fixed else ()}
    return show_setup(request, template, context, lang, UNPROCESSABLE if form.errors else 200)
