"""The outbox as people see it: what waits, what went out, what needs a decision."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone

from smup.accounts.roles import may, reach
from smup.language import Lang
from smup.mailing import line
from smup.mailing.models import Message
from smup.mailing.outbox import StepRefused, sendable_again, take
from smup.mailing.states import ORDER, STEPS, State, Step
from smup.mailing.way import setup
from smup.mailing.writing import masked
from smup.web.accounts.telling import subject
from smup.web.people.acting import actor_of, person_of
from smup.web.people.allowing import forbidden, needs
from smup.web.people.page import lang_of, show
from smup.web.people.words import words

PAGE = 50  # messages of a page
_TONE = {State.SENT: "good", State.FAILED: "wrong", State.UNCERTAIN: "wrong"}


@dataclass(frozen=True)
class Row:
    """A message in a list: its state in words, what it is about as a link."""

    message: Message
    state: str
    tone: str
    about: str
    href: str


class FilterForm(forms.Form):
    """What to look for; all of it may be left out."""

    stan = forms.ChoiceField(required=False)
    szukaj = forms.CharField(required=False, max_length=120)

    def __init__(self, lang: Lang, data: Any) -> None:
        super().__init__(data)
        t = words(lang)
        for name, field in self.fields.items():
            field.label = t[f"mail_filter_{name}"]
        named = [(state.value, t[f"mail_state_{state}"]) for state in ORDER]
        self.fields["stan"].choices = [("", t["mail_filter_any"]), *named]

    def found(self, among: QuerySet[Message]) -> QuerySet[Message]:
        """The messages that fit, newest first; none when the filter is not understood."""
        if not self.is_valid():
            return among.none()
        asked = self.cleaned_data
        if asked["stan"]:
            among = among.filter(state=asked["stan"])
        if said := asked["szukaj"].strip():
            among = among.filter(Q(to__icontains=said) | Q(subject__icontains=said) | Q(about=said))
        return among.order_by("-pk")


class StepForm(forms.Form):
    """Why something is done with a message."""

    why = forms.CharField(max_length=500)


@needs("mail.read")
def outbox(request: HttpRequest) -> HttpResponse:
    """A page of messages; ``przed`` is the number of the last one of the page before."""
    lang, seen = lang_of(request), _seen(request, "mail.read")
    form = FilterForm(lang, request.GET)
    found = form.found(seen)
    before = request.GET.get("przed", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    asked = request.GET.copy()
    asked.pop("przed", None)
    context = {
        "form": form,
        "rows": [_row(one, lang) for one in rows[:PAGE]],
        "asked": asked.urlencode(),
        "further": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "counts": _counted(seen, lang),
        "way": _way(lang),
        "undecided": [] if request.GET else _undecided(seen, lang),
    }
    return show(request, "accounts/outbox.html", context, lang)


@needs("mail.read")
def message(request: HttpRequest, number: int) -> HttpResponse:
    """One message whole, and what may be done with it."""
    lang = lang_of(request)
    one = get_object_or_404(_seen(request, "mail.read"), pk=number)
    refused = ""
    if request.method == "POST":
        person = person_of(request)
        if person is None or not may(person, "mail.send", one.organisation or None):
            return forbidden(request, "mail.send")
        refused = _step(request, number, lang)
        if not refused:
            return HttpResponseRedirect(request.path)
    context = {
        "one": one,
        "row": _row(one, lang),
        "text": masked(one.text),
        "attachments": one.attachments.select_related("file").order_by("pk"),
        "steps": _steps(request, one, lang),
        "refused": refused,
        "why": request.POST.get("why", ""),
    }
    return show(request, "accounts/outbox_message.html", context, lang, 422 if refused else 200)


def _step(request: HttpRequest, number: int, lang: Lang) -> str:
    """Take the step that was sent; "" or the sentence why not."""
    step: Step | None = next((one for one in STEPS if one == request.POST.get("krok")), None)
    form = StepForm(request.POST)
    if step is None or not form.is_valid():
        return words(lang)["mail_why_missing"]
    try:
        take(step, number, actor_of(request), form.cleaned_data["why"])
    except StepRefused as refused:
        return refused.sentence(lang)
    messages.success(request, words(lang)[f"mail_done_{step}"])
    return ""


def _steps(request: HttpRequest, one: Message, lang: Lang) -> list[tuple[str, str]]:
    """Steps that may be taken now, with their words."""
    person = person_of(request)
    if person is None or not may(person, "mail.send", one.organisation or None):
        return []
    possible = [step for step, (allowed, _) in STEPS.items() if one.state in allowed]
    if not sendable_again(one):
        possible = [step for step in possible if step != "again"]
    return [(step, words(lang)[f"mail_step_{step}"]) for step in possible]


def _seen(request: HttpRequest, permission: str) -> QuerySet[Message]:
    """The messages the person may see."""
    person = person_of(request)
    where = None if person is None else reach(person, permission)
    if where is None:
        return Message.objects.none()
    if where.everywhere:
        return Message.objects.all()
    return Message.objects.filter(organisation__in=where.organisations)


def _undecided(seen: QuerySet[Message], lang: Lang) -> list[Row]:
    """What only a person can settle, the oldest first."""
    return [_row(one, lang) for one in seen.filter(state=State.UNCERTAIN).order_by("pk")[:PAGE]]


def _row(one: Message, lang: Lang) -> Row:
    about, href = subject(one.about, lang)
    state = State(one.state)
    return Row(one, words(lang)[f"mail_state_{state}"], _TONE.get(state, ""), about, href)


def _counted(seen: QuerySet[Message], lang: Lang) -> list[tuple[State, str, int]]:
    found = {state: seen.filter(state=state).count() for state in ORDER}
    return [(state, words(lang)[f"mail_state_{state}"], found[state]) for state in ORDER]


def _way(lang: Lang) -> str:
    """What is wrong with the way to the mail server; "" where nothing is."""
    t, now = words(lang), timezone.now()
    if setup() is None:
        return t["mail_way_unset"]
    known = line.state()
    if known is None or now - known.seen > line.SILENT:
        return t["mail_way_silent"]
    if known.trouble:
        since = timezone.localtime(known.since).strftime("%Y-%m-%d %H:%M")
        return t["mail_way_trouble"].format(since=since, trouble=known.trouble)
    return ""
