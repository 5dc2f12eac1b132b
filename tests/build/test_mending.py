"""Corrections: applied while the source says what they expect, seen wherever the figure is."""

import json
from pathlib import Path

import pytest

from smup.build import build_release
from smup.catalogue import CatalogueErrors, load_catalogue
from smup.compute.check import check_catalogue
from smup.formats.trace import trace_record
from smup.panel import Flag, Status
from smup.quality.findings import Finding
from smup.store.releases import Release, Releases
from tests.helpers.tiny_root import SPIS, number, write_data, write_root

CORRECTION = """variable: {variable}
unit: "{unit}"
year: {year}
expect: {expect}
becomes: {becomes}
reason: {{pl: Błąd w druku., en: A misprint.}}
evidence: {{document: Errata do spisu, address: "https://example.pl/errata"}}
by: redakcja
day: 2026-02-03
"""


def write_correction(root: Path, name: str = "druk", **said: object) -> None:
    told = {"variable": "ludnosc", "unit": "020101", "year": 2022, "expect": "{value: 110}"}
    folder = root / "catalogue" / "corrections"
    folder.mkdir(exist_ok=True)
    text = CORRECTION.format(**(told | {"becomes": "{value: 120}"} | said))
    (folder / f"{name}.yaml").write_text(text, "utf-8")


def built(folder: Path, **said: object) -> Release:
    root = write_root(folder / "root")
    write_correction(root, **said)
    build_release(root, folder / "home")
    return Releases(folder / "home").current()


def of(release: Release, code: str) -> list[Finding]:
    return [one for one in release.findings if one.code == code]


def test_a_correction_takes_the_place_of_the_figure(tmp_path: Path) -> None:
    release = built(tmp_path)
    assert release.variables.cell("ludnosc", 2022, "020101") == (
        120.0,
        Status.OBSERVED,
        Flag.CORRECTED,
    )
    assert release.variables.cell("ludnosc", 2021, "020101") == (100.0, Status.OBSERVED, 0)
    (told,) = of(release, "wartosc-poprawiona")
    assert (told.unit, told.year, told.variable) == ("020101", 2022, "ludnosc")
    assert told.message == "ludnosc: 110 zastąpiono przez 120; Błąd w druku."
    assert release.manifest["corrections"] == ["druk"]
    assert Releases(tmp_path / "home").verify(release.id) == ()


def test_what_is_made_of_it_carries_the_mark(tmp_path: Path) -> None:
    release = built(tmp_path)
    value, _, flags = release.indicators.cell("gestosc", 2022, "020101")
    assert (value, flags) == (12.0, Flag.CORRECTED)
    assert release.indicators.cell("ludnosc", 2022, "0261")[2] == 0
    text = (release.folder / "public" / "values.csv").read_text("utf-8-sig")
    assert "corrected" in text


def test_the_trace_shows_what_the_source_said(tmp_path: Path) -> None:
    release = built(tmp_path)
    told = trace_record(release, release.trace("gestosc", "020101", 2022))
    assert told["verdict"] == "same"
    (people,) = (one for one in told["inputs"] if one["variable"] == "ludnosc")
    assert people["value"] == 120.0
    assert people["rows"][0]["text"] == "ludnosc,020101,2022,110,observed,"
    assert people["correction"]["expect"] == {"value": 110.0}
    assert people["correction"]["reason"]["en"] == "A misprint."
    (area,) = (one for one in told["inputs"] if one["variable"] == "powierzchnia_ha")
    assert area["correction"] is None
    json.dumps(told)


def test_a_source_that_mended_itself_is_believed(tmp_path: Path) -> None:
    release = built(tmp_path, expect="{value: 111}")
    assert release.variables.cell("ludnosc", 2022, "020101") == (110.0, Status.OBSERVED, 0)
    (told,) = of(release, "poprawka-nieaktualna")
    assert told.severity == "error"
    assert told.message == "ludnosc: źródło podaje 110, a poprawka zakłada 111"
    assert told.file == "catalogue/corrections/druk.yaml"
    assert of(release, "wartosc-poprawiona") == []
    assert release.manifest["corrections"] == []


