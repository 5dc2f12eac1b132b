"""The texts of letters: what each is for, its text in both languages, a preview."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from smup.accounts.roles import may
from smup.language import Lang
from smup.mailing.letter import (
    LANGS,
    Letter,
    LetterRefused,
    check,
    fields,
    letters,
    samples,
)
from smup.mailing.models import LetterText
from smup.mailing.texts import change, restore, text_of
from smup.mailing.writing import Written, write
from smup.web.people.acting import actor_of, person_of
from smup.web.people.allowing import forbidden, needs
from smup.web.people.page import lang_of, show
from smup.web.people.words import words

CHANGES = "training.setup"


class TextForm(forms.Form):
    """The text of one letter in one language."""

    subject = forms.CharField(max_length=200)
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 18}), strip=False)
    why = forms.CharField(max_length=500, required=False)

    def __init__(self, letter: Letter, lang: Lang, data: Any, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        self.letter = letter
        for name, field in self.fields.items():
            field.label = words(lang)[f"mail_letter_{name}"]

    def clean(self) -> None:
        told = self.cleaned_data
        if "subject" in told and "body" in told:
            try:
                check(self.letter, told["subject"], told["body"])
            except LetterRefused as refused:
                self.add_error("body", str(refused))


@needs("mail.read")
def letter_list(request: HttpRequest) -> HttpResponse:
    """All letters with what they are for, and which were changed here."""
    lang = lang_of(request)
    changed = set(LetterText.objects.values_list("letter", "lang"))
    rows = [
        (one.name, one.purpose[lang], [of for of in LANGS if (one.name, of) in changed])
        for one in letters().values()
    ]
    return show(request, "accounts/outbox_letters.html", {"rows": rows}, lang)


@needs("mail.read")
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter in the language ``jezyk``: its text, its fields, a preview on sample values."""
    lang = lang_of(request)
    if name not in letters():
        raise Http404
    one = letters()[name]
    of: Lang = "en" if request.GET.get("jezyk", lang) == "en" else "pl"
    now = text_of(one, of)
    person = person_of(request)
    changes = person is not None and may(person, CHANGES)
    if request.method == "POST" and not changes:
        return forbidden(request, CHANGES)
    sent = request.POST if request.method == "POST" else None
    form = TextForm(one, lang, sent, {"subject": now.subject, "body": now.body})
    if sent is not None and (done := _done(request, form, of)) is not None:
        return done
    shown = form.cleaned_data if sent is not None and form.is_valid() else form.initial
    context = {
        "one": one,
        "purpose": one.purpose[lang],
        "of": of,
        "now": now,
        "form": form,
        "changes": changes,
        "fields": [(field, fields()[field].meaning[lang]) for field in one.every_field],
        "preview": _preview(one, of, shown["subject"], shown["body"]),
    }
    wrong = sent is not None and not form.is_valid()
    return show(request, "accounts/outbox_letter.html", context, lang, 422 if wrong else 200)


def _done(request: HttpRequest, form: TextForm, of: Lang) -> HttpResponse | None:
    """What was asked for is done and leads back; None for a preview or a text to be mended."""
    t, actor = words(lang_of(request)), actor_of(request)
    asked = request.POST.get("krok")
    if asked == "przywroc":
        restore(form.letter.name, of, actor, request.POST.get("why", "").strip())
        messages.success(request, t["mail_letter_restored"])
    elif asked == "zapisz" and form.is_valid():
        told = form.cleaned_data
        change(form.letter.name, of, told["subject"], told["body"], actor, told["why"])
        messages.success(request, t["mail_letter_changed"])
    else:
        return None
    address = reverse("accounts_outbox_letter", args=[form.letter.name])
    return HttpResponseRedirect(f"{address}?jezyk={of}")


def _preview(one: Letter, of: Lang, subject: str, body: str) -> Written:
    return write(one, of, samples(one, of), subject, body)
