"""The WFS of the register of boundaries: GML 3.2 in EPSG:2180, in either order of axes, paged.

It draws the small country of ``tests.ingest.small_country``, or ``squares``: codes with the
northing and easting of a corner, in metres.
"""

from tests.contract.serving import Question, Reply
from tests.ingest.small_country import SHAPES, Ring, metres

PATH = "/wfs"
SIDE = 1000  # metres of a square
_SPACES = (
    'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:ms="http://mapserver.gis.umn.edu/"'
)
_REFUSAL = (
    '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception>'
    "<ows:ExceptionText>msWFSDispatch(): layer unknown</ows:ExceptionText>"
    "</ows:Exception></ows:ExceptionReport>"
)
Polygons = list[list[list[tuple[float, float]]]]  # polygon, ring, (easting, northing)


class Prg:
    """``page``: features in an answer, None for all. ``swapped``: easting first. ``state``:
    whole, refusal (exception report), down (503), page-of-html, half (the document ends early, its
    length agrees), cut (the connection breaks), none (no features), no-code, no-number, short (a
    feature fewer than announced), double (one feature twice in place of another), entities."""

    def __init__(
        self,
        page: int | None = None,
        swapped: bool = False,
        state: str = "whole",
        squares: dict[str, tuple[float, float]] | None = None,
    ) -> None:
        self.page, self.swapped, self.state = page, swapped, state
        self.squares = squares
        self.queries: list[dict[str, str]] = []

    def answer(self, question: Question) -> Reply:
        query = dict(question.params)
        self.queries.append(query)
        here = f"http://{question.headers['host']}{PATH}"
        match self.state:
            case "down":
                return Reply(503)
            case "refusal":
                return _xml(_REFUSAL)
            case "page-of-html":
                return _xml("<html>przerwa")
        text = self._collection(int(query.get("startIndex", 0)), here)
        if self.state == "half":
            return _xml(text[:-200])
        reply = _xml(text)
        return Reply(200, reply.body, reply.media, cut=1000) if self.state == "cut" else reply

    def _collection(self, start: int, here: str) -> str:
        country = self._country()
        codes = list(country)
        if self.state == "none":
            codes = []
        given = codes[start : None if self.page is None else start + self.page]
        following = start + len(given)
        link = f' next="{here}?startIndex={following}"' if following < len(codes) else ""
        if self.state == "short":
            given = given[:-1]
        if self.state == "double":
            given = [given[0], *given[:-1]]
        members = "".join(self._member(code, country[code]) for code in given)
        if self.state == "no-code":
            members = members.replace("JPT_KOD_JE", "KOD")
        if self.state == "no-number":
            members = members.replace("0.0 ", "x ", 1)
        entity = '<!DOCTYPE a [<!ENTITY b "c">]>' if self.state == "entities" else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>{entity}<wfs:FeatureCollection {_SPACES} '
            f'numberMatched="{len(codes)}"{link}>{members}</wfs:FeatureCollection>'
        )

    def _country(self) -> dict[str, Polygons]:
        if self.squares is None:
            return {
                code: [[[metres(p) for p in _closed(ring)] for ring in rings] for rings in polygons]
                for code, polygons in SHAPES.items()
            }
        corners = [(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE), (0, 0)]
        return {
            code: [[[(east + x, north + y) for x, y in corners]]]
            for code, (north, east) in self.squares.items()
        }

    def _member(self, code: str, polygons: Polygons) -> str:
        surfaces = "".join(
            "<gml:surfaceMember><gml:Polygon>"
            f"<gml:exterior>{self._ring(rings[0])}</gml:exterior>"
            + "".join(f"<gml:interior>{self._ring(hole)}</gml:interior>" for hole in rings[1:])
            + "</gml:Polygon></gml:surfaceMember>"
            for rings in polygons
        )
        return (
            f"<wfs:member><ms:A03_Granice_gmin><ms:JPT_KOD_JE>{code}</ms:JPT_KOD_JE>"
            f"<ms:JPT_NAZWA_>x</ms:JPT_NAZWA_><ms:msGeometry>"
            f'<gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::2180">{surfaces}</gml:MultiSurface>'
            "</ms:msGeometry></ms:A03_Granice_gmin></wfs:member>"
        )

    def _ring(self, ring: list[tuple[float, float]]) -> str:
        """Northing before easting, as EPSG:2180 has its axes."""
        pairs = (point if self.swapped else point[::-1] for point in ring)
        positions = " ".join(f"{float(a)!r} {float(b)!r}" for a, b in pairs)
        return f"<gml:LinearRing><gml:posList>{positions}</gml:posList></gml:LinearRing>"


def _closed(ring: Ring) -> Ring:
    return [*ring, ring[0]]


def _xml(text: str) -> Reply:
    return Reply(200, text.encode(), "application/gml+xml; version=3.2")
