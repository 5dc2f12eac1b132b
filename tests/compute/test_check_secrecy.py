"""Faults in the rules of secrecy are told with the file and the line."""

from pathlib import Path

import pytest

from smup.catalogue import CatalogueErrors, load_catalogue
from smup.compute.check import check_catalogue
from tests.helpers import small_catalogue

RULE = """\
osoby:
  name: {{pl: Osoby, en: Persons}}
  below: {below}
  levels: [gmina]
  counts: {counts}
  parts: {parts}
  reason: {{pl: Powód., en: A reason.}}
"""


def faults(folder: Path, counts: str, parts: str = "{}") -> list[str]:
    root = small_catalogue.write(folder)
    (root / "secrecy.yaml").write_text(RULE.format(below=3, counts=counts, parts=parts), "utf-8")
    return [f"{e.file}:{e.line} {e.message}" for e in check_catalogue(load_catalogue(root))]


def test_a_sound_rule(tmp_path: Path) -> None:
    assert faults(tmp_path, "{uczniowie: [wydatki], ludnosc: []}", "{uczniowie: ludnosc}") == []


@pytest.mark.parametrize(
    ("counts", "parts", "said"),
    [
        ("{uczen: []}", "{}", "„uczen”"),
        ("{uczniowie: [wydatek]}", "{}", "„wydatek”"),
        ("{uczniowie_w_roku: []}", "{}", "„uczniowie_w_roku”"),
        ("{uczniowie: []}", "{uczniowie: ludnosc}", "„ludnosc”"),
    ],
)
def test_names_are_known(tmp_path: Path, counts: str, parts: str, said: str) -> None:
    (message,) = faults(tmp_path, counts, parts)
    assert message.startswith("catalogue/secrecy.yaml:")
    assert said in message


def test_the_form_is_refused(tmp_path: Path) -> None:
    root = small_catalogue.write(tmp_path)
    text = RULE.format(below=1, counts="{uczniowie: []}", parts="{}")
    (root / "secrecy.yaml").write_text(text, "utf-8")
    with pytest.raises(CatalogueErrors):
        load_catalogue(root)
