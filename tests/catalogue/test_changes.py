"""What differs between two catalogues, and whether it alters what a figure is."""

from pathlib import Path

from smup.catalogue import load_catalogue
from smup.catalogue.changes import changes
from tests.helpers.small_catalogue import PEOPLE, PUPILS, change, write


def test_the_same_catalogue_does_not_differ(tmp_path: Path) -> None:
    one, other = load_catalogue(write(tmp_path / "a")), load_catalogue(write(tmp_path / "b"))
    assert changes(one, other) == []


def test_a_text_and_a_meaning(tmp_path: Path) -> None:
    before = load_catalogue(write(tmp_path / "a"))
    root = write(tmp_path / "b")
    change(root, PUPILS, "decimals: 1", "decimals: 2")
    change(root, PEOPLE, "pl: Stan na koniec roku.", "pl: Stan 31 grudnia.")
    found = {one.id: one for one in changes(before, load_catalogue(root))}
    assert found["udzial-uczniow"].meaning
    (key,) = found["udzial-uczniow"].keys
    assert (key.key, key.before, key.after) == ("decimals", 1, 2)
    assert not found["ludnosc"].meaning
    assert [key.key for key in found["ludnosc"].keys] == ["limitations"]


def test_added_removed_and_renamed(tmp_path: Path) -> None:
    before = load_catalogue(write(tmp_path / "a"))
    root = write(tmp_path / "b")
    change(root, PUPILS, "context: [ludnosc]\n", "")
    text = (root / PEOPLE).read_text("utf-8")
    (root / PEOPLE).unlink()
    folder = root / "indicators/kontekst"
    (folder / "mieszkancy.yaml").write_text(text + "renamed_from: [ludnosc]\n", "utf-8")
    (folder / "nowy.yaml").write_text(text, "utf-8")
    (root / PUPILS).unlink()
    found = {one.id: one for one in changes(before, load_catalogue(root))}
    assert {one.id: one.kind for one in found.values()} == {
        "mieszkancy": "renamed",
        "nowy": "added",
        "udzial-uczniow": "removed",
    }
    assert found["mieszkancy"].former_id == "ludnosc"
    assert found["mieszkancy"].as_dict()["keys"] == [
        {"key": "renamed_from", "before": [], "after": ["ludnosc"]}
    ]
