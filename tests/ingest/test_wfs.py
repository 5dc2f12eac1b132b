"""Download of boundaries, from a small real server that answers as the register's service does."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely

from smup.ingest import geometry
from smup.ingest.boundaries import BoundaryError, read, stable_code
from smup.territory import Level
from tests.ingest.small_country import SHAPES, Ring, metres

Answer = tuple[int, bytes]


def pos_list(ring: Ring) -> str:
    """Northing before easting: the axis order of EPSG:2180."""
    corners = [metres(point) for point in (*ring, ring[0])]
    return " ".join(f"{north!r} {east!r}" for east, north in corners)


def member(code: str) -> str:
    polygons = "".join(
        "<gml:surfaceMember><gml:Polygon>"
        f"<gml:exterior>{linear_ring(polygon[0])}</gml:exterior>"
        + "".join(f"<gml:interior>{linear_ring(hole)}</gml:interior>" for hole in polygon[1:])
        + "</gml:Polygon></gml:surfaceMember>"
        for polygon in SHAPES[code]
    )
    return (
        f"<wfs:member><ms:A03_Granice_gmin><ms:JPT_KOD_JE>{code}</ms:JPT_KOD_JE>"
        f"<ms:JPT_NAZWA_>x</ms:JPT_NAZWA_><ms:msGeometry>"
        f'<gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::2180">{polygons}</gml:MultiSurface>'
        "</ms:msGeometry></ms:A03_Granice_gmin></wfs:member>"
    )


def linear_ring(ring: Ring) -> str:
    return f"<gml:LinearRing><gml:posList>{pos_list(ring)}</gml:posList></gml:LinearRing>"


def collection(codes: list[str], following: str | None = None) -> bytes:
    link = f' next="{following}"' if following else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:ms="http://mapserver.gis.umn.edu/"'
        f"{link}>{''.join(member(code) for code in codes)}</wfs:FeatureCollection>"
    ).encode()


REFUSAL = (
    b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception>'
    b"<ows:ExceptionText>msWFSDispatch(): layer unknown</ows:ExceptionText>"
    b"</ows:Exception></ows:ExceptionReport>"
)


class Service:
    """What the server saw, and how it answers a query."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.queries: list[dict[str, str]] = []
        self.answer: Callable[[dict[str, str]], Answer] = lambda query: (
            200,
            collection(list(SHAPES)),
        )


@pytest.fixture
def service() -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {key: found[0] for key, found in parse_qs(urlsplit(self.path).query).items()}
            running.queries.append(query)
            status, body = running.answer(query)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing on the console of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Service(f"http://127.0.0.1:{server.server_port}/wfs")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    server.shutdown()
    thread.join()
    server.server_close()


def test_gminas_land_where_they_lie(service: Service, tmp_path: Path) -> None:
    (path,) = geometry.download(tmp_path, service=service.address)
    assert path == tmp_path / "boundaries/prg_wfs/gmina.geojson.gz"
    found = read(tmp_path)
    assert found.file == "boundaries/prg_wfs/gmina.geojson.gz"
    assert set(found.gminas) == {stable_code(code) for code in SHAPES}
    for code, polygons in SHAPES.items():
        expected = shapely.union_all(
            [
                shapely.Polygon(
                    [metres(p) for p in rings[0]], [[metres(p) for p in h] for h in rings[1:]]
                )
                for rings in polygons
            ]
        )
        assert found.gminas[stable_code(code)].hausdorff_distance(expected) < 0.01


def square_of(code: str, first: float, second: float) -> bytes:
    """A gmina at a position of two numbers, in the order given."""
    corners = [(0, 0), (0, 1000), (1000, 1000), (1000, 0), (0, 0)]
    positions = " ".join(f"{first + a} {second + b}" for a, b in corners)
    ring = f"<gml:LinearRing><gml:posList>{positions}</gml:posList></gml:LinearRing>"
    return (
        f"<wfs:member><x><JPT_KOD_JE>{code}</JPT_KOD_JE>"
        f"<gml:Polygon><gml:exterior>{ring}</gml:exterior></gml:Polygon></x></wfs:member>"
    ).encode()


