"""What an operator does here: have sources asked, end that, approve or refuse a release."""

from django.contrib import messages
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse

from smup.accounts import audit
from smup.sources.registry import PROVIDERS
from smup.store.errors import StoreError
from smup.store.pending import Pending
from smup.sync import wanted
from smup.sync.journal import Journal
from smup.sync.journal import stop as end
from smup.web.config.paths import paths
from smup.web.operations.pages import ACT, page
from smup.web.people.acting import actor_of
from smup.web.people.allowing import needs
from smup.web.people.page import lang_of
from smup.web.people.words import words

LONGEST = 500  # characters of a reason


@needs(ACT)
def ask(request: HttpRequest) -> HttpResponse:
    """Have the sources asked (``zrodlo``, several times; all, where none is named)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    chosen = request.POST.getlist("zrodlo")
    if any(one not in PROVIDERS for one in chosen):
        raise Http404
    with transaction.atomic():
        about = f"sync:{' '.join(chosen)}".rstrip(":")
        audit.record(actor_of(request), "operations.sync.asked", about)
        wanted.ask(paths().home, chosen)
    messages.success(request, words(lang_of(request))["operations_asked"])
    return HttpResponseRedirect(reverse("operations_home"))


@needs(ACT)
def stop(request: HttpRequest) -> HttpResponse:
    """End the run under way; the next one goes on where it was."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    t, holder = words(lang_of(request)), Journal(paths().home).holder()
    if holder is None:
        messages.success(request, t["operations_stop_none"])
        return HttpResponseRedirect(reverse("operations_home"))
    try:
        with transaction.atomic():  # no end without its row in the record, and no row without one
            audit.record(actor_of(request), "operations.sync.stopped", "sync")
            end(holder)
    except PermissionError:
        messages.error(request, t["operations_stop_denied"])
    else:
        messages.success(request, t["operations_stopped"])
    return HttpResponseRedirect(reverse("operations_home"))


@needs(ACT)
def decide(request: HttpRequest, release: str) -> HttpResponse:
    """Approve (``krok`` = zatwierdz) or refuse (odrzuc) the release that waits, with a reason."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    step = request.POST.get("krok", "")
    if step not in ("zatwierdz", "odrzuc"):
        raise Http404
    why = request.POST.get("why", "").strip()[:LONGEST]
    t = words(lang_of(request))
    if step == "odrzuc" and not why:
        return page(request, t["operations_why_missing"])
    actor, pending = actor_of(request), Pending(paths().home)
    try:
        with transaction.atomic():  # no decision without its row in the record
            verb = "approved" if step == "zatwierdz" else "refused"
            audit.record(actor, f"operations.release.{verb}", f"release:{release}", why=why)
            if step == "zatwierdz":
                pending.approve(release, actor.label, why)
            else:
                pending.refuse(release, actor.label, why)
    except StoreError as error:
        return page(request, str(error), why)
    messages.success(request, t[f"operations_done_{step}"].format(release=release))
    return HttpResponseRedirect(reverse("operations_home"))
