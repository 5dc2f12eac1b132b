"""Taking a step with a case: once, to the case as it was seen, with nothing typed lost."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions.letters import subject
from smup.training.actions.locking import case as locked
from smup.training.models import Registration
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.case_page import case_context
from smup.web.training.desk.forms import DeskForm
from smup.web.training.desk.guard import HOME, show_desk
from smup.web.training.desk.history import told_event
from smup.web.training.desk.meanwhile import SEEN, Meanwhile, last_event, seen_of, unchanged
from smup.web.training.desk.seeing import Sight
from smup.web.training.desk.steps import Do

UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True)
class Taken:
    """Something a person wants done to a case; ``slot`` is the place of its form on the page."""

    slot: str
    name: str
    form: DeskForm
    do: Do
    under_lock: bool = True  # as in ``meanwhile.unchanged``


def take(
    request: HttpRequest, lang: Lang, sight: Sight, case: Registration, taken: Taken
) -> HttpResponse:
    """Do it, or say what is wrong. What was seen is looked at before the form: choices may have
    changed with the case."""
    form, about, seen = taken.form, subject(case), request.POST.get(SEEN, "")
    if seen != seen_of([about])[about]:
        return overtaken(request, lang, sight, case)
    if form.is_valid():
        told, actor, now = form.cleaned_data, actor_of(request), timezone.now()
        try:
            unchanged(
                locked(case),
                about,
                seen,
                lambda one: taken.do(one, told, actor, now),
                under_lock=taken.under_lock,
            )
        except (Meanwhile, NotPossible):
            return overtaken(request, lang, sight, case)
        except Refused as refused:
            form.add_error(None, refused.sentence(lang))
    if form.errors:
        context = case_context(case, sight, lang, {taken.slot: form})
        return show_desk(request, "case.html", context, lang, sight, UNPROCESSABLE)
    return _done(request, lang, sight, case, taken.name)


def address(case: Registration, lang: Lang) -> str:
    return Addresses(lang).page(f"{HOME}/zgloszenie/{case.pk}")


def overtaken(request: HttpRequest, lang: Lang, sight: Sight, case: Registration) -> HttpResponse:
    """Nothing was written: the case is no longer as the person saw it, and here is why. What was
    typed stands there to be copied."""
    case.refresh_from_db()
    event = last_event(subject(case))
    context = {
        "case": case,
        "status": naming.status_name("registration", case.status, lang),
        "event": told_event(event, lang) if event else None,
        "mine": event is not None and event.actor == actor_of(request).label,
        "typed": request.POST.get("powod") or request.POST.get("uwaga") or "",
        "href": address(case, lang),
    }
    return show_desk(request, "meanwhile.html", context, lang, sight, CONFLICT)


def gone(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """A case the person no longer sees: the second click of handing it over leads to the list.

    Raises Http404 for any other.
    """
    event = last_event(f"registration:{key}")
    if request.method != "POST" or event is None or event.actor != actor_of(request).label:
        raise Http404
    messages.success(request, words(lang)["desk_meanwhile_mine"])
    return HttpResponseRedirect(Addresses(lang).page(f"{HOME}/zgloszenia"))


def _done(
    request: HttpRequest, lang: Lang, sight: Sight, case: Registration, what: str
) -> HttpResponse:
    """To the case again, or to the list where it went to another organiser."""
    case.refresh_from_db()
    status = naming.status_name("registration", case.status, lang)
    messages.success(request, words(lang)["desk_done"].format(what=what, status=status))
    stays = sight.registrations().filter(pk=case.pk).exists()
    there = address(case, lang) if stays else Addresses(lang).page(f"{HOME}/zgloszenia")
    return HttpResponseRedirect(there)
