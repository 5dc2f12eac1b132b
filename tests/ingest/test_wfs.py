"""Download of boundaries, from a server that answers as the register's service does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from smup.ingest import geometry
from smup.ingest.boundaries import BoundaryError, read, stable_code
from smup.territory import Level
from tests.contract.prg import PATH
from tests.contract.serving import Serving
from tests.ingest.small_country import SHAPES, metres


@pytest.fixture(scope="module")
def running() -> Iterator[Serving]:
    with Serving("tests.contract.prg:Prg") as server:
        yield server


@pytest.fixture
def server(running: Serving) -> Serving:
    running.change(page=None, swapped=False, state="whole", squares=None, queries=[])
    return running


def download(server: Serving, out: Path, levels: tuple[Level, ...] = (Level.GMINA,)) -> Path:
    return geometry.download(out, levels, service=server.address + PATH)[-1]


@pytest.mark.parametrize("page", [None, 2, 1])
def test_gminas_land_where_they_lie(server: Serving, tmp_path: Path, page: int | None) -> None:
    server.change(page=page)
    path = download(server, tmp_path)
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
    assert len(server.read("queries")) == {None: 1, 2: 3, 1: 6}[page]


@pytest.mark.parametrize("swapped", [False, True])
def test_either_order_of_axes_gives_the_same_country(
    server: Serving, tmp_path: Path, swapped: bool
) -> None:
    # northing and easting of Szczecin, Wrocław and Rzeszów, to some kilometres
    places = {
        "3262011": (625_000, 205_000),
        "0264011": (361_000, 362_000),
        "1863011": (245_000, 717_000),
    }
    server.change(squares=places, swapped=swapped)
    download(server, tmp_path)
    gminas = read(tmp_path).gminas
    for code, (north, east) in places.items():
        centre = gminas[stable_code(code)].centroid
        assert (centre.x, centre.y) == pytest.approx((east + 500, north + 500), abs=1)


def test_the_question_is_that_of_the_contract(server: Serving, tmp_path: Path) -> None:
    download(server, tmp_path, (Level.WOJEWODZTWO, Level.GMINA))
    queries = server.read("queries")
    assert [query["typeNames"] for query in queries] == [
        "ms:A01_Granice_wojewodztw",
        "ms:A03_Granice_gmin",
    ]
    for query in queries:
        assert (query["service"], query["version"], query["request"], query["srsName"]) == (
            *("WFS", "2.0.0", "GetFeature"),
            "EPSG:2180",
        )


def test_progress_counts_bytes(server: Serving, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    geometry.download(
        tmp_path, progress=lambda *now: seen.append(now), service=server.address + PATH
    )
    stage, done, total = seen[-1]
    assert stage == "pobieranie: gmina"
    assert done == total > 1000


def test_the_same_answer_gives_the_same_bytes(server: Serving, tmp_path: Path) -> None:
    one, two = (download(server, tmp_path / name) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("down", r"Nie udało się pobrać granic z 127\.0\.0\.1:\d+: odpowiedź 503\."),
        ("refusal", "odmówiła: .*layer unknown"),
        ("page-of-html", "jest nieczytelna"),
        ("half", "jest nieczytelna"),
        ("cut", "odpowiedź urwana"),
        ("none", "nie podała żadnej granicy"),
        ("no-code", "bez kodu JPT_KOD_JE"),
        ("no-number", "jest nieczytelna"),
        ("entities", "jest nieczytelna"),
        ("short", "podała 5 granic, a zapowiedziała 6"),
        ("double", "podała granicę 1401012 dwa razy"),
    ],
)
def test_every_failure_is_one_polish_sentence_and_leaves_the_old_file(
    server: Serving, tmp_path: Path, state: str, message: str
) -> None:
    path = download(server, tmp_path)
    before = path.read_bytes()
    server.change(state=state)
    with pytest.raises(BoundaryError, match=message):
        download(server, tmp_path)
    assert list(tmp_path.rglob("*.gz")) == [path]
    assert path.read_bytes() == before


def test_no_network_is_said_with_advice(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"Nie udało się pobrać .* albo wskaż folder"):
        geometry.download(tmp_path, service="http://127.0.0.1:1/wfs")


def test_an_address_that_is_no_web_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"http\(s\)"):
        geometry.download(tmp_path, service="file:///etc/passwd")
