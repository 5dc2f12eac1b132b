"""Kept files as answers: saved by the browser, never shown as a page of ours."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from smup.accounts.files import open_kept
from smup.training.models import Document


def kept_file(found: Document | None) -> HttpResponse:
    """A kept document to be saved. Raises Http404 where there is none."""
    if found is None:
        raise Http404
    return saved(open_kept(found.sha256), found.media, found.name)


def saved(content: bytes, media: str, name: str) -> HttpResponse:
    """A file the browser saves and never shows as a page of ours."""
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