@pytest.mark.parametrize("swapped", [False, True])
def test_either_order_of_axes_gives_the_same_country(
    service: Service, tmp_path: Path, swapped: bool
) -> None:
    # northing and easting of Szczecin, Wrocław and Rzeszów, to some kilometres
    places = {
        "3262011": (625_000, 205_000),
        "0264011": (361_000, 362_000),
        "1863011": (245_000, 717_000),
    }
    members = b"".join(
        square_of(code, *(reversed(place) if swapped else place)) for code, place in places.items()
    )
    head, tail = collection([]).split(b"></wfs:FeatureCollection>")
    service.answer = lambda query: (200, head + b">" + members + b"</wfs:FeatureCollection>" + tail)
    geometry.download(tmp_path, service=service.address)
    gminas = read(tmp_path).gminas
    for code, (north, east) in places.items():
        centre = gminas[stable_code(code)].centroid
        assert (centre.x, centre.y) == pytest.approx((east + 500, north + 500), abs=1)


def test_the_question_is_that_of_the_contract(service: Service, tmp_path: Path) -> None:
    geometry.download(tmp_path, [Level.WOJEWODZTWO, Level.GMINA], service=service.address)
    assert [query["typeNames"] for query in service.queries] == [
        "ms:A01_Granice_wojewodztw",
        "ms:A03_Granice_gmin",
    ]
    for query in service.queries:
        assert (query["service"], query["version"], query["request"], query["srsName"]) == (
            *("WFS", "2.0.0", "GetFeature"),
            "EPSG:2180",
        )


def test_pages_are_followed_to_the_end(service: Service, tmp_path: Path) -> None:
    codes = list(SHAPES)

    def page(query: dict[str, str]) -> Answer:
        start = int(query.get("startIndex", 0))
        more = f"{service.address}?startIndex={start + 2}" if start + 2 < len(codes) else None
        return 200, collection(codes[start : start + 2], more)

    service.answer = page
    geometry.download(tmp_path, service=service.address)
    assert len(service.queries) == 3
    assert len(read(tmp_path).gminas) == len(codes)


def test_progress_counts_bytes(service: Service, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    geometry.download(tmp_path, progress=lambda *now: seen.append(now), service=service.address)
    stage, done, total = seen[-1]
    assert stage == "pobieranie: gmina"
    assert done == total == len(collection(list(SHAPES)))


def test_the_same_answer_gives_the_same_bytes(service: Service, tmp_path: Path) -> None:
    (one,) = geometry.download(tmp_path / "one", service=service.address)
    (two,) = geometry.download(tmp_path / "two", service=service.address)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((503, b""), r"Nie udało się pobrać granic z 127\.0\.0\.1:\d+: odpowiedź 503\."),
        ((200, REFUSAL), "odmówiła: .*layer unknown"),
        ((200, b"<html>przerwa"), "jest nieczytelna"),
        ((200, collection(list(SHAPES))[:-200]), "jest nieczytelna"),
        ((200, collection([])), "nie podała żadnej granicy"),
        ((200, collection(["1461011"]).replace(b"JPT_KOD_JE", b"KOD")), "bez kodu JPT_KOD_JE"),
        ((200, collection(["1461011"]).replace(b"0.0 ", b"x ", 1)), "jest nieczytelna"),
    ],
)
def test_every_failure_is_one_polish_sentence_and_leaves_no_file(
    service: Service, tmp_path: Path, answer: Answer, message: str
) -> None:
    service.answer = lambda query: answer
    with pytest.raises(BoundaryError, match=message):
        geometry.download(tmp_path, service=service.address)
    assert list(tmp_path.rglob("*.gz")) == []


def test_no_network_is_said_with_advice(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"Nie udało się pobrać .* albo wskaż folder"):
        geometry.download(tmp_path, service="http://127.0.0.1:1/wfs")


def test_an_address_that_is_no_web_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"http\(s\)"):
        geometry.download(tmp_path, service="file:///etc/passwd")
