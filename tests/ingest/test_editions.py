"""The next edition of the units: from the active one and one register, put into force whole."""

import csv
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import shapely

from smup.ingest import territory as builder
from smup.ingest.edition_report import EditionReport
from smup.ingest.edition_store import EditionStore
from smup.ingest.editions import editions_of, newest_day
from smup.ingest.outline_changes import changed_outlines
from smup.ingest.terc import TercError, read_editions
from smup.store.snapshots import Snapshots
from smup.territory import Kind, Level, TerritoryError, load_territory, load_tiles
from tests.contract.teryt import zipped
from tests.ingest.small_country import KNOWN_YEARS, TERC_2022, feature_collection, write_data

DAY = date(2023, 1, 1)
# Gajówka becomes Gaj again, the enclave Bór ends, 140104 would return under its old code.
TERC_2023 = (
    TERC_2022.replace("2022-01-01", "2023-01-01")
    .replace("Gajówka", "Gaj Nowy")
    .replace("14;01;02;1;Bór;gmina miejska;2023-01-01\n", "")
    .replace("14;02;02;2;Nowa;gmina wiejska", "14;02;02;1;Nowa;gmina miejska")
    + "10;01;02;2;Polana;gmina wiejska;2023-01-01\n"
)
SUCCESSIONS = """\
# wymyślone
level,from_unit,to_unit,date,what,territory_of,share_population,share_area,source,note
gmina,140201,140202,2021-01-01,split,,,,wymyślone,wymyślone
"""
NUMBERS = "code,number\nPL,1\n10,2\n14,3\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = write_data(tmp_path_factory.mktemp("data"))
    folder = tmp_path_factory.mktemp("made")
    (folder / "known_years.csv").write_text(KNOWN_YEARS, "utf-8")
    builder.build(data, folder)
    (folder / "successions.csv").write_text(SUCCESSIONS, "utf-8")
    (folder / "numbers.csv").write_text(NUMBERS, "utf-8")
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> EditionStore:
    return EditionStore(Path(shutil.copytree(made, tmp_path / "territory")), tmp_path / "home")


