"""A store of releases, from outside: what is listed, what serves, what is refused."""

import hashlib
import json
import os
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from smup.panel import Panel
from smup.store.errors import DamagedRelease, NoRelease, UnknownRelease
from smup.store.releases import Releases
from smup.territory import Level
from tests.helpers.stored import UNITS, YEARS, all_bytes, make_release, some_panel


def test_the_id_is_the_date_of_the_newest_source_and_the_digest_of_the_manifest(
    tmp_path: Path,
) -> None:
    release = make_release(tmp_path, date="2024-12-31")
    manifest = (tmp_path / "releases" / release / "manifest.json").read_bytes()
    assert release == f"2024-12-31-{hashlib.sha256(manifest).hexdigest()[:8]}"


def test_the_manifest_names_the_sha256_and_size_of_every_file_that_lacks_the_id(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "releases" / make_release(tmp_path)
    named = json.loads((folder / "manifest.json").read_bytes())["files"]
    found = {
        path.relative_to(folder).as_posix(): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("manifest.json", "build.json")
    }
    answers = {"public/short.json", "public/units/020101.json", "public/units/020101.json.br"}
    assert named == {name: facts for name, facts in found.items() if name not in answers}
    assert answers <= found.keys()


def test_two_builds_of_the_same_input_give_the_same_bytes(tmp_path: Path) -> None:
    assert make_release(tmp_path / "a") == make_release(tmp_path / "b")
    assert all_bytes(tmp_path / "a") == all_bytes(tmp_path / "b")


def test_another_value_gives_another_id(tmp_path: Path) -> None:
    panel = some_panel(("ludnosc",))
    at = tuple(np.argwhere(panel.has_value)[0])
    values = panel.values.copy()
    values[at] += 0.1
    other = Panel(panel.items, panel.years, panel.units, values, panel.status, panel.flags)
    assert make_release(tmp_path, panel) != make_release(tmp_path, other)


def test_wall_clock_and_host_stand_outside_the_digest(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    folder = tmp_path / "releases" / release
    assert {"created", "host", "seconds"} <= json.loads((folder / "build.json").read_bytes()).keys()
    (folder / "build.json").write_text('{"created": "2001-01-01T00:00:00+00:00"}', "utf-8")
    assert Releases(tmp_path).verify(release) == ()
    assert Releases(tmp_path).open(release).created == "2001-01-01T00:00:00+00:00"


def test_the_release_of_a_moment_is_the_newest_that_had_been_built(tmp_path: Path) -> None:
    names = [make_release(tmp_path, some_panel(("ludnosc",), seed=seed)) for seed in (5, 6)]
    built = ("2026-03-01T22:30:00+00:00", "2026-03-01T23:30:00+00:00")
    for name, at in zip(names, built, strict=True):
        record = tmp_path / "releases" / name / "build.json"
        record.write_text(json.dumps({"created": at}), "utf-8")
    store = Releases(tmp_path)

    def at(day: int, hour: int, minute: int) -> str | None:
        warsaw = ZoneInfo("Europe/Warsaw")  # one hour ahead in winter
        return store.built_by(datetime(2026, 3, day, hour, minute, tzinfo=warsaw))

    assert at(1, 23, 29) is None
    assert at(1, 23, 30) == at(1, 23, 59) == names[0]
    assert at(2, 0, 30) == names[1]


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    store = Releases(tmp_path)
    assert store.list() == ()
    for ask in (store.current, store.info, store.verify):
        with pytest.raises(NoRelease, match="smup release build"):
            ask()


def test_the_newest_build_serves_and_older_ones_stay(tmp_path: Path) -> None:
    old = make_release(tmp_path, some_panel(("ludnosc",), seed=5))
    new = make_release(tmp_path, some_panel(("ludnosc",), seed=6), date="2025-06-30")
    store = Releases(tmp_path)
    assert [(info.id, info.active) for info in store.list()] == [(old, False), (new, True)]
    assert store.current().id == new
    assert store.info().as_dict() == {
        "id": new,
        "created": store.current().created,
        "catalogue": "0" * 64,
        "indicators": 1,
        "values": int(some_panel(("ludnosc",), seed=6).has_value.sum()),
        "active": True,
        "damaged": False,
        "synthetic": False,
        "pending": False,
    }


def test_activating_switches_what_serves_while_a_request_keeps_its_own(tmp_path: Path) -> None:
    old = make_release(tmp_path, some_panel(("ludnosc",), seed=5))
    new = make_release(tmp_path, some_panel(("ludnosc",), seed=6))
    store = Releases(tmp_path)
    held = store.current()
    before = held.indicators.values.copy()
    store.activate(old)
    assert (held.id, store.current().id) == (new, old)
    assert np.array_equal(held.indicators.values, before, equal_nan=True)


def test_a_release_is_opened_once(tmp_path: Path) -> None:
    make_release(tmp_path)
    store = Releases(tmp_path)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(store.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(release) for release in found}) == 1


@pytest.mark.parametrize("asked", ["2025-01-01-00000000", "wczoraj", "../current", ""])
def test_an_unknown_id_is_refused_in_polish_with_suggestions(tmp_path: Path, asked: str) -> None:
    release = make_release(tmp_path)
    store = Releases(tmp_path)
    for ask in (store.open, store.info, store.verify, store.activate):
        with pytest.raises(UnknownRelease, match="Nie ma wydania") as caught:
            ask(asked)
        assert caught.value.suggestions == (release,)
        assert release in str(caught.value)


def test_a_damaged_release_is_not_activated(tmp_path: Path) -> None:
    old = make_release(tmp_path, some_panel(("ludnosc",), seed=5))
    new = make_release(tmp_path, some_panel(("ludnosc",), seed=6))
    (tmp_path / "releases" / old / "variables.parquet").write_bytes(b"")
    store = Releases(tmp_path)
    with pytest.raises(DamagedRelease, match=r"variables\.parquet"):
        store.activate(old)
    assert store.current_id() == new


def test_a_release_whose_manifest_is_gone_is_listed_as_damaged(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    (tmp_path / "releases" / release / "manifest.json").unlink()
    store = Releases(tmp_path)
    assert [(info.id, info.damaged) for info in store.list()] == [(release, True)]
    with pytest.raises(DamagedRelease, match=release):
        store.current()


def test_building_again_what_is_there_mends_it_and_keeps_it_serving(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    folder = tmp_path / "releases" / release
    sound = all_bytes(tmp_path)
    (folder / "cubes" / "indicators" / "values.npy").write_bytes(b"zepsute")
    (folder / "obcy.txt").write_text("nie stąd", "utf-8")
    (folder / "public" / "short.json").unlink()
    assert make_release(tmp_path) == release
    assert all_bytes(tmp_path) == sound
    assert Releases(tmp_path).verify() == ()


def test_nothing_but_releases_the_link_and_the_lock_lies_in_the_folder(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    assert sorted(os.listdir(tmp_path / "releases")) == sorted([".lock", "current", release])


def test_a_release_reads_back_what_was_written(tmp_path: Path) -> None:
    panel = some_panel(("gestosc", "ludnosc"))
    make_release(tmp_path, panel)
    release = Releases(tmp_path).current()
    for item in panel.items:
        for unit in UNITS:
            known = [y for y in YEARS if any(panel.cell(item, y, u)[0] is not None for u in UNITS)]
            assert release.years_of(item) == known
            assert release.series(item, unit) == [(y, *panel.cell(item, y, unit)) for y in known]
            mine = release.unit_slice(unit)
            u = UNITS.index(unit)
            assert np.array_equal(mine.values, panel.values[:, :, u], equal_nan=True), (
                "the transposed copy says the same"
            )
            assert np.array_equal(mine.status, panel.status[:, :, u])
            assert np.array_equal(mine.flags, panel.flags[:, :, u])
    with pytest.raises(KeyError):
        release.series("ludnosc", "9999")


def test_arrays_of_a_release_cannot_be_written(tmp_path: Path) -> None:
    make_release(tmp_path)
    release = Releases(tmp_path).current()
    for array in (release.indicators.values, release.unit_slice("PL").status):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_without_borders_the_map_is_made_of_equal_tiles(tmp_path: Path) -> None:
    make_release(tmp_path)
    release = Releases(tmp_path).current()
    shapes = release.geometry(Level.GMINA)
    assert shapes is not None
    assert shapes["viewBox"] == [0, 0, 40, 40]
    assert shapes["paths"] == {
        "020101": "M0,0h20v20h-20z",
        "020102": "M20,0h20v20h-20z",
        "0261": "M20,20h20v20h-20z",
    }
    # one województwo: only its outside, clockwise pieces of one side each
    assert sorted(shapes["borders"]["wojewodztwo"].replace("M", " M").split()) == sorted(
        [
            "M0,0v20",
            "M0,0h20",
            "M0,20h20",
            "M20,0h20",
            "M40,0v20",
            "M20,20v20",
            "M40,20v20",
            "M20,40h20",
        ]
    )
    assert "M20,20h20" in shapes["borders"]["powiat"]  # the city is its own powiat
    assert release.geometry(Level.POWIAT) is None


def test_borders_built_later_are_used_at_once(tmp_path: Path) -> None:
    make_release(tmp_path)
    release = Releases(tmp_path).current()
    assert release.geometry(Level.GMINA) == release.tiles(Level.GMINA)
    shapes = {"viewBox": [0, 0, 1, 1], "paths": {"020101": "M0,0z"}, "borders": {}}
    (tmp_path / "geometry").mkdir()
    (tmp_path / "geometry" / "gmina.json").write_text(json.dumps(shapes), "utf-8")
    assert release.geometry(Level.GMINA) == shapes
    assert release.tiles(Level.GMINA) != shapes
