"""Systems of groups and frontier models in files: read whole, and every fault with its place."""

from pathlib import Path

import pytest

from smup.catalogue import Catalogue, CatalogueErrors, load_catalogue
from smup.compute.check import check_catalogue
from tests.helpers.small_catalogue import write

SYSTEMS = """\
krajobraz:
  name: {pl: krajobraz, en: landscape}
  rule: {pl: Według tabeli., en: By a table.}
  since: 2026-01-01
  source: {publisher: Urząd, title: {pl: Tabela, en: Table}, year: 2018, licence: wolna}
"""
GROUPS = "gory:\n  name: {pl: góry, en: hills}\n  kinds: [gmina-wiejska]\n"
TABLE = "# skąd\nunit,group\n020102,gory\n"
FRONTIER = """\
szkoly:
  inputs: [{name: {pl: wydatki, en: spending}, formula: wydatki, unit: zl}]
  outputs: [{name: {pl: uczniowie, en: pupils}, formula: uczniowie, unit: os}]
  kinds: [gmina]
  mixed_scope_reason: {pl: Gmina płaci., en: The gmina pays.}
  limits: {pl: Nie wie nic., en: It knows nothing.}
"""


def folder_of(tmp_path: Path, **files: str) -> Path:
    root = write(tmp_path)
    parts = {
        "group-systems.yaml": SYSTEMS,
        "groups/krajobraz.yaml": GROUPS,
        "groups/tables/krajobraz.csv": TABLE,
        "frontier.yaml": FRONTIER,
    }
    names = {"systems": "group-systems.yaml", "groups": "groups/krajobraz.yaml",
             "table": "groups/tables/krajobraz.csv", "frontier": "frontier.yaml"}  # fmt: skip
    for name, text in (parts | {names[key]: text for key, text in files.items()}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if text:
            (root / name).write_text(text, encoding="utf-8")
    return root


def faults(root: Path) -> str:
    try:
        return "\n".join(map(str, check_catalogue(load_catalogue(root))))
    except CatalogueErrors as error:
        return str(error)


def test_read_whole(tmp_path: Path) -> None:
    root = folder_of(tmp_path)
    found = load_catalogue(root)
    assert faults(root) == ""
    assert list(found.groups_of("krajobraz")) == ["gory"]
    assert list(found.groups_of()) == ["wiejskie"]
    assert found.systems["krajobraz"].table == {"020102": "gory"}
    assert found.frontier["szkoly"].outputs[0].formula == "uczniowie"
    assert Catalogue.model_validate_json(found.model_dump_json()).systems == found.systems


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("table", "unit,group\n020102,gury\n", "nie ma grupy z tabeli „gury”"),
        ("table", "unit,group\n020102,gory\n020102,doly\n", "stoi w dwóch grupach"),
        ("table", "unit,group\n020102,\n", "nie podaje jednostki albo grupy"),
        ("table", "code,group\n", "nagłówek"),
        ("table", "", "tabela groups/tables i klucz „source”"),
        ("systems", "", "nie ma systemu grup „krajobraz”"),
        ("systems", SYSTEMS + "  wersja: 2\n", "nieznany klucz „wersja”"),
        ("groups", "", "brakuje pliku groups/krajobraz.yaml"),
        ("groups", GROUPS + "  system: rodzaj\n", "wynika z nazwy pliku"),
        ("groups", GROUPS + "  population_from: 5\n", "usuń granice ludności"),
        ("frontier", FRONTIER.replace("szkoly:", "szkola:"), "nie ma usługi „szkola”"),
        ("frontier", FRONTIER.replace("formula: wydatki", "formula: wydatek"), "nie ma zmiennej"),
        ("frontier", FRONTIER.replace("formula: wydatki", "formula: wydatki +"), "frontier.yaml:2"),
        ("frontier", FRONTIER.replace("unit: zl}", "unit: os}"), "frontier.yaml:2"),
        ("frontier", FRONTIER.replace("unit: zl}", "unit: zz}"), "nie ma jednostki miary „zz”"),
        ("frontier", FRONTIER.replace("kinds: [gmina]", "kinds: [powiat]"), "rodzaju „powiat”"),
        (
            "frontier",
            FRONTIER.replace("uczniowie, unit: os", "uczniowie / ludnosc, unit: procent"),
            "wolno sumować",
        ),
        (
            "frontier",
            "".join(ln for ln in FRONTIER.splitlines(True) if "mixed" not in ln),
            "podaj powód",
        ),
        ("frontier", FRONTIER.replace("outputs: [{", "outputs: []\n  x: [{"), "outputs"),
    ],
)  # fmt: skip
def test_faults_are_told(tmp_path: Path, part: str, text: str, said: str) -> None:
    assert said in faults(folder_of(tmp_path, **{part: text}))