def prepare(store: EditionStore, text: str = TERC_2023, **options: bool) -> EditionReport:
    return store.prepare("TERC.csv", text.encode(), **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_a_folder_remembers_its_registers(tmp_path: Path, made: Path) -> None:
    data = write_data(tmp_path / "data")
    told = editions_of(made, load_territory(made))
    real = read_editions(data / "teryt")
    assert [(e.day, e.file, e.units) for e in told] == [(e.day, e.file, e.units) for e in real]


def test_what_changes_is_told(store: EditionStore) -> None:
    found = prepare(store).as_dict()
    assert (found["day"], found["before"]) == ("2023-01-01", "2022-01-01")
    assert found["created"] == [{"unit": "100102", "name": "Polana", "day": "2023-01-01"}]
    assert found["abolished"] == [{"unit": "140102", "name": "Bór", "day": "2023-01-01"}]
    assert found["renamed"] == [{"unit": "140103", "before": "Gajówka", "now": "Gaj Nowy"}]
    assert found["kind"] == [{"unit": "140202", "before": "gmina-wiejska", "now": "gmina-miejska"}]
    assert found["counts"] == {"wojewodztwa": 2, "powiaty": 3, "miasta": 1, "gminy": 7}
    assert found["without_outline"] == ["100102", "140202"]
    assert found["borders"] is None
    assert any("successions.csv" in line and "Polana" in line for line in found["to_do"])


def test_the_edition_waits_and_the_active_one_stays(store: EditionStore) -> None:
    before = contents(store.active)
    report = prepare(store)
    assert contents(store.active) == before
    assert store.waiting() == [DAY]
    folder = store.folder / "2023-01-01"
    assert json.loads((folder / "report.json").read_bytes()) == json.loads(
        json.dumps(report.as_dict())
    )
    new = load_territory(folder)
    assert new.units["100102"].valid_from == DAY
    assert new.units["140102"].valid_to == DAY
    assert new.units["140202"].kind is Kind.GMINA_MIEJSKA
    # the BDL id of a gmina is its powiat's and its own number and kind (contract 1.5)
    assert new.units["140202"].bdl_gmina == "071411102021"
    assert new.units["100102"].bdl_gmina == "071011101022"
    assert new.neighbours["140101", Level.GMINA] == ("140103", "140201")
    tiles = load_tiles(folder)[Level.GMINA]
    assert "100102" in tiles
    assert "140102" not in tiles


def test_a_dry_run_writes_nothing(store: EditionStore) -> None:
    assert prepare(store, dry_run=True).day == DAY
    assert store.held() == []
    assert not (store.home / "snapshots").exists()


def test_the_register_is_kept_and_named(store: EditionStore) -> None:
    report = store.prepare("TERC_2023.zip", zipped("TERC", TERC_2023))
    assert Snapshots(store.home / "snapshots").read(report.register.sha256) == zipped(
        "TERC", TERC_2023
    )


def test_activation_is_whole_and_undone_by_the_same_command(store: EditionStore) -> None:
    before = contents(store.active)
    prepare(store)
    waiting = contents(store.folder / "2023-01-01")
    tried = store.activate(DAY, dry_run=True)
    assert contents(store.active) == before
    done = store.activate(DAY)
    assert tried == done
    assert contents(store.active) == waiting
    assert set(done.files) == {"units.csv", "changes.csv", "history.csv", "parts.csv"} | {
        "neighbours.csv",
        "tiles.csv",
    }
    assert contents(store.folder / "2022-01-01") == before
    (store.active / "numbers.csv").write_text(NUMBERS + "100102,4\n", "utf-8")
    store.activate(date(2022, 1, 1))
    numbers = (store.active / "numbers.csv").read_text("utf-8")
    assert numbers == NUMBERS + "100102,4\n"  # a number once given stays given
    assert contents(store.active) | {"numbers.csv": b""} == before | {"numbers.csv": b""}
    assert sorted(p.name for p in store.active.parent.iterdir()) == ["home", "territory"]


def test_tiles_of_an_active_edition_can_be_made_again(store: EditionStore) -> None:
    prepare(store)
    store.activate(DAY)
    tiles = (store.active / "tiles.csv").read_bytes()
    builder.build_tiles(store.active)
    assert (store.active / "tiles.csv").read_bytes() == tiles


def test_a_killed_activation_is_mended(store: EditionStore) -> None:
    before = contents(store.active)
    prepare(store)
    former = store.active.with_name(".territory-former")
    shutil.copytree(store.folder / "2023-01-01", store.active.with_name(".territory-new"))
    store.active.rename(former)  # killed between the two renames
    store.recover()
    assert contents(store.active) == before
    assert sorted(p.name for p in store.active.parent.iterdir()) == ["home", "territory"]
    store.activate(DAY)
    assert newest_day(store.active) == DAY


@pytest.mark.nightly
def test_killed_before_any_change_on_disk_an_edition_is_whole(
    store: EditionStore, tmp_path: Path
) -> None:
    prepare(store)
    folder = tmp_path / "whole"
    folder.mkdir()
    shutil.copytree(store.active, folder / "territory")
    shutil.copytree(store.home, folder / "home")
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.activator", str(folder), "2023-01-01"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    tries = json.loads(done.stdout)
    assert len(tries) > 20
    assert {before for before, *_ in tries} == {"old", "none", "new"}
    assert {mended for _, mended, *_ in tries} == {"old", "new"}
    assert {(after, tuple(left)) for *_, after, left in tries} == {("new", ("home", "territory"))}


def refused(store: EditionStore) -> str:
    with pytest.raises(TerritoryError) as error:
        store.activate(DAY)
    return str(error.value)


def test_an_edition_made_from_other_files_is_refused(store: EditionStore) -> None:
    prepare(store)
    (store.active / "successions.csv").write_text(SUCCESSIONS + "# dopisek\n", "utf-8")
    assert "przygotuj je na nowo" in refused(store)


def _line_out(beginning: str) -> Callable[[str], str]:
    return lambda text: "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith(beginning)
    )


