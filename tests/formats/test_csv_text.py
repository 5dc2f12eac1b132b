"""CSV that reads back to the same numbers and is no danger in a spreadsheet."""

import csv
import math
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.formats.csv_text import write_csv

# Beginnings that make a spreadsheet take text for a formula (OWASP, "CSV Injection").
DANGEROUS = ["=", "+", "-", "@", "\t", "\r"]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@settings(max_examples=200, deadline=None)
@given(
    values=st.lists(
        st.one_of(
            st.none(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.decimals(-(10**9), 10**9, places=2).map(float),
        )
    )
)
def test_numbers_read_back_to_the_same_bits(
    tmp_path_factory: pytest.TempPathFactory, values: list[float | None]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    write_csv(pa.table({"n": range(len(values)), "value": pa.array(values, pa.float64())}), path)
    read = [float(text) if text else None for _, text in rows(path)[1:]]
    assert read == values
    assert [math.copysign(1, v) for v in read if v is not None] == [
        math.copysign(1, v) for v in values if v is not None
    ]


@pytest.mark.parametrize("start", DANGEROUS)
def test_text_that_begins_like_a_formula_is_made_text(tmp_path: Path, start: str) -> None:
    text = f'{start}HYPERLINK("http://zle.example","kliknij")'
    plain = pa.array([text, "Kędzierzyn-Koźle", "a=b"])
    write_csv(pa.table({"name": plain, "again": plain.dictionary_encode()}), tmp_path / "x.csv")
    assert rows(tmp_path / "x.csv")[1:] == [["'" + text] * 2, ["Kędzierzyn-Koźle"] * 2, ["a=b"] * 2]


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    write_csv(pa.table({"value": [-1.5, 2.0]}), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8") == '"value"\n-1.5\n2\n'


def test_text_with_quotes_commas_and_lines_comes_back(tmp_path: Path) -> None:
    names = ['Gmina "Łąka", część', "dwie\nlinie", "ś, ż"]
    write_csv(pa.table({"name": names}), tmp_path / "x.csv")
    assert [row[0] for row in rows(tmp_path / "x.csv")[1:]] == names


def test_a_gap_is_an_empty_field_and_codes_keep_their_zeros(tmp_path: Path) -> None:
    table = pa.table({"unit": ["020101", "PL"], "value": pa.array([None, 3.0])})
    write_csv(table, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8") == '"unit","value"\n"020101",\n"PL",3\n'


def test_large_and_small_numbers_stand_with_all_their_digits(tmp_path: Path) -> None:
    values = [10092081377.77, -2.5e15, 0.00001, 12345678901.25, 3.0]
    table = pa.table({"value": values, "note": ["a,1e+10,b", '"1e+10"', "", "1e+10", "ś"]})
    write_csv(table, tmp_path / "x.csv")
    found = rows(tmp_path / "x.csv")[1:]
    digits = ["10092081377.77", "-2500000000000000", "0.00001", "12345678901.25", "3"]
    assert [value for value, _ in found] == digits
    assert [note for _, note in found] == table["note"].to_pylist()
