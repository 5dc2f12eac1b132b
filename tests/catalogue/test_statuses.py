"""Signs of sources: the same sign means different things to different publishers."""

from pathlib import Path

import pytest

from smup.catalogue import CatalogueErrors
from smup.catalogue.statuses import FLAG_NAMES, STATUS_NAMES, load_statuses
from smup.panel import FLAG_NAMES as PANEL_FLAGS
from smup.panel import STATUS_NAMES as PANEL_STATUSES
from tests.helpers.small_catalogue import change, write


def test_names_are_those_of_the_panel() -> None:
    assert set(STATUS_NAMES) == set(PANEL_STATUSES.values())
    assert {*FLAG_NAMES, "corrected"} == set(PANEL_FLAGS.values())  # no source says that of itself


def test_a_dash_is_zero_in_a_yearbook_and_no_information_in_bdl(root: Path) -> None:
    tables = load_statuses(root / "catalogue")
    assert tables["gus-publikacje"].signs["-"].status == "zero"
    assert tables["bdl-atrybuty"].signs["-"].status == "not_collected"
    assert tables["gus-publikacje"].signs["."].status == "missing"
    assert tables["gus-publikacje"].signs["#"].status == "confidential"
    assert tables["gus-publikacje"].signs["x"].status == "not_applicable"


def test_every_attribute_of_bdl_is_explained(root: Path) -> None:
    """The table at bdl.stat.gov.pl/bdl/metadane/atrybut."""
    signs = load_statuses(root / "catalogue")["bdl-atrybuty"].signs
    assert {"-", "n", "x", "X", "a", "A", "z", "Z", "k", "K", "M", "p", "s", "v"} <= set(signs)
    assert signs["z"].status == "zero"
    assert signs["a"].status == "below_format"
    assert signs["n"].status == "not_yet"
    assert signs["s"].flags == ("provisional",)
    assert signs["p"].flags == ("joint",)
    assert {s for s, sign in signs.items() if "break" in sign.flags} == {"X", "A", "Z", "K", "M"}


def test_a_zero_with_attribute_0_is_not_published(root: Path) -> None:
    signs = load_statuses(root / "catalogue")["bdl-attrid"].signs
    assert signs["0"].status == "missing"
    assert signs["1"].status == "observed"


def test_flags_of_the_national_system(root: Path) -> None:
    signs = load_statuses(root / "catalogue")["smup-flagi"].signs
    assert {s: sign.status for s, sign in signs.items()} == {
        "1": "observed",
        "2": "zero",
        "5": "missing",
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("status: zero", "status: zer", "niedozwolona wartość „zer”"),
        ("status: zero", "state: zero", "nieznany klucz „state”; najbliższe znane: „status”"),
        ("meaning: z", "flags: [brake], meaning: z", "niedozwolona wartość „brake”"),
        ("signs:", "znaki:", "nieznany klucz „znaki”"),
    ],
)
def test_a_wrong_table_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    root = write(tmp_path)
    line = change(root, "statuses.yaml", old, new)
    with pytest.raises(CatalogueErrors) as caught:
        load_statuses(root)
    error = next(e for e in caught.value.errors if message in e.message)
    assert (error.file, error.line) == ("catalogue/statuses.yaml", line)


def test_a_missing_or_broken_table_is_one_sentence(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "statuses.yaml").write_text("gus: 1", encoding="utf-8")
    with pytest.raises(CatalogueErrors, match="oczekiwano kluczy „name” i „signs”"):
        load_statuses(root)
    (root / "statuses.yaml").write_text("gus: [", encoding="utf-8")
    with pytest.raises(CatalogueErrors, match="błąd zapisu YAML"):
        load_statuses(root)
    (root / "statuses.yaml").unlink()
    with pytest.raises(CatalogueErrors, match="brakuje tego pliku"):
        load_statuses(root)