@pytest.mark.parametrize(
    ("file", "damage", "message"),
    [
        (
            "units.csv",
            lambda t: t.replace(
                "ciechanowski,powiat,,14,,,", "ciechanowski,powiat,,14,,2023-01-01,"
            ),
            "leży w jednostce 1402",
        ),
        ("units.csv", _line_out("140104,"), "nieczytelna zmiana"),
        ("tiles.csv", _line_out("gmina,140101,"), "Mapa kafelkowa (gmina)"),
        ("neighbours.csv", lambda t: t + "gmina,140101,140102,5\n", "której już nie ma"),
        ("neighbours.csv", lambda t: t + "gmina,140201,140101,5\n", "odwrotnej kolejności"),
        ("numbers.csv", lambda t: t.replace("10,2\n14,3", "14,2\n10,3"), "inny numer"),
        ("parts.csv", lambda t: t + "1499014,149901,miasto,X\n", "której nie ma"),
        ("units.csv", lambda t: t.replace("071411101012", "071411101032"), "dwie jednostki"),
    ],
)
def test_a_damaged_edition_is_refused(
    store: EditionStore, file: str, damage: Callable[[str], str], message: str
) -> None:
    prepare(store)
    before = contents(store.active)
    path = store.folder / "2023-01-01" / file
    damaged = damage(path.read_text("utf-8"))
    assert damaged != path.read_text("utf-8")
    path.write_text(damaged, "utf-8")
    assert message in refused(store)
    assert contents(store.active) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TERC_2022, "to nie jest nowsze"),
        (TERC_2023[: TERC_2023.index("14;;;;")], "inne województwa"),
        (TERC_2023.replace("14;02;;;ciechanowski;powiat;2023-01-01\n", ""), "nie leżą w żadnej"),
        (
            TERC_2023.replace("10;01;01;2;Łąki;gmina wiejska;2023-01-01\n", "").replace(
                "10;01;02;2;Polana;gmina wiejska;2023-01-01\n", ""
            ),
            "powiaty 1001 nie mają ani jednej gminy",
        ),
        (TERC_2023 + "14;01;04;2;Dąb;gmina wiejska;2023-01-01\n", "kod 140104 miała już jednostka"),
        (TERC_2023[:-20], "jeden stan na dzień oczekiwany"),
        (TERC_2023.splitlines()[0], "jeden stan na dzień oczekiwany, jest 0"),
        ("a;b\n1;2\n", "brak kolumny WOJ"),
    ],
    ids=["old", "half", "orphans", "empty-powiat", "code-again", "cut", "empty", "not-terc"],
)
def test_a_register_that_cannot_follow_is_refused(
    store: EditionStore, text: str, message: str
) -> None:
    with pytest.raises(TercError, match=message):
        prepare(store, text)
    assert store.held() == []


def test_a_renumbered_gmina_is_pointed_out(store: EditionStore) -> None:
    moved = TERC_2023.replace("14;01;03;2;Gaj Nowy", "14;02;09;2;Gajówka")
    assert prepare(store, moved).as_dict()["renumbered"] == [{"from": "140103", "to": "140209"}]


def square(x: float, y: float, width: float, height: float) -> shapely.Polygon:
    return shapely.box(x, y, x + width, y + height)


def test_land_that_moved_is_told_from_another_drawing() -> None:
    before = {f"{n:06}": square(n * 10_000, 0, 10_000, 10_000) for n in range(200)}
    after = dict(before)
    # a strip of 500 m by 10 km passes from 2 to 3; 7 is drawn with a corner cut by 8 m
    after["000002"] = square(20_000, 0, 9_500, 10_000)
    after["000003"] = square(29_500, 0, 10_500, 10_000)
    after["000007"] = before["000007"].difference(
        shapely.Polygon([(70_000, 0), (70_008, 0), (70_000, 8)])
    )
    found = changed_outlines(before, after)
    assert found.tolerance == 20.0
    # beyond the tolerance: 480 m of the 500 m
    assert [(c.unit, c.gained, c.lost) for c in found.units] == [
        ("000002", 0.0, 480.0),
        ("000003", 480.0, 0.0),
    ]


