"""Exam results: sums over schools, checked against a twin with plain dictionaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.ingest.figures import Context, Notes
from smup.ingest.landing import land
from smup.ingest.mapping import FileMapping, MappingError
from smup.ingest.quirks import szkoly_e8
from smup.ingest.table import read_table
from smup.panel import Flag, Status
from tests.helpers.country import country
from tests.ingest.small import mapping, said, units

COLUMNS = [
    {"header": "zdający", "variable": "e8_polski_zdajacy", "at_least": 0},
    {"header": "średnia", "variable": "e8_polski_punkty", "at_least": 0, "at_most": 100},
]
HEAD = "gdzie,zdający,średnia\n"


def by_region(**changes) -> FileMapping:
    key = {"columns": [{"header": "gdzie"}], "code": "wojewodztwo"}
    return mapping(**{"unit": key, "year": 2024, "columns": COLUMNS, **changes})


def by_gmina(**changes) -> FileMapping:
    key = {"columns": [{"header": "gdzie"}], "code": "teryt7"}
    return mapping(**{"unit": key, "year": 2024, "columns": COLUMNS, **changes})


def results(text: str, read_as: FileMapping):
    """(unit -> (pupils, points) or status), findings."""
    notes = Notes("proba", "proba.csv")
    context = Context(read_as, units(), {}, notes)
    table = read_table(read_as, (HEAD + text).encode())
    facts = land(szkoly_e8.extract(table, context), country(), read_as.parts, notes)
    cells = {(f.unit, f.variable): f.status if f.value is None else f.value for f in facts}
    found = {
        unit: (cells[unit, "e8_polski_zdajacy"], cells[unit, "e8_polski_punkty"])
        for unit, _ in cells
    }
    return found, notes.findings(), facts


def test_schools_of_a_region_count_once_for_it_and_once_for_the_country():
    found, _, _ = results("Dolina,10,50\nDolina,30,60\nWyżyna,20,70\n", by_region())
    assert found == {"02": (40.0, 2300.0), "04": (20.0, 1400.0), "PL": (60.0, 3700.0)}


def test_the_country_is_told_only_from_all_regions():
    found, _, _ = results("Dolina,10,50\n", by_region())
    assert found == {"02": (10.0, 500.0)}


def test_a_school_without_a_mean_enters_neither_pupils_nor_points():
    found, findings, _ = results("Dolina,10,50\nDolina,8,\nDolina,,\nWyżyna,20,70\n", by_region())
    assert found["02"] == (10.0, 500.0)
    assert said(findings) == {("bez-sredniej", 3), ("bez-sredniej", 4)}


def test_schools_in_the_town_and_around_it_belong_to_the_gmina_and_all_above_it():
    text = "0401014,10,50\n0401015,5,80\n0401022,20,60\n0461011,100,70\n"
    found, _, _ = results(text, by_gmina())
    assert found == {
        "040101": (15.0, 900.0),
        "040102": (20.0, 1200.0),
        "0401": (35.0, 2100.0),
        "0461": (100.0, 7000.0),
        "04": (135.0, 9100.0),
    }


def test_a_gmina_of_few_pupils_has_no_value_but_counts_above():
    found, findings, _ = results("0201011,9,50\n0201022,10,60\n", by_gmina())
    assert found == {
        "020101": (Status.SUPPRESSED_SMALL, Status.SUPPRESSED_SMALL),
        "020102": (10.0, 600.0),
        "0201": (19.0, 1050.0),
        "02": (19.0, 1050.0),
    }
    assert [(f.code, f.unit) for f in findings] == [("mniej-niz-prog", "020101")]


def test_flags_of_the_file_stand_at_every_value():
    _, _, facts = results("Dolina,10,50\n", by_region(flags=["low_precision"]))
    assert {f.flags for f in facts} == {Flag.LOW_PRECISION}


def test_columns_must_come_in_pairs():
    with pytest.raises(MappingError, match="pary"):
        results("Dolina,10,50\n", by_region(columns=COLUMNS[:1]))


SCHOOL = st.tuples(
    st.sampled_from(["0201011", "0201033", "0201035", "0461011", "0401014"]),
    st.one_of(st.none(), st.integers(1, 40)),
    st.one_of(st.none(), st.integers(0, 1000).map(lambda n: n / 10)),
)


@given(st.lists(SCHOOL, min_size=1, max_size=25))
def test_sums_agree_with_a_plain_twin(schools):
    above = {
        "0201011": ("020101", "0201", "02"),
        "0201033": ("020103", "0201", "02"),
        "0201035": ("020103", "0201", "02"),
        "0461011": ("0461", "04"),
        "0401014": ("040101", "0401", "04"),
    }
    expected: dict[str, list[float]] = {}
    for code, pupils, mean in schools:
        if pupils is not None and mean is not None:
            for unit in above[code]:
                total = expected.setdefault(unit, [0, 0])
                total[0] += pupils
                total[1] += pupils * mean
    if "02" in expected and "04" in expected:
        expected["PL"] = [a + b for a, b in zip(expected["02"], expected["04"], strict=True)]
    lines = [f"{c},{'' if n is None else n},{'' if m is None else m}\n" for c, n, m in schools]
    found, _, _ = results("".join(lines), by_gmina())
    assert found.keys() == expected.keys()
    for unit, (pupils, points) in expected.items():
        if len(unit) == 6 and pupils < 10:
            assert found[unit] == (Status.SUPPRESSED_SMALL, Status.SUPPRESSED_SMALL)
        else:
            assert found[unit] == (pupils, pytest.approx(points, abs=1e-6))
