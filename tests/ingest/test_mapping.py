"""Mapping files: nothing unknown is accepted, and every refusal says where and why."""

from typing import Any

import pytest
from pydantic import ValidationError

from smup.catalogue import Catalogue, Source
from smup.ingest.figures import column_letters
from smup.ingest.mapping import MappingError, check_variables, parse_source
from smup.ingest.table import SourceError
from smup.panel import Flag, Status
from tests.ingest.small import land_file, mapping

FILE: dict[str, Any] = {
    "path": "proba.csv",
    "dated": "2024",
    "retrieved": "2024-12-31",
    "year": 2024,
    "unit": {"columns": [{"header": "kod"}], "code": "teryt6"},
    "columns": [{"header": "liczba", "variable": "ludnosc"}],
}


def source(**changes: Any) -> Source:
    text = {"pl": "Próba", "en": "Trial"}
    file = {k: v for k, v in {**FILE, **changes}.items() if v is not ...}
    return Source(id="proba", title=text, publisher="Nikt", licence="brak", files=(file,))


def refusal(**changes: Any) -> str:
    with pytest.raises(MappingError) as caught:
        parse_source(source(**changes))
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_every_shipped_mapping_is_sound(catalogue: Catalogue):
    described = [s for s in catalogue.sources.values() if s.files]
    assert len(described) >= 21
    for one in described:
        check_variables(one.id, parse_source(one), catalogue.variables)


def test_an_unknown_key_is_refused_with_the_nearest_known():
    text = refusal(seperator=";")
    assert text.startswith("catalogue/sources/proba.yaml:1: [files.0.seperator] nieznany klucz")
    assert "separator" in text


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"path": "proba.doc"}, "nie umiem czytać plików .doc"),
        ({"path": "proba.csv", "inside": "x.csv"}, "zip"),
        ({"unit": ...}, "brakuje klucza „unit”"),
        ({"year": None}, "brak roku"),
        ({"decimal": ",", "thousands": ","}, "tysięcy"),
        ({"signs": {"-": "nothing"}}, "nieznany status „nothing”"),
        ({"flags": ["pewne"]}, "nieznana flaga „pewne”"),
        ({"columns": []}, "lista kolumn z liczbami (columns) jest pusta"),
        ({"columns": [{"variable": "ludnosc"}]}, "podaj kolumnę"),
        ({"unit": {"columns": [{"at": "1"}], "code": "teryt6"}}, "files.0.unit.columns.0.at"),
        ({"first_row": 0}, "files.0.first_row"),
        (
            {"unit": {"columns": [{"at": "A"}], "code": "teryt6", "named": {"x": "14"}}},
            "code: name",
        ),
        ({"value": {"header": "x"}}, "layout: long"),
        ({"layout": "long"}, "layout: long wymaga kolumn"),
    ],
)
def test_impossible_mappings_are_refused_with_the_place(changes, part):
    assert part in refusal(**changes)


def test_names_of_statuses_and_flags_become_codes():
    (file,) = parse_source(source(signs={"-": "zero"}, flags=["low_precision", "break"]))
    assert file.signs == {"-": Status.ZERO}
    assert file.flags == Flag.LOW_PRECISION | Flag.BREAK


def test_a_mapping_cannot_be_changed():
    with pytest.raises(ValidationError):
        mapping().path = "inny.csv"


def test_an_unknown_variable_is_refused_with_the_nearest_known(catalogue: Catalogue):
    files = parse_source(source(columns=[{"header": "x", "variable": "ludnos"}]))
    with pytest.raises(MappingError, match=r"ludnos; najbliższe znane: „ludnosc”\."):
        check_variables("proba", files, catalogue.variables)


def test_a_ratio_may_not_be_summed_from_parts(catalogue: Catalogue):
    columns = [{"header": "x", "variable": "frekwencja_pe"}]
    files = parse_source(source(columns=columns, parts="sum"))
    with pytest.raises(MappingError, match="additive"):
        check_variables("proba", files, catalogue.variables)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("kod,rok,liczby\n020101,2024,5\n", {}),
        ("kod,rok\n020101,2024\n", {}),
        ("kod,rok,liczba,liczba\n020101,2024,5,6\n", {}),
        ("kod,liczba,rok\n020101,5,2024\n", {"columns": [
            {"at": "C", "header": "liczba", "variable": "liczba"}]}),
        ("kod,rok,liczba\n020101,2024,5\n", {"columns": [
            {"at": "D", "header": "liczba", "variable": "liczba"}]}),
        ("kod,rok,liczba\n020101,2024,5\n", {"columns": [
            {"header": "liczba {year}", "variable": "liczba"}], "year": None}),
    ],
)  # fmt: skip
def test_columns_that_are_not_as_mapped_refuse_the_file(text, changes):
    with pytest.raises(SourceError) as caught:
        land_file(text, **changes)
    assert caught.value.code == "zmieniony-naglowek"
    assert "proba.csv" in str(caught.value)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (702, "AAA")])
def test_columns_are_named_as_a_spreadsheet_names_them(index, letters):
    assert column_letters(index) == letters
