"""``/szkolenia/zgloszenie``: a draft is begun, filled in step by step, and sent."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.accounts import links
from smup.language import Lang
from smup.mailing.letter import LetterRefused
from smup.telling.addresses import Addresses
from smup.training.actions import drafting, submitting
from smup.training.actions.letters import PURPOSE, subject
from smup.training.models import Registration
from smup.training.rules.refusal import Refusal, Refused
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.current import recruitment
from smup.web.training.form.choosing import as_typed
from smup.web.training.form.fields import (
    PICKED,
    UNIT,
    to_keep,
    typed_in,
    without_person,
)
from smup.web.training.form.pages import PATH, Filling, page
from smup.web.training.form.steps import LAST, STEPS, Step, step_of
from smup.web.training.form.turns import Turns
from smup.web.training.page import nothing, show_training
from smup.web.training.public.views import stage_told
from smup.web.training.reading import whole_number

SECRET, STEP, SHOWN = "szkic", "krok", "strona"
ON, BACK, SAVE, SEND, LINK, REMOVE = "dalej", "wstecz", "zapisz", "wyslij", "link", "usun"
EMAIL = "na_adres"  # where the link to the draft goes
_FROM_DRAFT = timedelta(days=1)  # for so long the secret of a sent form leads to its registration
_STATUS_HOURS = 2  # of the link that sending answers with; the letter brings one that lasts
# A worker has one form in hand. All forms wait for one lock (``actions.locking``), and whoever
# holds it would share the interpreter with those who could only join the queue: a third fewer
# forms a second.
_TURNS = Turns()


def form(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The form, by what the address or the sent fields say."""
    now = timezone.now()  # arrival: before anything else is done
    if request.method == "POST":
        return _sent(request, lang, now)
    secret = request.GET.get(SECRET, "")
    if secret:
        return _shown(request, lang, secret, now)
    if request.GET.get("nowe"):
        return _begun(request, lang, now)
    return _introduction(request, lang, now)


def _introduction(request: HttpRequest, lang: Lang, now: datetime) -> HttpResponse:
    found = recruitment(now)
    if found is None:
        return nothing(request, lang)
    context = {
        "stage_told": stage_told(found.stage, found, lang),
        "begin": Addresses(lang).page(PATH, nowe=1),
    }
    return show_training(request, "form/introduction.html", context, lang, found.rules)


def _begun(request: HttpRequest, lang: Lang, now: datetime) -> HttpResponse:
    found = recruitment(now)
    if found is None:
        return nothing(request, lang)
    secret = drafting.begin(found.edition, lang, now)
    return page(_filling(request, lang, secret, now, {}), STEPS[0])


def _shown(request: HttpRequest, lang: Lang, secret: str, now: datetime) -> HttpResponse:
    try:
        filling = _filling(request, lang, secret, now, {})
    except drafting.DraftGone:
        return _gone(request, lang, secret, now)
    step = step_of(request.GET.get(STEP, filling.draft.step))
    said = words(lang)["form_link_sent"] if "wyslano" in request.GET else ""
    return page(filling, step, said=said)


def _gone(request: HttpRequest, lang: Lang, secret: str, now: datetime) -> HttpResponse:
    """A draft that is no longer there was sent, or its time is over."""
    sent = Registration.objects.filter(draft_key=drafting.digest(secret)).first()
    if sent is not None and now - sent.arrived_at < _FROM_DRAFT:
        return _to_status(sent, lang, now)
    context = {"sent": sent is not None, "begin": Addresses(lang).page(PATH, nowe=1)}
    found = recruitment(now)
    rules = found.rules if found else None
    return show_training(request, "form/gone.html", context, lang, rules, status=410)


def _sent(request: HttpRequest, lang: Lang, now: datetime) -> HttpResponse:
    if request.POST.get(STEP) != SEND:
        return _taken(request, lang, now)
    with _TURNS.one():
        return _taken(request, lang, now)


