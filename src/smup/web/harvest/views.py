"""The catalogue in three notations, and the list for the national portal with its checksum."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from smup.formats.bulk.datasets import Dataset, datasets
from smup.formats.bulk.listing import built, known
from smup.formats.dcat import Form, Publisher, serialized
from smup.formats.dcat import catalogue as make_catalogue
from smup.formats.harvest import Edition, harvest, md5
from smup.store.bulk import BulkFolder
from smup.store.release import Release
from smup.web.config.current import releases
from smup.web.config.edition import edition
from smup.web.config.origin import origin
from smup.web.config.paths import paths
from smup.web.harvest.services import SERVICES
from smup.web.open.problems import Problem, face
from smup.web.open.releasing import current, opened

# End of the address -> notation and media type
FORMS: dict[str, tuple[Form, str]] = {
    "jsonld": ("json-ld", "application/ld+json"),
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
}
_UNNAMED = "Podmiot prowadzący serwis"  # SMUP_OPERATOR was not given


@face()
def catalogue(request: HttpRequest, end: str = "") -> HttpResponse:
    """The data sets of the release that serves; without an end the notation of ``Accept``."""
    release = current(request)
    chosen = end or _preferred(request)
    if chosen not in FORMS:
        detail = f"Katalog ma postacie: {', '.join(f'/catalog.{one}' for one in FORMS)}."
        raise Problem(404, detail, "", [f"catalog.{one}" for one in FORMS])
    form, kind = FORMS[chosen]
    body = _serialized(release, form, _publisher(request), tuple(known(release, paths().home)))
    response = _answer(request, body, kind)
    response.headers["Vary"] = "Accept"
    return response


@face()
def harvest_xml(request: HttpRequest) -> HttpResponse:
    """Every file of every release that can be taken now."""
    return _answer(request, _document(request), "application/xml; charset=utf-8")


@face()
def harvest_md5(request: HttpRequest) -> HttpResponse:
    """The checksum of ``harvest.xml`` as it is now."""
    return _answer(request, md5(_document(request)), "text/plain; charset=utf-8")


def _document(request: HttpRequest) -> bytes:
    if current(request).synthetic:
        detail = "Danych zmyślonych nie zgłasza się do krajowego portalu."
        raise Problem(404, detail)
    at, qualified = origin(request), settings.SMUP_HARVEST_QUALIFIED
    return harvest(_editions(request), at, qualified=qualified)


def _editions(request: HttpRequest) -> Iterator[Edition]:
    """The release that serves first, then the others from the newest."""
    serving = current(request).id
    others = [one for one in reversed(releases().ids()) if one != serving]
    for name in (serving, *others):
        try:
            found, date, built_in = _contents(name)
        except Problem:  # damaged: it serves nobody
            continue
        there = built_in | BulkFolder(paths().home, name).all_made().keys()
        for one in found:
            yield Edition(one, name, date, there)


@lru_cache(512)
def _contents(name: str) -> tuple[tuple[Dataset, ...], str, frozenset[str]]:
    """Data sets, date and built-in files of a release: asked every night of every release there
    is, while only a few are kept open. Raises Problem."""
    release = opened(name, "")
    return datasets(release), str(release.manifest["date"]), frozenset(built(release))


def _preferred(request: HttpRequest) -> str:
    asked = request.headers.get("Accept", "")
    return next((end for end, (_, kind) in FORMS.items() if kind.split(";")[0] in asked), "jsonld")


def _publisher(request: HttpRequest) -> Publisher:
    named = settings.SMUP_OPERATOR or _UNNAMED
    return Publisher(named, settings.SMUP_CONTACT, origin(request))


@lru_cache(16)
def _serialized(
    release: Release, form: Form, publisher: Publisher, files: tuple[str, ...]
) -> bytes:
    """``files`` are those made so far: when there are more, the catalogue says more."""
    there = known(release, paths().home)
    graph = make_catalogue(release, datasets(release), SERVICES, there, publisher)
    return serialized(graph, form)


def _answer(request: HttpRequest, body: bytes, kind: str) -> HttpResponse:
    """Grows with the store while the release stays, so it is asked again each time."""
    etag = f'"{edition()}-{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {
        "Cache-Control": "public, no-cache",
        "ETag": etag,
        "Access-Control-Allow-Origin": "*",
    }
    response = HttpResponse(body, content_type=kind, headers=headers)
    told = get_conditional_response(request, etag=etag, response=response) or response
    told.headers["Access-Control-Allow-Origin"] = "*"  # of a 304 as well
    return told
