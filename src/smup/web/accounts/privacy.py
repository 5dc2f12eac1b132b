"""What is held of a person: found by e-mail, given out, erased with a reason.

An e-mail is sent in a form, never in an address: addresses are kept by browsers and logs.
"""

from typing import Any

import orjson
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from smup.accounts import audit as record
from smup.accounts import personal
from smup.accounts.roles import may
from smup.language import Lang
from smup.web.people.acting import actor_of, person_of
from smup.web.people.allowing import needs
from smup.web.people.page import lang_of, show
from smup.web.people.words import words

READ, ERASE = "personal.read", "personal.erase"
_ABOUT = "personal:"  # of the record: whose data it was is not written down again


class SearchForm(forms.Form):
    """Whose data."""

    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def __init__(self, lang: Lang, data: Any = None) -> None:
        super().__init__(data)
        self.fields["email"].label = words(lang)["privacy_email"]


class EraseForm(SearchForm):
    """Whose data to erase and why, confirmed."""

    why = forms.CharField(max_length=500)
    sure = forms.BooleanField()

    def __init__(self, lang: Lang, data: Any = None) -> None:
        super().__init__(lang, data)
        t = words(lang)
        self.fields["email"].widget = forms.HiddenInput()
        self.fields["why"].label, self.fields["sure"].label = t["privacy_why"], t["privacy_sure"]


@needs(READ)
def privacy(request: HttpRequest) -> HttpResponse:
    """Purposes of holding data; with an e-mail, what is held of that person."""
    lang = lang_of(request)
    form = SearchForm(lang, request.POST or None)
    if form.is_valid():
        return _found(request, form.cleaned_data["email"], EraseForm(lang, None))
    context = {"form": form, "holders": personal.purposes(lang)}
    return show(request, "accounts/privacy.html", context, lang, 422 if form.is_bound else 200)


@needs(READ)
def export(request: HttpRequest) -> HttpResponse:
    """All that is held of a person, as one JSON file."""
    form = SearchForm(lang_of(request), request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("accounts_privacy"))
    held = personal.export(form.cleaned_data["email"])
    with transaction.atomic():
        counts = {name: len(records) for name, records in held.items()}
        record.record(actor_of(request), "accounts.personal.exported", _ABOUT, after=counts)
    told = {
        "email": form.cleaned_data["email"],
        "at": timezone.localtime().isoformat(timespec="seconds"),
        "purposes": {
            holder.id: {
                "what": holder.what,
                "purpose": holder.purpose,
                "retention": holder.retention,
                "records": held.get(holder.id, []),
            }
            for holder in personal.holders()
        },
    }
    body = orjson.dumps(told, option=orjson.OPT_INDENT_2)
    response = HttpResponse(body, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="dane-osoby.json"'
    return response


@needs(ERASE)
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what the law does not make us keep."""
    lang = lang_of(request)
    form = EraseForm(lang, request.POST)
    if not form.is_valid():
        email = SearchForm(lang, request.POST)
        if email.is_valid() and request.method == "POST":
            return _found(request, email.cleaned_data["email"], form)
        return HttpResponseRedirect(reverse("accounts_privacy"))
    actor, why = actor_of(request), form.cleaned_data["why"]
    with transaction.atomic():
        counts = personal.erase(form.cleaned_data["email"], actor, why)
        touched = {name: count for name, count in counts.items() if count}
        record.record(actor, "accounts.personal.erased", _ABOUT, after=touched, why=why)
    messages.success(request, words(lang)["privacy_erased"])
    return HttpResponseRedirect(reverse("accounts_privacy"))


def _found(request: HttpRequest, email: str, form: EraseForm) -> HttpResponse:
    lang, who = lang_of(request), person_of(request)
    held = personal.export(email)
    if not form.is_bound:
        form.initial = {"email": email}
    context = {
        "email": email,
        "form": form,
        "may_erase": who is not None and may(who, ERASE),
        "holders": [
            {**told, "records": [_pairs(one) for one in held[told["id"]]]}
            for told in personal.purposes(lang)
            if told["id"] in held
        ],
    }
    return show(request, "accounts/held.html", context, lang, 422 if form.is_bound else 200)


def _pairs(one: dict[str, object]) -> list[tuple[str, object]]:
    return [(name, value) for name, value in one.items() if value not in (None, "", [])]
