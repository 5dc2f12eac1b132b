"""What is wrong with the features of peers is said with its file, and nothing wrong passes."""

from pathlib import Path

import pytest

from smup.catalogue import load_catalogue
from smup.compute.check import check_catalogue
from tests.helpers.small_catalogue import FILES

COMMON = """\
note: {pl: Nota., en: Note.}
bases: [ludnosc]
features:
  ludnosc:
    name: {pl: ludność, en: population}
    formula: ludnosc
    unit: os
    decimals: 0
    log: true
  odleglosc:
    name: {pl: odległość, en: distance}
    to_city_from: 100000
    unit: os
    decimals: 0
weights: {ludnosc: 1, odleglosc: 1}
"""
PUPILS = """  uczniowie:
    name: {pl: uczniowie, en: pupils}
    formula: uczniowie
    unit: os
    decimals: 0
weights: {ludnosc: 1, odleglosc: 1, uczniowie: 1}
"""
AREA = "note: {pl: Nota., en: Note.}\nweights: {ludnosc: 2}\n"


def faults(folder: Path, common: str = COMMON, **areas: str) -> list[str]:
    for name, text in {**FILES, "peers/common.yaml": common}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for area, text in areas.items():
        (folder / f"peers/{area}.yaml").write_text(text, "utf-8")
    found = check_catalogue(load_catalogue(folder))
    return [str(fault) for fault in found if "peers/" in fault.file]


def test_sound_files_have_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, edukacja=AREA) == []
    assert load_catalogue(tmp_path).peers["edukacja"].weights == {"ludnosc": 2}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("formula: ludnosc", "formula: ludnosx", "nie ma zmiennej „ludnosx”"),
        ("formula: ludnosc", "formula: '@udzial'", "cecha nie może powstać ze wskaźnika"),
        ("formula: ludnosc", "formula: 'ludnosc +'", "formula"),
        ("unit: os\n    decimals: 0\n    log", "unit: zl\n    decimals: 0\n    log", "formula"),
        ("bases: [ludnosc]", "bases: [ludnosx]", "nie ma zmiennej „ludnosx”"),
        ("weights: {ludnosc: 1, ", "weights: {", "cecha nie ma wagi"),
        ("weights: {ludnosc: 1", "weights: {ludnosx: 1, ludnosc: 1", "nie ma cechy „ludnosx”"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in COMMON
    found = faults(tmp_path, COMMON.replace(old, new, 1))
    assert any("peers/common.yaml" in fault and message in fault for fault in found), found


def test_what_an_area_compares_is_no_feature_there(tmp_path: Path) -> None:
    common = COMMON.replace("weights: {ludnosc: 1, odleglosc: 1}\n", PUPILS)
    found = faults(tmp_path, common)
    assert len(found) == 1
    assert "używa zmiennej „uczniowie”" in found[0]
    assert "obszaru „edukacja”" in found[0]


def test_it_may_be_given_no_weight_there(tmp_path: Path) -> None:
    common = COMMON.replace("weights: {ludnosc: 1, odleglosc: 1}\n", PUPILS)
    assert faults(tmp_path, common, edukacja=AREA.replace("{ludnosc: 2}", "{uczniowie: 0}")) == []


def test_a_file_is_of_an_area_and_names_no_feature_again(tmp_path: Path) -> None:
    twice = AREA + "features:" + COMMON.split("features:")[1].split("weights")[0]
    found = faults(tmp_path, edukacja=twice, edukacjo=AREA, kontekst=AREA + "bases: [ludnosc]\n")
    assert any("nie ma obszaru „edukacjo”" in fault for fault in found)
    assert any("jest już w innym pliku" in fault for fault in found)
    assert any("stoją tylko w common.yaml" in fault for fault in found)


def test_the_common_set_must_be_there(tmp_path: Path) -> None:
    faults(tmp_path, edukacja=AREA)
    (tmp_path / "peers/common.yaml").unlink()
    found = [str(fault) for fault in check_catalogue(load_catalogue(tmp_path))]
    assert any("brakuje zestawu wspólnego" in fault for fault in found)
