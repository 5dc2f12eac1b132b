"""``geometry/{level}.topojson`` and ``.geojson``: where the units of a level lie.

Outlines are no part of a release, so the topology is named by its own bytes.
"""

import hashlib

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from smup.formats import geojson, media
from smup.store.releases import Release
from smup.territory import Level
from smup.web.config.packing import codings
from smup.web.open.answers import NO_CACHE, content, head
from smup.web.open.parameters import only
from smup.web.open.problems import Problem, face
from smup.web.open.releasing import current
from smup.web.open.shapes import LEVELS, shapes_of


@face()
@only()
def topojson(request: HttpRequest, level: str) -> HttpResponse:
    """The outlines of maps as one topology: ``objects.{level}.geometries`` with ``id`` (unit code).

    404 on a server without a boundary file.
    """
    release, known = current(request), _level(level)
    path = release.topology(known)
    if path is None:
        detail = "Ten serwer nie ma pliku granic; punkty jednostek podaje plik .geojson."
        raise Problem(404, detail, "level", [f"{level}.geojson"])
    twin = path.with_name(f"{path.name}.br")
    if twin.is_file() and "br" in codings(request.headers.get("Accept-Encoding", "")):
        return _answer(request, twin.read_bytes(), {"Content-Encoding": "br"})
    return _answer(request, path.read_bytes(), {})


@face()
@only()
def features(request: HttpRequest, level: str) -> HttpResponse:
    """Units that exist today as GeoJSON: outlines, or points inside where there are none.

    ``geometries`` says which; a unit of which neither is known has no geometry.
    """
    release = current(request)
    return content(_collection(release, _level(level)), media.GEOJSON)


def _collection(release: Release, level: Level) -> bytes:
    shapes = shapes_of(release, level)
    units = [unit for unit in release.territory.of_level(level) if unit.valid_to is None]
    told = (
        (
            unit.code,
            shapes.encoded.get(unit.code),
            orjson.dumps({"code": unit.code, "name": unit.name, "kind": unit.kind.value}),
        )
        for unit in units
    )
    return geojson.collection(told, **head(release), geometries=shapes.form)


def _answer(request: HttpRequest, body: bytes, packed: dict[str, str]) -> HttpResponse:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = packed | {
        "Cache-Control": NO_CACHE,
        "Access-Control-Allow-Origin": "*",
        "ETag": etag,
        "Vary": "Accept-Encoding",
    }
    whole = HttpResponse(body, content_type=media.TOPOJSON, headers=headers)
    told: HttpResponse = get_conditional_response(request, etag=etag, response=whole)
    told.headers["Access-Control-Allow-Origin"] = "*"  # of a 304 as well
    return told


def _level(name: str) -> Level:
    if name not in LEVELS:
        detail = f"Nie ma poziomu „{name[:40]}”. Dozwolone: {', '.join(LEVELS)}."
        raise Problem(404, detail, "level", [level.value for level in LEVELS])
    return Level(name)
