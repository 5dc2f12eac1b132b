"""Tables of the catalogue: codes of the budget, versions; a broken row is told with its line."""

from pathlib import Path

import pytest

from smup.catalogue import CatalogueErrors, load_catalogue
from tests.helpers.small_catalogue import change, write

CHAPTERS = "budget/rozdzialy.csv"
ROW = "80101,Szkoły podstawowe,Primary schools,,,,"


def test_codes_with_their_validity(tmp_path: Path) -> None:
    root = write(tmp_path)
    row = "85516,Opieka nad dziećmi do lat 3,Care of children under 3,2021,,,do sprawdzenia"
    change(root, CHAPTERS, ROW, f"{ROW}\n{row}")
    schools, nurseries = load_catalogue(root).budget.chapters
    assert (schools.code, schools.name.en) == ("80101", "Primary schools")
    assert (nurseries.code, nurseries.valid_from, nurseries.valid_to) == ("85516", 2021, None)


def test_a_paragraph_of_revenue_and_of_expenditure(tmp_path: Path) -> None:
    root = write(tmp_path)
    head = "code,name_pl,name_en,valid_from,valid_to,kind,note"
    received = "2310,Dotacja otrzymana,Grant received,,,dochody-biezace,"
    passed = "2310,Dotacja przekazana,Grant passed on,,,wydatki-biezace,"
    (root / "budget/paragrafy.csv").write_text(f"{head}\n{received}\n{passed}\n", "utf-8")
    kinds = [one.kind for one in load_catalogue(root).budget.paragraphs]
    assert kinds == ["dochody-biezace", "wydatki-biezace"]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (f"{ROW}\n{ROW}", f"catalogue/{CHAPTERS}:4: [code] kod 80101 stoi dwa razy"),
        ("80101,Szkoły, podstawowe,Primary schools,,,,", ":3: wiersz ma 8 kolumn zamiast 7"),
        ("80101,Szkoły podstawowe,,,,,", ":3: [name.en]"),
        ("80101,Szkoły,Schools,kiedyś,,,", ":3: [valid_from]"),
        ("80101,Szkoły,Schools,,,inne,", ":3: [kind] niedozwolona wartość"),
    ],
)
def test_a_broken_row(tmp_path: Path, new: str, message: str) -> None:
    root = write(tmp_path)
    change(root, CHAPTERS, ROW, new)
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(root)
    assert message in str(caught.value)


def test_a_wrong_header(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, CHAPTERS, "code,name_pl", "kod,name_pl")
    with pytest.raises(CatalogueErrors, match="nagłówek powinien brzmieć: code,name_pl"):
        load_catalogue(root)


def test_a_broken_history(tmp_path: Path) -> None:
    root = write(tmp_path)
    head = "number,indicator,version,status,meaning,recorded,change"
    (root / "history.csv").write_text(f"{head}\n0,ludnosc,1,published,abc,dziś,tak\n", "utf-8")
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(root)
    text = str(caught.value)
    assert all(f"history.csv:2: [{key}]" in text for key in ("number", "meaning", "recorded"))