def _taken(request: HttpRequest, lang: Lang, now: datetime) -> HttpResponse:
    secret, what = request.POST.get(SECRET, ""), request.POST.get(STEP, ON)
    new = typed_in(request.POST.dict())
    try:
        filling = _filling(request, lang, secret, now, _with_unticked(new, what))
    except drafting.DraftGone:
        return _after_the_end(request, lang, secret, new, now)
    if what == SEND:
        return _send(filling)
    step = step_of(request.POST.get(SHOWN, "1"))
    if what == BACK:
        return _kept(filling, step_of(max(step.number - 1, 1)))
    if what == SAVE:
        return _kept(filling, step)
    if what == LINK:
        return _link(filling, step, request.POST.get(EMAIL, ""))
    if what.startswith(REMOVE):
        return _removed(filling, step, what)
    return _on(filling, step)


def _filling(
    request: HttpRequest, lang: Lang, secret: str, now: datetime, new: dict[str, str]
) -> Filling:
    """The draft with what was typed now. Raises DraftGone."""
    draft = drafting.find(secret, now)
    return Filling(request, lang, secret, draft, {**draft.data, **new}, now)


def _with_unticked(new: dict[str, str], what: str) -> dict[str, str]:
    """Browsers say nothing of boxes that are not ticked."""
    return {"akceptuje": "", "oswiadcza": "", **new} if what == SEND else new


def _on(filling: Filling, step: Step) -> HttpResponse:
    """To the next step, once this one breaks no rule."""
    refusals = filling.refusals_of(step)
    if refusals:
        _keep(filling, step)
        return page(filling, step, refusals, status=400)
    return _kept(filling, step_of(min(step.number + 1, LAST.number)))


def _kept(filling: Filling, step: Step) -> HttpResponse:
    """Save, and show a step under its own address, so that going back does no harm."""
    _keep(filling, step)
    return _see(filling.address(step))


def _keep(filling: Filling, step: Step) -> None:
    typed = dict(filling.typed)
    if unit := filling.chosen.unit:
        typed = {**typed, UNIT: as_typed(unit, filling.lang), PICKED: ""}
    reached = max(filling.draft.step, step.number)
    drafting.save(filling.secret, to_keep(typed), reached, filling.now)


def _link(filling: Filling, step: Step, email: str) -> HttpResponse:
    _keep(filling, step)
    try:
        drafting.send_link(filling.secret, email, filling.now)
    except LetterRefused:
        return page(filling, step, [Refusal(9, "email_invalid", "stage")], status=400)
    return _see(filling.address(step) + "&wyslano=1")


def _removed(filling: Filling, step: Step, what: str) -> HttpResponse:
    number = whole_number(what.removeprefix(f"{REMOVE}-"), 2)
    if number:
        filling = replace(filling, typed=without_person(filling.typed, number))
    return _kept(filling, step)


def _send(filling: Filling) -> HttpResponse:
    try:
        registration = submitting.submit(
            filling.secret,
            filling.form,
            lang=filling.lang,
            actor=actor_of(filling.request),
            now=filling.now,
            draft=filling.draft,
        )
    except Refused as refused:
        _keep(filling, LAST)
        return page(filling, LAST, refused.refusals, status=400)
    return _to_status(registration, filling.lang, filling.now)


def _after_the_end(
    request: HttpRequest, lang: Lang, secret: str, new: dict[str, str], now: datetime
) -> HttpResponse:
    """The draft is gone: the form was sent before, or what was typed now begins a new draft."""
    sent = Registration.objects.filter(draft_key=drafting.digest(secret)).exists()
    found = recruitment(now)
    if sent or found is None or not any(new.values()):
        return _gone(request, lang, secret, now)
    fresh = drafting.begin(found.edition, lang, now)
    filling = _filling(request, lang, fresh, now, new)
    step = step_of(request.POST.get(SHOWN, "1"))
    _keep(filling, step)
    return page(filling, step, said=words(lang)["form_draft_renewed"], status=409)


def _to_status(registration: Registration, lang: Lang, now: datetime) -> HttpResponse:
    token = links.issue(PURPOSE, subject(registration), _STATUS_HOURS, once=False, now=now)
    return _see(Addresses(lang).page("/szkolenia/moje", klucz=token))


def _see(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
