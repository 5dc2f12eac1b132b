"""The record of writes: read by people, filtered, taken along as a file."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from smup.accounts.models import Event
from smup.formats.spreadsheet import DIALECTS, csv_chunks
from smup.language import Lang
from smup.web.accounts.telling import told, verbs
from smup.web.people.allowing import needs
from smup.web.people.page import lang_of, show
from smup.web.people.words import words

PAGE = 50  # rows of a page
_FIELDS = ("at", "actor_kind", "actor_id", "actor", "what", "about", "before", "after", "why")


class FilterForm(forms.Form):
    """What to look for; all of it may be left out."""

    osoba = forms.CharField(required=False, max_length=254)
    co = forms.ChoiceField(required=False)
    czego = forms.CharField(required=False, max_length=120)
    od = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    do = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, lang: Lang, data: Any) -> None:
        super().__init__(data)
        t, said = words(lang), verbs(lang)
        for name, field in self.fields.items():
            field.label = t[f"audit_filter_{name}"]
        seen = set(Event.objects.order_by().values_list("what", flat=True).distinct())
        choices = sorted((said.get(what, what), what) for what in seen)
        everything = ("", t["audit_filter_any"])
        self.fields["co"].choices = [everything, *((what, name) for name, what in choices)]
        self.fields["czego"].widget.attrs["placeholder"] = "registration:12"

    def found(self) -> QuerySet[Event]:
        """The rows that fit, newest first; none when a filter cannot be understood."""
        rows = Event.objects.order_by("-id")
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["osoba"]:
            rows = rows.filter(actor__icontains=asked["osoba"].strip())
        if asked["co"]:
            rows = rows.filter(what=asked["co"])
        if asked["czego"]:
            rows = rows.filter(about=asked["czego"].strip())
        if asked["od"]:
            rows = rows.filter(at__gte=_midnight(asked["od"]))
        if asked["do"]:
            rows = rows.filter(at__lt=_midnight(asked["do"] + timedelta(days=1)))
        return rows


@needs("audit.read")
def audit(request: HttpRequest) -> HttpResponse:
    """A page of rows; ``przed`` is the number of the last row of the page before."""
    lang = lang_of(request)
    form = FilterForm(lang, request.GET)
    rows = form.found()
    before = request.GET.get("przed", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(id__lt=int(before))
    found = list(rows[: PAGE + 1])
    asked = request.GET.copy()
    asked.pop("przed", None)
    context = {
        "form": form,
        "rows": [told(event, lang) for event in found[:PAGE]],
        "asked": asked.urlencode(),
        "further": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
    return show(request, "accounts/audit.html", context, lang)


@needs("audit.read")
def audit_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """All rows that fit: ``csv`` in words for people, ``jsonl`` as they are kept."""
    lang = lang_of(request)
    rows = FilterForm(lang, request.GET).found().iterator(chunk_size=2_000)
    if form == "csv":
        body, media = _csv(rows, lang), "text/csv; charset=utf-8"
    elif form == "jsonl":
        body, media = _lines(rows), "application/x-ndjson"
    else:
        raise Http404
    response = StreamingHttpResponse(body, content_type=media)
    name = f"{words(lang)['audit_file_name']}-{timezone.localdate().isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(rows: Iterable[Event], lang: Lang) -> Iterator[bytes]:
    t = words(lang)
    head = [t[f"audit_{name}"] for name in ("at", "who", "what", "about", "change", "why")]
    return csv_chunks(head, (_cells(event, lang) for event in rows), DIALECTS[lang])


def _cells(event: Event, lang: Lang) -> list[str]:
    row = told(event, lang)
    changed = "; ".join(f"{one.name}: {one.before} → {one.after}" for one in row.changes)
    at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
    return [at, row.actor, row.what, event.about, changed, row.why]


def _lines(rows: Iterable[Event]) -> Iterator[bytes]:
    for event in rows:
        kept = {name: getattr(event, name) for name in _FIELDS}
        yield orjson.dumps({"id": event.pk} | kept | {"edition": event.edition}) + b"\n"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())
