"""Who may sign in, with which roles; inviting, switching off, a new second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from smup.accounts import people
from smup.accounts.models import Membership, Person
from smup.accounts.roles import may, table
from smup.web.accounts import letters
from smup.web.accounts.forms import InviteForm, ReasonForm, RoleForm
from smup.web.people.acting import actor_of, person_of
from smup.web.people.allowing import needs
from smup.web.people.page import lang_of, show
from smup.web.people.words import words

MANAGE = "accounts.manage"
_WITH_REASON = {
    "wylacz": people.switch_off,
    "wlacz": people.switch_on,
    "drugi-skladnik": people.reset_second_factor,
}


@needs("accounts.read")
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody, those who may sign in first."""
    lang = lang_of(request)
    found = _known().order_by("-is_active", "email").prefetch_related("memberships__organisation")
    context = {"people": found, "roles": table().roles, "manages": _manages(request)}
    return show(request, "accounts/people.html", context, lang)


@needs(MANAGE)
def invite(request: HttpRequest) -> HttpResponse:
    """A new person, or a further role for somebody who is there; the link goes by mail."""
    lang = lang_of(request)
    form = InviteForm(lang, request.POST or None)
    if form.is_valid():
        try:
            return _invited(request, form)
        except people.Refused as refused:
            form.add_error(refused.key, refused.sentence(lang))
    status = 422 if form.is_bound else 200
    return show(request, "accounts/invite.html", {"form": form}, lang, status)


def _invited(request: HttpRequest, form: InviteForm) -> HttpResponse:
    told = form.cleaned_data
    with transaction.atomic():
        who, token = people.invite(
            told["email"],
            told["role"],
            form.where,
            actor_of(request),
            name=told["name"],
            lang=told["language"],
        )
        letters.invitation(request, who, token, told["role"])
    messages.success(request, words(form.lang)["accounts_invited"].format(email=who.email))
    return _to(who)


@needs("accounts.read")
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person: roles, second factor, and what an administrator can do."""
    return _person_page(request, get_object_or_404(_known(), pk=number))


@needs(MANAGE)
def give_role(request: HttpRequest, number: int) -> HttpResponse:
    who, lang = get_object_or_404(_known(), pk=number), lang_of(request)
    form = RoleForm(lang, request.POST)
    if request.method != "POST" or not form.is_valid():
        return _person_page(request, who, role_form=form)
    people.give_role(who, form.cleaned_data["role"], form.where, actor_of(request))
    return _to(who)


@needs(MANAGE)
def take_role(request: HttpRequest, number: int, membership: int) -> HttpResponse:
    held = get_object_or_404(Membership, pk=membership, person_id=number)
    actor = actor_of(request)
    return _with_reason(request, held.person, lambda why: people.take_role(held, actor, why))


@needs(MANAGE)
def change(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Switch off or on, or reset the second factor; each with a reason."""
    who = get_object_or_404(_known(), pk=number)
    if what not in _WITH_REASON:
        raise Http404
    act = _WITH_REASON[what]
    return _with_reason(request, who, lambda why: act(who, actor_of(request), why))


@needs(MANAGE)
def new_link(request: HttpRequest, number: int) -> HttpResponse:
    """A new invitation by mail; earlier links stop working."""
    who, lang = get_object_or_404(_known(), pk=number), lang_of(request)
    held = who.memberships.first()
    if request.method != "POST" or held is None:
        return _to(who)
    try:
        with transaction.atomic():
            letters.invitation(request, who, people.fresh_link(who, actor_of(request)), held.role)
    except people.Refused as refused:
        messages.error(request, refused.sentence(lang))
    else:
        messages.success(request, words(lang)["accounts_invited"].format(email=who.email))
    return _to(who)


def _with_reason(request: HttpRequest, who: Person, act: Callable[[str], None]) -> HttpResponse:
    """Done with the reason that was sent; without one the page says what is missing."""
    lang = lang_of(request)
    form = ReasonForm(lang, request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["why"])
            return _to(who)
        except people.Refused as refused:
            messages.error(request, refused.sentence(lang))
    elif request.method == "POST":
        messages.error(request, people.REFUSALS["why"][lang])
    return _to(who)


def _person_page(
    request: HttpRequest, who: Person, role_form: RoleForm | None = None
) -> HttpResponse:
    lang = lang_of(request)
    context = {
        "who": who,
        "held": who.memberships.select_related("organisation").order_by("pk"),
        "roles": table().roles,
        "role_form": role_form or RoleForm(lang),
        "reason_form": ReasonForm(lang),
        "manages": _manages(request),
        "permissions": [said[lang] for name, said in table().permissions.items() if may(who, name)],
    }
    status = 422 if role_form is not None else 200
    return show(request, "accounts/person.html", context, lang, status)


def _known() -> QuerySet[Person]:
    factor = Authenticator.objects.filter(user=OuterRef("pk"))
    return Person.objects.annotate(second_factor=Exists(factor))


def _manages(request: HttpRequest) -> bool:
    who = person_of(request)
    return who is not None and may(who, MANAGE)


def _to(who: Person) -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts_person", args=[who.pk]))
