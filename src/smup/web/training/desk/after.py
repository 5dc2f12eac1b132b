"""After and beside a training: certificates, materials, free listeners."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.language import Lang
from smup.training.actions import certifying, handing_out, listening, notices
from smup.training.actions.attending import fresh
from smup.training.models import Certificate, FreeListener, Material
from smup.training.rules.refusal import Refused
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.forms import HandingOut, Reasoned
from smup.web.training.desk.guard import desk, show_desk
from smup.web.training.desk.seeing import ATTEND, SCHEDULE, Sight
from smup.web.training.desk.training import address, may_attend, training_of

Shown = dict[str, Any]


@desk(ATTEND)
def certificates(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """Who is entitled to a certificate and who is not and why; all entitled get theirs at once."""
    found = training_of(sight, key)
    if not may_attend(sight, found):
        return forbidden(request, ATTEND)
    if request.method == "POST":
        done = _issue_all(request, found)
        said = naming.counted(done, "desk_forms_certificates", lang)
        messages.success(request, f"{words(lang)['desk_issued']}: {said}.")
        return HttpResponseRedirect(address(found, lang, "/certyfikaty"))
    given = {one.enrolment_id: one for one in _given(found)}
    rows = [_row(one, given, lang) for one in notices.enrolled(found)]
    entitled = sum(one["entitled"] for one in rows)
    context = {
        "training": found,
        "here": address(found, lang),
        "rows": rows,
        "entitled": entitled,
        "entitled_words": naming.counted(entitled, "desk_forms_certificates", lang),
    }
    return show_desk(request, "certificates.html", context, lang, sight)


@desk(ATTEND)
def withdraw_certificate(
    request: HttpRequest, lang: Lang, sight: Sight, key: int, certificate: int
) -> HttpResponse:
    """Its code says from now on that it does not count."""
    found = training_of(sight, key)
    one: Certificate | None = _given(found).filter(pk=certificate).first()
    if one is None:
        raise Http404
    if not may_attend(sight, found):
        return forbidden(request, ATTEND)
    form = Reasoned(lang, request.POST)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["powod"]
        certifying.withdraw(one, why=why, actor=actor_of(request), now=timezone.now())
        messages.success(request, words(lang)["desk_certificate_withdrawn"])
    elif request.method == "POST":
        messages.warning(request, words(lang)["desk_reason_missing"])
    return HttpResponseRedirect(address(found, lang, "/certyfikaty"))


@desk(SCHEDULE, ATTEND)
def materials(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """Files for those who take part: put one up, take one down."""
    found = training_of(sight, key)
    if not (may_attend(sight, found) or sight.may(SCHEDULE, found.organiser_id)):
        return forbidden(request, SCHEDULE)
    form, actor, now = HandingOut(lang), actor_of(request), timezone.now()
    if request.method == "POST" and "usun" in request.POST:
        one = _material(found.pk, request.POST["usun"])
        handing_out.remove(one, actor=actor, now=now)
        return HttpResponseRedirect(address(found, lang, "/materialy"))
    if request.method == "POST":
        form = HandingOut(lang, request.POST, request.FILES)
        if form.is_valid():
            title, file = form.cleaned_data["nazwa"], form.cleaned_data["material"]
            try:
                handing_out.add(
                    found.edition, found, title, file.read(), file.name, actor=actor, now=now
                )
                messages.success(request, words(lang)["desk_material_added"])
                return HttpResponseRedirect(address(found, lang, "/materialy"))
            except Refused as refused:
                form.add_error("material", refused.sentence(lang))
    rows = found.materials.select_related("document").order_by("pk")
    context = {"training": found, "here": address(found, lang), "form": form, "materials": rows}
    status = 422 if form.errors else 200
    return show_desk(request, "materials.html", context, lang, sight, status)


@desk(SCHEDULE)
def forget_listener(
    request: HttpRequest, lang: Lang, sight: Sight, key: int, listener: int
) -> HttpResponse:
    """Take a free listener off the list and forget them."""
    found = training_of(sight, key)
    one: FreeListener | None = found.free_listeners.filter(pk=listener).first()
    if not sight.may(SCHEDULE, found.organiser_id):
        return forbidden(request, SCHEDULE)
    if request.method == "POST" and one is not None:
        listening.leave(one, actor=actor_of(request), now=timezone.now())
        messages.success(request, words(lang)["desk_listener_forgotten"])
    return HttpResponseRedirect(address(found, lang))


def _issue_all(request: HttpRequest, training: Any) -> int:
    """How many certificates were given now; who is not entitled stays as they were."""
    given, done = {one.enrolment_id for one in _given(training)}, 0
    for one in notices.enrolled(training):
        if one.pk in given:
            continue
        try:
            certifying.issue(one, actor=actor_of(request), now=timezone.now())
        except Refused:
            continue
        done += 1
    return done


def _given(training: Any) -> Any:
    return Certificate.objects.filter(enrolment__training=training).select_related("document")


def _row(one: Any, given: dict[int, Certificate], lang: Lang) -> Shown:
    certificate = given.get(one.pk)
    refusals = () if certificate else certifying.refusals_of(fresh(one))
    return {
        "person": one.participant,
        "case": one.participant.registration,
        "certificate": certificate,
        "code": certifying.in_groups(certificate.code) if certificate else "",
        "why_not": [each.sentence(lang) for each in refusals],
        "entitled": certificate is None and not refusals,
    }


def _material(training: int, key: str) -> Material:
    found: Material | None = None
    if key.isdecimal() and len(key) < 19:
        found = Material.objects.filter(training=training, pk=int(key)).first()
    if found is None:
        raise Http404
    return found
