"""What is hidden stands in no file of a release, in no form."""

from pathlib import Path

import pytest

from smup.build import build_release
from smup.build.secrecy import WITHHELD, keep_secrets, sums
from smup.catalogue import Catalogue, load_catalogue
from smup.panel import Status
from smup.store.releases import Release, Releases
from smup.store.tidy import Fact
from smup.territory import load_territory
from tests.helpers.stored import all_bytes
from tests.helpers.tiny_root import number, write_data, write_root

RULES = """osoby:
  name: {pl: Osoby, en: Persons}
  below: 3
  levels: [gmina]
  counts: {ludnosc: [powierzchnia_ha]}
  reason: {pl: Dwie osoby można rozpoznać., en: Two persons can be recognised.}
"""
GMINAS = ("020101", "020102", "020103", "0261")


def figures(counts: tuple[int, ...]) -> tuple[Fact, ...]:
    people = [number("ludnosc", u, 2022, n) for u, n in zip(GMINAS, counts, strict=True)]
    more = [number("ludnosc", u, 2021, 70) for u in ("020101", "020102", "0261")]
    areas = [number("powierzchnia_ha", u, 2022, 7 * n) for u, n in zip(GMINAS, counts, strict=True)]
    return (*people, *more, *areas, number("ludnosc", "02", 2022, sum(counts)))


def root_with(folder: Path, counts: tuple[int, ...], *, guarded: bool = True) -> Path:
    root = write_root(folder)
    write_data(root / "data", figures(counts), [number("ludnosc", "020101", 2022, counts[0] + 1)])
    if guarded:
        (root / "catalogue" / "secrecy.yaml").write_text(RULES, "utf-8")
    return root


def built(folder: Path, counts: tuple[int, ...], *, guarded: bool = True) -> Release:
    root = root_with(folder / "root", counts, guarded=guarded)
    build_release(root, folder / "home")
    return Releases(folder / "home").current()


def test_two_countries_that_differ_in_hidden_figures_give_one_release(tmp_path: Path) -> None:
    one = built(tmp_path / "one", (1, 2, 2, 50))
    other = built(tmp_path / "other", (2, 1, 2, 50))
    assert one.id == other.id
    files = all_bytes(tmp_path / "one" / "home")
    assert any(name.endswith("variable_values.csv") for name in files)
    assert files == all_bytes(tmp_path / "other" / "home")


def test_without_rules_they_give_two(tmp_path: Path) -> None:
    one = built(tmp_path / "one", (1, 2, 2, 50), guarded=False)
    other = built(tmp_path / "other", (2, 1, 2, 50), guarded=False)
    assert one.id != other.id


def test_units_are_hidden_and_a_safe_total_is_told(tmp_path: Path) -> None:
    release = built(tmp_path, (1, 2, 2, 50))
    for item in ("ludnosc", "gestosc"):
        for unit in GMINAS[:3]:
            assert release.indicators.cell(item, 2022, unit)[1] is Status.SUPPRESSED_SMALL
    assert release.variables.cell("ludnosc", 2022, "020101")[0] is None
    assert release.variables.cell("powierzchnia_ha", 2022, "020101")[0] is None
    assert release.indicators.cell("ludnosc", 2022, "02")[0] == 55.0
    assert release.indicators.cell("ludnosc", 2022, "PL")[0] == 55.0
    assert release.indicators.cell("gestosc", 2022, "02")[0] == pytest.approx(0.14)
    assert release.indicators.cell("ludnosc", 2022, "0201")[1] is Status.SUPPRESSED_SMALL


def test_findings_keep_the_secret_and_say_how_much_is_hidden(tmp_path: Path) -> None:
    from smup.build.figures import official_figures
    from smup.store.draft import silent

    root = root_with(tmp_path, (1, 2, 2, 50))
    catalogue, territory = load_catalogue(root / "catalogue"), load_territory(root / "territory")
    figures_, secret = keep_secrets(
        official_figures(root, tmp_path, catalogue, territory, silent), catalogue, territory
    )
    assert secret.counted.primary == 3
    (differing,) = (f for f in figures_.findings if f.code == "niezgodne-zrodla")
    assert differing.message == f"ludnosc: {WITHHELD}"
    (told,) = (f for f in figures_.findings if f.code == "tajemnica")
    assert "3 poniżej progu, 3 o tych samych osobach" in told.message


def test_sums_are_those_of_the_rules_of_quality(catalogue: Catalogue) -> None:
    found = {one.whole: one.parts for one in sums(catalogue.quality)}
    assert found["zdarzenia_psp"] == ("pozary", "miejscowe_zagrozenia", "alarmy_falszywe")
    assert found["naplyw_wewnetrzny"] == ("saldo_wewnetrzne", "odplyw_wewnetrzny")
