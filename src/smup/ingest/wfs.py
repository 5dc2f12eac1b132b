"""Download of boundaries from the WFS of the state register of boundaries (PRG, GUGiK).

Answers are GML 3.2 in EPSG:2180. That system's first axis points north, so positions come as
northing, easting and are swapped here; an answer in the other order is recognised by its west
lying east of its east. Stored thinned to ten metres: the finest map we draw shows
a hundred, and the raw register is some hundred times larger. For that size it comes here straight
into a file and is read from there as a stream, not through ``smup.fetch``, which holds an answer in
memory and keeps its bytes.
"""

import gzip
import json
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import urlopen
from xml.etree.ElementTree import Element, ParseError

import numpy as np
import shapely
from defusedxml.ElementTree import iterparse
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from smup.ingest.boundaries import DOWNLOADED, GRID, BoundaryError, projection
from smup.store.files import write_whole
from smup.territory.units import Level

Progress = Callable[[str, int, int], None]

SERVICE = "https://mapy.geoportal.gov.pl/wss/service/PZGIK/PRG/WFS/AdministrativeBoundaries"
LAYERS: Mapping[Level, str] = {
    Level.WOJEWODZTWO: "ms:A01_Granice_wojewodztw",
    Level.POWIAT: "ms:A02_Granice_powiatow",
    Level.GMINA: "ms:A03_Granice_gmin",
}
TOLERANCE = 10.0  # metres
# Zachodniopomorskie lies far to the north-west, podkarpackie far to the south-east: with the axes
# exchanged the first would lie east of the second.
_WEST, _EAST = "32", "18"
_TIMEOUT = 120.0  # seconds without a byte
_BLOCK = 1 << 20


def download(
    out: Path,
    levels: Iterable[Level] = (Level.GMINA,),
    progress: Progress | None = None,
    service: str = SERVICE,
) -> list[Path]:
    """Fetch the layers and write them as ``boundaries/prg_wfs/<level>.geojson.gz`` below ``out``.

    The maps need gminas only: larger units are merged from them. Raises BoundaryError, a Polish
    sentence, when the service does not answer or answers with something else; nothing is written
    then.
    """
    report = progress or (lambda stage, done, total: None)
    written = []
    for level in levels:
        shapes = _upright(_shapes(level, service, report))
        path = (out / DOWNLOADED).with_name(f"{level}.geojson.gz")
        write_whole(path, _geojson(shapes))
        written.append(path)
    return written


def _shapes(level: Level, service: str, report: Progress) -> dict[str, BaseGeometry]:
    """A whole layer by code. Raises BoundaryError when it is not what the service announced."""
    announced: list[int] = []
    shapes: dict[str, BaseGeometry] = {}
    for code, shape in _features(level, service, report, announced):
        if code in shapes:
            raise BoundaryError(
                f"Usługa {_host(service)} podała granicę {code} dwa razy ({level})."
            )
        shapes[code] = shape
    if not shapes:
        raise BoundaryError(f"Usługa {_host(service)} nie podała żadnej granicy ({level}).")
    if announced and announced[0] != len(shapes):
        raise BoundaryError(
            f"Usługa {_host(service)} podała {len(shapes)} granic, a zapowiedziała {announced[0]} "
            f"({level}); nic nie zapisano. {_ADVICE}"
        )
    return shapes


def _features(
    level: Level, service: str, report: Progress, announced: list[int]
) -> Iterator[tuple[str, BaseGeometry]]:
    """Codes and polygons of a layer, page after page as the answers link them.

    ``announced`` gets the number of features the answers say the layer has, where they say it.
    """
    query = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": LAYERS[level],
        "srsName": GRID,
    }
    address: str | None = f"{service}?{urlencode(query)}"
    while address:
        with tempfile.TemporaryFile() as answer:
            _fetch(address, answer, lambda done, total: report(f"pobieranie: {level}", done, total))
            answer.seek(0)
            following = yield from _parse(answer, service, announced)
        address = urljoin(address, following) if following else None
        if address and _host(address) != _host(service):
            raise BoundaryError(f"Usługa {_host(service)} odsyła do innej: {_host(address)}.")


