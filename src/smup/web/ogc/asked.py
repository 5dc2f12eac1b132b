"""What a request asks of the face, every parameter looked up before it is used."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from django.http import HttpRequest
from shapely.geometry.base import BaseGeometry

from smup.language import Lang
from smup.store.releases import Release
from smup.web.config.page_cache import asks_for_page
from smup.web.ogc.layers import FILTERS, Layer
from smup.web.ogc.links import Links
from smup.web.open.answers import language
from smup.web.open.parameters import one_of, refuse_others, refuse_several, whole_number
from smup.web.open.problems import Problem
from smup.web.open.releasing import as_of

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
MOST = 10_000  # features of one answer: all units of any level
SHORT = 100  # rows of a page for people where they name no limit
FORMS = ("json", "html")
EVERYWHERE = ("f", "lang", "indicator", "year", "asOf")
PAGING = ("limit", "offset", "bbox", "bbox-crs", "crs", "datetime")
_DAY = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?"
)


@dataclass(frozen=True)
class Asked:
    """What any address of the face may be asked with.

    ``negotiated``: the form was chosen by the header Accept, not by the address.
    """

    release: Release
    lang: Lang
    form: str
    negotiated: bool
    links: Links
    indicator: str
    year: str


@dataclass(frozen=True)
class Part:
    """Which features of a collection: ``box`` and ``until`` are None where anything goes.

    ``box`` is two boxes where the one asked for crosses the 180th meridian; ``until`` is the last
    day of the interval asked for: units of a collection exist today, so that only their beginning
    can lie outside. ``filters`` are property -> value.
    """

    limit: int
    offset: int
    box: BaseGeometry | None
    until: date | None
    filters: Mapping[str, str]


def asked_of(request: HttpRequest, *more: str) -> Asked:
    """The common parameters; ``more`` are names this address takes besides. Raises Problem."""
    _only_known(request, (*EVERYWHERE, *more))
    form = one_of(form_of(request), FORMS, "f")
    return Asked(
        as_of(request, request.GET.get("asOf", "")),
        language(request.GET.get("lang") or "pl"),
        form,
        not request.GET.get("f"),
        Links.of(request),
        request.GET.get("indicator", ""),
        request.GET.get("year", ""),
    )


def form_of(request: HttpRequest) -> str:
    """The form named by the address, else what the reader's program understands."""
    return request.GET.get("f") or ("html" if asks_for_page(request) else "json")


def part_of(request: HttpRequest, form: str) -> Part:
    """The page and the filters of ``items``. Raises Problem 400."""
    get = request.GET.get
    for name in ("crs", "bbox-crs"):
        one_of(get(name) or CRS84, [CRS84], name)
    limit = get("limit") or str(SHORT if form == "html" else MOST)
    return Part(
        min(whole_number(limit, "limit"), MOST),
        whole_number(get("offset") or "0", "offset", least=0),
        _box(get("bbox", "")),
        _until(get("datetime", "")),
        {name: request.GET[name] for name in FILTERS if name in request.GET},
    )


def layer_of(layers: Mapping[str, Layer], name: str) -> Layer:
    """Raises Problem 404 for what is no collection."""
    if name not in layers:
        raise Problem(404, f"Nie ma kolekcji „{name[:40]}”.", "collectionId", list(layers))
    return layers[name]


def _only_known(request: HttpRequest, allowed: Sequence[str]) -> None:
    """Clients that add the parameters of a connection to every address may say them twice."""
    refuse_others(request, allowed)
    for name, values in request.GET.lists():
        refuse_several(name, list(set(values)))


def _box(text: str) -> BaseGeometry | None:
    """``west,south,east,north`` in degrees; heights, where given, say nothing of land."""
    if not text:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6) or not all(math.isfinite(one) for one in numbers):
        detail = "„bbox” to cztery liczby: zachód,południe,wschód,północ w stopniach."
        raise Problem(400, detail, "bbox", ["14.1,49.0,24.2,54.9"])
    half = len(numbers) // 2
    (west, south), (east, north) = numbers[:2], numbers[half : half + 2]
    if south > north:
        raise Problem(400, "„bbox”: południe leży na północ od północy.", "bbox")
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.union(
        shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)
    )


def _until(text: str) -> date | None:
    """The last day of a day or an interval of RFC 3339; open ends are ``..`` or empty."""
    if not text:
        return None
    first, mark, last = text.partition("/")
    if not mark:
        return _day(first, text)
    start, end = (None if one in ("", "..") else _day(one, text) for one in (first, last))
    if start is not None and end is not None and start > end:
        raise Problem(400, "„datetime”: koniec okresu jest przed początkiem.", "datetime")
    return end


def _day(text: str, whole: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    detail = f"„{whole[:60]}” nie jest dniem ani okresem, np. 2024-12-31 albo 2020-01-01/.."
    raise Problem(400, detail, "datetime", ["2024-12-31", "2020-01-01/..", "../2020-12-31"])
