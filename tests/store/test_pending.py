"""Releases that wait for approval: seen by who decides, by no reader."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from smup.store.errors import DamagedRelease, MixedStore, NotPending, StoreError, UnknownRelease
from smup.store.pending import Pending
from smup.store.releases import Releases
from tests.helpers.stored import make_release, some_panel


@pytest.fixture
def serving(tmp_path: Path) -> str:
    return make_release(tmp_path, some_panel(("ludnosc",), seed=5))


@pytest.fixture
def waiting(tmp_path: Path, serving: str) -> str:
    return make_release(tmp_path, some_panel(("ludnosc",), seed=6), activate=False)


def test_no_reader_sees_it(tmp_path: Path, serving: str, waiting: str) -> None:
    store = Releases(tmp_path)
    assert store.ids() == (serving,)
    assert store.current_id() == serving
    with pytest.raises(UnknownRelease):
        store.open(waiting)
    with pytest.raises(UnknownRelease):
        store.activate(waiting)
    info = Pending(tmp_path).newest()
    assert info is not None
    assert (info.id, info.pending, info.active) == (waiting, True, False)


def test_approval_lets_it_serve_and_dates_it(tmp_path: Path, serving: str, waiting: str) -> None:
    pending = Pending(tmp_path)
    built = datetime.fromisoformat(pending.info(waiting).created)
    pending.approve(waiting, "operator", "sprawdzone")
    store = Releases(tmp_path)
    assert store.current_id() == waiting
    assert set(store.ids()) == {serving, waiting}
    assert store.verify() == ()
    known = datetime.fromisoformat(store.info().created)
    assert known >= built
    assert store.built_by(built) == serving  # at that moment nobody could read it
    record = json.loads((tmp_path / "releases" / waiting / "build.json").read_bytes())
    assert record["built"] == built.isoformat(timespec="milliseconds")
    assert pending.ids() == ()
    (decision,) = pending.decisions()
    assert (decision.release, decision.choice, decision.who, decision.why) == (
        waiting,
        "approved",
        "operator",
        "sprawdzone",
    )


def test_a_refused_one_is_gone_and_remembered(tmp_path: Path, serving: str, waiting: str) -> None:
    pending = Pending(tmp_path)
    pending.refuse(waiting, "operator", "ludność skacze")
    assert pending.ids() == ()
    assert Releases(tmp_path).ids() == (serving,)
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == sorted(
        [".lock", "current", "decisions.json", "pending", serving]
    )
    assert [one.why for one in pending.decisions()] == ["ludność skacze"]
    for decide in (pending.approve, pending.refuse):
        with pytest.raises(NotPending, match="żadne teraz nie czeka"):
            decide(waiting, "operator", "")


def test_a_newer_build_takes_its_place(tmp_path: Path, waiting: str) -> None:
    newer = make_release(tmp_path, some_panel(("ludnosc",), seed=7), activate=False)
    assert Pending(tmp_path).ids() == (newer,)
    make_release(tmp_path, some_panel(("ludnosc",), seed=8))
    assert Pending(tmp_path).ids() == ()


def test_what_serves_already_has_nothing_to_wait_for(tmp_path: Path, serving: str) -> None:
    assert make_release(tmp_path, some_panel(("ludnosc",), seed=5), activate=False) == serving
    assert Pending(tmp_path).ids() == ()
    assert Releases(tmp_path).current_id() == serving


def test_a_damaged_one_is_not_approved(tmp_path: Path, serving: str, waiting: str) -> None:
    (tmp_path / "releases" / "pending" / waiting / "indicators.parquet").write_bytes(b"?")
    with pytest.raises(DamagedRelease, match="inną sumę"):
        Pending(tmp_path).approve(waiting, "operator")
    assert Releases(tmp_path).current_id() == serving


def test_one_whose_manifest_cannot_be_read_is_not_offered(tmp_path: Path, waiting: str) -> None:
    (tmp_path / "releases" / "pending" / waiting / "manifest.json").write_bytes(b"{")
    assert Pending(tmp_path).newest() is None


def test_invented_figures_never_wait_beside_official_ones(tmp_path: Path, serving: str) -> None:
    with pytest.raises(MixedStore):
        make_release(tmp_path, synthetic=True, activate=False)
    assert Pending(tmp_path).ids() == ()


@pytest.mark.parametrize("name", ["../2025-01-01-00000000", "", "current", "2025-01-01-00000000"])
def test_other_names_are_refused(tmp_path: Path, waiting: str, name: str) -> None:
    pending = Pending(tmp_path)
    for ask in (pending.open, pending.info):
        with pytest.raises(StoreError, match=waiting):
            ask(name)


def test_the_first_release_of_a_store_may_wait(tmp_path: Path) -> None:
    release = make_release(tmp_path, activate=False)
    assert Releases(tmp_path).current_id() is None
    Pending(tmp_path).approve(release, "operator")
    assert Releases(tmp_path).current_id() == release