def _fetch(address: str, target: IO[bytes], report: Callable[[int, int], None]) -> None:
    if urlsplit(address).scheme not in ("http", "https"):
        raise BoundaryError(f"Adres usługi granic musi zaczynać się od http(s): {address}")
    try:
        with urlopen(address, timeout=_TIMEOUT) as response:
            total, done = int(response.headers.get("Content-Length") or 0), 0
            while block := response.read(_BLOCK):
                target.write(block)
                done += len(block)
                report(done, total)
    except HTTPError as error:
        raise BoundaryError(f"{_failed(address)} odpowiedź {error.code}. {_ADVICE}") from error
    except (URLError, HTTPException, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise BoundaryError(f"{_failed(address)} {reason}. {_ADVICE}") from error
    if total and done < total:
        raise BoundaryError(f"{_failed(address)} odpowiedź urwana. {_ADVICE}")


def _parse(
    answer: IO[bytes], service: str, announced: list[int]
) -> Generator[tuple[str, BaseGeometry], None, str | None]:
    """Yield the features of one answer; return the address of the next page, if it names one."""
    following = None
    try:
        for event, element in iterparse(answer, events=("start", "end")):
            name = _local(element.tag)
            if event == "start" and name == "FeatureCollection":
                following = element.get("next")
                if (count := element.get("numberMatched", "")).isdecimal():
                    announced.append(int(count))
            elif event == "end" and name == "ExceptionText":
                raise BoundaryError(f"Usługa {_host(service)} odmówiła: {element.text}")
            elif event == "end" and name in ("member", "featureMember"):
                yield _feature(element)
                element.clear()
    except (ParseError, ValueError, IndexError) as error:
        if isinstance(error, BoundaryError):
            raise
        message = f"Odpowiedź usługi {_host(service)} jest nieczytelna ({error})."
        raise BoundaryError(message) from error
    return following


def _feature(member: Element) -> tuple[str, BaseGeometry]:
    codes = [e.text for e in member.iter() if _local(e.tag) == "JPT_KOD_JE" and e.text]
    polygons = [_polygon(e) for e in member.iter() if _local(e.tag) in ("Polygon", "PolygonPatch")]
    if not codes or not polygons:
        raise ValueError("obiekt bez kodu JPT_KOD_JE albo bez granicy")
    shape = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    return codes[0].strip(), shape


def _polygon(element: Element) -> Polygon:
    rings: dict[str, list[np.ndarray]] = {"exterior": [], "interior": []}
    for side in element:
        lists = [e.text or "" for e in side.iter() if _local(e.tag) == "posList"]
        numbers = np.array(" ".join(lists).split(), dtype=np.float64)
        rings[_local(side.tag)].append(numbers.reshape(-1, 2)[:, ::-1])  # northing, easting
    return Polygon(rings["exterior"][0], rings["interior"])


def _upright(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The shapes with x to the east, whatever order of axes the service chose."""

    def easting(wojewodztwo: str) -> float:
        found = [shape.centroid.x for code, shape in shapes.items() if code[:2] == wojewodztwo]
        return float(np.mean(found)) if found else np.nan

    if easting(_WEST) > easting(_EAST):
        return {
            code: shapely.transform(shape, lambda points: points[:, ::-1])
            for code, shape in shapes.items()
        }
    return shapes


def _geojson(shapes: Mapping[str, BaseGeometry]) -> bytes:
    """Thinned, shared borders kept shared, in degrees; the same shapes give the same bytes."""
    codes = sorted(shapes)
    thinned = shapely.coverage_simplify(np.array([shapes[code] for code in codes]), TOLERANCE)
    degrees = shapely.transform(thinned, projection(GRID, "EPSG:4326"))
    features = [
        {"type": "Feature", "properties": {"terc": code}, "geometry": mapping(shape)}
        for code, shape in zip(codes, degrees, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    return gzip.compress(text.encode(), mtime=0)


_ADVICE = "Spróbuj ponownie później albo wskaż folder z plikami granic (SMUP_DATA)."


def _failed(address: str) -> str:
    return f"Nie udało się pobrać granic z {_host(address)}:"


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