def test_outlines_that_no_unit_has_are_told_and_left_out(
    store: EditionStore, tmp_path: Path
) -> None:
    data = write_data(tmp_path / "official")
    without = TERC_2023.replace("14;01;03;2;Gaj Nowy;gmina wiejska;2023-01-01\n", "")
    report = store.prepare("TERC (1).csv", without.encode(), store.outlines(data, data))
    assert report.strangers == ("140102", "140103")
    assert any("140103" in line and "Obrys" in line for line in report.to_do)
    assert report.register.file == "terc_2023-01-01.csv"
    assert ("140103", Level.GMINA) not in report.territory.neighbours
    store.activate(DAY)


def test_rough_drawings_raise_the_tolerance() -> None:
    before = {f"{n:06}": square(n * 10_000, 0, 10_000, 10_000) for n in range(50)}
    after = {code: shapely.affinity.translate(one, 100, 0) for code, one in before.items()}
    found = changed_outlines(before, after)
    assert found.tolerance == pytest.approx(100.0)
    assert found.units == ()


def test_newer_outlines_give_points_borders_and_what_moved(
    store: EditionStore, tmp_path: Path
) -> None:
    data = write_data(tmp_path / "official")
    features = feature_collection()
    path = tmp_path / "fresh/boundaries/prg_wfs/gmina.geojson.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(json.dumps(features).encode()))
    outlines = store.outlines(tmp_path / "fresh", data)
    report = store.prepare("TERC.csv", TERC_2022.replace("2022", "2023").encode(), outlines)
    assert report.as_dict()["borders"] == []
    assert report.strangers == ()
    assert report.outlines == "boundaries/prg_wfs/gmina.geojson.gz"
    new = store.folder / "2023-01-01"
    with (new / "neighbours.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    lengths = {(r["level"], r["unit"], r["neighbour"]): int(r["metres"]) for r in rows}
    assert lengths["gmina", "140101", "140103"] == 10_000
    # kept with the edition, for the one after it
    assert (new / "outlines.geojson.gz").read_bytes() == path.read_bytes()
    store.activate(DAY)
    assert store.outlines(tmp_path / "fresh", None).former is not None


@pytest.mark.nightly
@pytest.mark.sources
def test_the_edition_of_2026_from_that_of_2024_to_the_byte(
    official: Path, root: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(official / "teryt", data / "teryt")
    shutil.copytree(official / "boundaries/prg_2021", data / "boundaries/prg_2021")
    register = data / "teryt/terc_2026-01-01_adresowy.csv.gz"
    content = register.read_bytes()
    register.unlink()
    active = tmp_path / "territory"
    active.mkdir()
    for name in ("known_years.csv", "historical_units.csv"):
        shutil.copy(root / "territory" / name, active)
    builder.build(data, active)
    store = EditionStore(active, tmp_path / "home")
    report = store.prepare(register.name, content)
    told = report.as_dict()
    assert [one["unit"] for one in told["created"]] == ["120713", "200216"]
    assert told["abolished"] == []
    assert told["counts"] == {"wojewodztwa": 16, "powiaty": 314, "miasta": 66, "gminy": 2479}
    with (official / "teryt/derived_changes_2017_2026.csv").open(encoding="utf-8") as file:
        known = [row["teryt6"] for row in csv.DictReader(file) if row["do"] == "2026"]
    assert sorted(change.unit for change in report.changes) == sorted(known)
    for name in ("units", "changes", "history", "parts", "neighbours", "tiles"):
        stored = (root / f"territory/{name}.csv").read_bytes()
        assert (store.folder / f"2026-01-01/{name}.csv").read_bytes() == stored, name
