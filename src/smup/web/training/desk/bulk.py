"""Many cases at once: first every one is shown with what would happen, then it is done."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from smup.accounts.actor import Actor
from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions.finding import whole
from smup.training.actions.letters import subject
from smup.training.actions.locking import case as locked
from smup.training.models import Registration
from smup.training.rules.refusal import Refused
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.bulk_steps import BULK, BulkStep
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.meanwhile import SEEN, Meanwhile, seen_of, unchanged
from smup.web.training.desk.seeing import READ, Sight

_DIGITS = 19  # of a number no database has
MOST = 500  # cases in one go
Shown = dict[str, Any]


@desk(READ)
def bulk(request: HttpRequest, lang: Lang, sight: Sight) -> HttpResponse:
    """Look, and with ``potwierdzam`` do."""
    back = _back(request, lang)
    if request.method != "POST":
        return HttpResponseRedirect(back)
    step = BULK.get(request.POST.get("czynnosc", ""))
    if step is None:
        raise Http404
    found = list(_chosen(request, sight))
    if not found:
        messages.warning(request, words(lang)["desk_bulk_nothing"])
        return HttpResponseRedirect(back)
    confirmed = "potwierdzam" in request.POST
    rows = (
        _done(request, found, step, sight, lang) if confirmed else _looked(found, step, sight, lang)
    )
    good = sum(not one["why_not"] for one in rows)
    context = {
        "done": confirmed,
        "step": request.POST["czynnosc"],
        "name": words(lang)[f"desk_bulk_{request.POST['czynnosc']}"],
        "rows": rows,
        "good": good,
        "good_words": naming.counted(good, "desk_forms_cases", lang),
        "left": len(rows) - good,
        "back": back,
    }
    return show_desk(request, "bulk.html", context, lang, sight)


def _chosen(request: HttpRequest, sight: Sight) -> QuerySet[Registration]:
    keys = [
        int(key) for key in request.POST.getlist("id")[:MOST] if key.isdecimal() and len(key) < 19
    ]
    found = whole(sight.registrations().filter(pk__in=keys)).prefetch_related("checks")
    return found.order_by("number")


def _looked(found: list[Registration], step: BulkStep, sight: Sight, lang: Lang) -> list[Shown]:
    seen = seen_of(map(subject, found))
    return [_row(one, lang, _why_not(one, step, sight, lang), seen[subject(one)]) for one in found]


def _why_not(case: Registration, step: BulkStep, sight: Sight, lang: Lang) -> str:
    if not sight.may(step.permission, case.organiser_id):
        return words(lang)["desk_bulk_not_yours"]
    return step.why_not(case, lang)


def _done(
    request: HttpRequest, found: list[Registration], step: BulkStep, sight: Sight, lang: Lang
) -> list[Shown]:
    """Each in a transaction of its own: one that cannot be done stops no other."""
    actor, now, rows = actor_of(request), timezone.now(), []
    for one in found:
        why_not = _why_not(one, step, sight, lang)
        if not why_not:
            why_not = _do(one, request.POST.get(f"{SEEN}-{one.pk}", ""), step, actor, now, lang)
        one.refresh_from_db(fields=("status",))
        rows.append(_row(one, lang, why_not))
    return rows


def _do(
    case: Registration, seen: str, step: BulkStep, actor: Actor, now: datetime, lang: Lang
) -> str:
    """Why it was not done, "" where it was."""
    try:
        unchanged(
            locked(case),
            subject(case),
            seen,
            lambda one: step.do(one, actor, now),
            under_lock=step.locked,
        )
    except Meanwhile:
        return words(lang)["desk_meanwhile"]
    except Refused as refused:
        return refused.sentence(lang)
    return ""


def _row(case: Registration, lang: Lang, why_not: str, seen: str = "") -> Shown:
    return {
        "case": case,
        "href": Addresses(lang).page(f"{HOME}/zgloszenie/{case.pk}"),
        "status": naming.status_name("registration", case.status, lang),
        "why_not": why_not,
        "seen": seen,
    }


def _back(request: HttpRequest, lang: Lang) -> str:
    """The list the person came from."""
    asked = request.POST.get("powrot", "")
    own = Addresses(lang).page(f"{HOME}/zgloszenia")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe and asked.startswith(own) else own
