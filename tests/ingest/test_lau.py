"""Eurostat's LAU table to groups by degree of urbanisation."""

import gzip
from pathlib import Path

import pytest

from smup.ingest.lau import LauError, degurba_table
from smup.territory import load_territory
from tests.helpers.stored import write_territory

HEAD = "NUTS 3 CODE,LAU CODE,LAU NAME NATIONAL,DEGURBA\n"
BOLESLAWIEC = "PL515,1001021250101,Bolesławiec,2\n"  # 020101: digits 5-6 and 10-13
JELENIA_GORA = "PL515,1001021256101,Jelenia Góra,1\n"  # 026101, a city: 0261


def table_of(folder: Path, text: str) -> str:
    write_territory(folder / "territory")
    path = folder / "lau.csv.gz"
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return degurba_table(path, load_territory(folder / "territory"))


def test_codes_become_units(tmp_path: Path) -> None:
    lines = table_of(tmp_path, HEAD + JELENIA_GORA + BOLESLAWIEC).splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "unit,group",
        "020101,degurba-2",
        "0261,degurba-1",
    ]
    assert any("sha256" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("LAU CODE,X\n", "brak kolumny"),
        (HEAD + "PL515,1001021259999,Nigdzie,1\n", "wiersz 2"),
        (HEAD + "PL515,12,Krótki,1\n", "kod 12"),
        (HEAD + BOLESLAWIEC.replace(",2\n", ",4\n"), "klasa 4"),
        (HEAD + BOLESLAWIEC + BOLESLAWIEC.replace(",2\n", ",3\n"), "dwie klasy"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(LauError, match=said):
        table_of(tmp_path, text)