def test_a_figure_can_become_a_gap_and_a_gap_a_figure(tmp_path: Path) -> None:
    gone = built(tmp_path / "one", becomes="{status: missing}").variables
    assert gone.cell("ludnosc", 2022, "020101") == (None, Status.MISSING, Flag.CORRECTED)
    found = built(
        tmp_path / "two", unit="0261", year=2019, expect="{status: missing}", becomes="{value: 0}"
    ).variables
    assert found.cell("ludnosc", 2019, "0261") == (0.0, Status.ZERO, Flag.CORRECTED)


def test_a_unit_that_the_release_lacks_is_said(tmp_path: Path) -> None:
    release = built(tmp_path, unit="999999")
    (told,) = of(release, "poprawka-nieaktualna")
    assert told.message == "ludnosc: w danych nie ma '999999'"


def test_a_hidden_figure_is_not_told_by_its_correction(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root")
    write_data(root / "data", [one for one in SPIS if one.unit != "020102"] + [
        number("ludnosc", "020102", 2022, 1), number("ludnosc", "020103", 2022, 2)
    ])  # fmt: skip
    rule = "{name: {pl: Osoby, en: Persons}, below: 3, levels: [gmina], counts: {ludnosc: []}, "
    reason = "reason: {pl: Widać osoby., en: Persons are seen.}}"
    (root / "catalogue" / "secrecy.yaml").write_text(f"osoby: {rule}{reason}\n", "utf-8")
    write_correction(root, unit="020102", expect="{value: 1}", becomes="{value: 2}")
    build_release(root, tmp_path / "home")
    release = Releases(tmp_path / "home").current()
    assert release.variables.cell("ludnosc", 2022, "020102")[:2] == (None, Status.SUPPRESSED_SMALL)
    (told,) = of(release, "wartosc-poprawiona")
    assert "zastąpiono" not in told.message
    traced = trace_record(release, release.trace("ludnosc", "020102", 2022))
    assert [one["correction"] for one in traced["inputs"]] == [None]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"becomes": "{value: 110}"}, "niczego nie zmienia"),
        ({"becomes": "{value: 1, status: missing}"}, "podaj wartość (value) albo powód"),
        ({"becomes": "{status: observed}"}, "podaj „value”"),
        ({"becomes": "{status: nieznany}"}, "niedozwolona wartość „nieznany”"),
        ({"expect": "{vaule: 110}"}, "nieznany klucz „vaule”; najbliższe znane: „value”"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    tmp_path: Path, said: dict[str, str], words: str
) -> None:
    root = write_root(tmp_path)
    write_correction(root, **said)
    with pytest.raises(CatalogueErrors) as refused:
        load_catalogue(root / "catalogue")
    assert words in str(refused.value)
    assert "catalogue/corrections/druk.yaml" in str(refused.value)


def test_two_corrections_of_a_figure_or_an_unknown_variable_are_faults(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    write_correction(root)
    write_correction(root, "korekta")
    write_correction(root, "literowka", variable="ludnosci")
    told = "\n".join(str(one) for one in check_catalogue(load_catalogue(root / "catalogue")))
    assert "korekta.yaml:1: [korekta] tę samą wartość poprawia już „druk”" in told
    assert "„ludnosci”; najbliższe znane: „ludnosc”" in told


def test_a_decision_given_twice_is_refused(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    head = "code,about,unit,year,state,reason,who,day\n"
    line = "samotne-zero,ludnosc,020101,2022,explained,Tak było.,redakcja,2026-02-03\n"
    (root / "catalogue" / "decisions.csv").write_text(head + line + line, "utf-8")
    with pytest.raises(CatalogueErrors, match=r"decisions\.csv:3: o tej uwadze jest już decyzja"):
        load_catalogue(root / "catalogue")
    (root / "catalogue" / "decisions.csv").write_text(head + line, "utf-8")
    build_release(root, tmp_path / "home")
    release = Releases(tmp_path / "home").current()
    assert [one.unit for one in of(release, "decyzja-bez-uwagi")] == ["020101"]
