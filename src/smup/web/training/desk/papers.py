"""Agreements and documents of a case, and the bytes of a kept one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from smup.accounts.files import open_kept
from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.telling.naming import file_size
from smup.training.models import Document, Registration
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.guard import HOME, desk
from smup.web.training.desk.seeing import READ, Sight


def agreements_of(case: Registration, lang: Lang) -> list[dict[str, Any]]:
    """Newest first."""
    return [
        {"agreement": one, "status": naming.status_name("agreement", one.status, lang)}
        for one in case.agreements.select_related("signed").order_by("-sent_at")
    ]


def documents_of(case: Registration, lang: Lang) -> list[dict[str, Any]]:
    """Newest first, with what they are."""
    t = words(lang)
    return [
        {
            "document": one,
            "kind": t.get(f"desk_document_{one.kind}", one.kind),
            "size": file_size(one.size, lang),
            "href": Addresses(lang).page(f"{HOME}/dokument/{one.pk}"),
        }
        for one in case.documents.order_by("-at")
    ]


@desk(READ)
def document(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """A kept file of a case the person sees. Never shown by the browser as a page of ours."""
    seen = sight.registrations()
    found = Document.objects.filter(pk=key, registration__in=seen).first()
    if found is None:
        raise Http404
    try:
        content = open_kept(found.sha256)
    except FileNotFoundError as gone:
        raise Http404 from gone
    told = {"Content-Disposition": content_disposition_header(True, found.name) or "attachment"}
    return HttpResponse(content, content_type=found.media, headers=told)
