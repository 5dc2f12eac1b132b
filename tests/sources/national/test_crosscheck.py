"""Published figures of the national system against those of a release."""

import csv
import io
import itertools
import random
from collections.abc import Mapping
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.build import build_release
from smup.catalogue import Catalogue
from smup.panel import Panel, Status
from smup.sources.national import published
from smup.sources.national.crosscheck import Compared, Crosscheck, apart, crosscheck
from smup.sources.national.published import Line, Published
from smup.sources.national.telling import (
    NothingToCompare,
    check_release,
    differences_bytes,
    findings,
)
from smup.store.releases import Releases
from tests.helpers.country import CITY, country, panel_of
from tests.helpers.stored import make_release
from tests.helpers.tiny_root import write_root
from tests.sources.national import desk

ITEMS = ("udzial-uczniow", "ludnosc")  # of one decimal place, and of none
PLACES = st.integers(min_value=0, max_value=4)
NUMBERS = st.decimals(min_value=-10_000, max_value=10_000, places=8)


def differ(theirs: Decimal, ours: Decimal, precision: int, decimals: int) -> bool:
    """The naive twin: is there no number that could have been rounded to both, ties either way?

    Open intervals: at equal precision only a tie itself lies in two neighbours.
    """
    half = [Fraction(1, 2 * 10**places) for places in (precision, decimals)]
    low = max(Fraction(theirs) - half[0], Fraction(ours) - half[1])
    high = min(Fraction(theirs) + half[0], Fraction(ours) + half[1])
    return low >= high


def told_apart(theirs: Decimal, ours: Decimal, precision: int, decimals: int) -> bool:
    places = np.array([precision], np.uint8)
    left, right = np.array([float(theirs)]), np.array([float(ours)])
    return bool(apart(left, right, places, decimals)[0])


@given(NUMBERS, PLACES, PLACES, st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]))
def test_a_number_rounded_twice_never_differs_from_itself(
    number: Decimal, precision: int, decimals: int, way: str
) -> None:
    theirs = number.quantize(Decimal(1).scaleb(-precision), way)
    ours = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if precision != decimals:  # where they are equal, two ways of rounding a tie do differ
        assert not told_apart(theirs, ours, precision, decimals)


@given(PLACES, PLACES, st.integers(-(10**6), 10**6), st.integers(-30, 30))
def test_it_differs_exactly_where_no_number_rounds_to_both(
    precision: int, decimals: int, steps: int, further: int
) -> None:
    theirs = Decimal(steps).scaleb(-precision)
    ours = theirs.quantize(Decimal(1).scaleb(-decimals)) + Decimal(further).scaleb(-decimals)
    assert told_apart(theirs, ours, precision, decimals) == differ(
        theirs, ours, precision, decimals
    )


@pytest.mark.parametrize(
    ("theirs", "ours", "precision", "decimals", "expected"),
    [
        ("12", "12.5", 0, 1, False),  # a tie may have gone down
        ("13", "12.5", 0, 1, False),  # or up
        ("12", "12.6", 0, 1, True),
        ("13", "12.4", 0, 1, True),
        ("12", "13", 0, 0, True),
        ("0.3", "0.2", 1, 1, True),  # 0.3 - 0.2 is below 0.1 in floats
        ("12.5", "13", 1, 0, False),
        ("12.4", "13", 1, 0, True),
    ],
)
def test_ties_agree_with_both_neighbours(
    theirs: str, ours: str, precision: int, decimals: int, expected: bool
) -> None:
    assert told_apart(Decimal(theirs), Decimal(ours), precision, decimals) is expected


Given = Mapping[tuple[str, int, str], float | Status | None]


def held(home: Path, given: Given) -> Published:
    """Their table with these cells; None: a row that could not be read."""
    national = {"udzial-uczniow": 4053, "ludnosc": 16}
    lines = []
    for (item, year, unit), cell in given.items():
        number = 4403 if (item, unit) == ("udzial-uczniow", CITY) else national[item]
        if cell is None or isinstance(cell, Status):
            value, status = None, cell
        else:
            value, status = float(cell), Status.OBSERVED
        lines.append(Line(item, unit, year, number, 1, value, status, 0))
    published.write(home, [("source", "smup")], lines)
    table = published.read(home)
    assert table is not None
    return table


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    (tmp_path / "root").mkdir()
    return desk.read_catalogue(desk.write_root(tmp_path / "root"))


def ours(cells: Mapping[tuple[str, int, str], float | Status]) -> Panel:
    return panel_of(cells, ITEMS)


def check(home: Path, catalogue: Catalogue, theirs: Given, mine: Panel) -> Crosscheck:
    return crosscheck(held(home, theirs), mine, catalogue, country())


def kinds_of(found: Crosscheck) -> set[tuple[str, str, int, str]]:
    return {(one.code, one.indicator, one.year, one.unit) for one in found.differences}


def test_values_gaps_and_absences_are_told_apart(tmp_path: Path, catalogue: Catalogue) -> None:
    theirs: Given = {
        ("udzial-uczniow", 2023, "020101"): 12,
        ("udzial-uczniow", 2023, "020102"): 12,
        ("udzial-uczniow", 2023, "020103"): 12,
        ("udzial-uczniow", 2023, "020201"): Status.MISSING,
        ("udzial-uczniow", 2023, "020202"): None,
        ("udzial-uczniow", 2023, CITY): 50,
        ("ludnosc", 2022, "020101"): 100,
    }
    mine = ours(
        {
            ("udzial-uczniow", 2023, "020101"): 12.5,
            ("udzial-uczniow", 2023, "020102"): 12.6,
            ("udzial-uczniow", 2023, "020103"): Status.CONFIDENTIAL,
            ("udzial-uczniow", 2023, "020201"): 9.9,
            ("udzial-uczniow", 2023, "020202"): 9.9,  # theirs could not be read: nothing to say
            ("udzial-uczniow", 2023, "020203"): 9.9,  # they have no row
            ("udzial-uczniow", 2023, CITY): 50.2,
            ("udzial-uczniow", 2022, "020101"): 1.0,  # a year they have not published
            ("udzial-uczniow", 2023, "0201"): 1.0,  # a powiat: no national indicator is named
            ("ludnosc", 2022, "020101"): 100.0,
        }
    )
    found = check(tmp_path, catalogue, theirs, mine)
    assert kinds_of(found) == {
        ("inna-niz-krajowa", "udzial-uczniow", 2023, "020102"),
        ("tylko-krajowa", "udzial-uczniow", 2023, "020103"),
        ("tylko-nasza", "udzial-uczniow", 2023, "020201"),
        ("tylko-nasza", "udzial-uczniow", 2023, "020203"),
    }
    assert found.compared == {"udzial-uczniow": Compared(3, 1), "ludnosc": Compared(1, 0)}


def test_a_table_without_a_row_is_a_table(tmp_path: Path, catalogue: Catalogue) -> None:
    found = check(tmp_path, catalogue, {}, ours({}))
    assert (found.compared, found.differences) == ({}, ())


def test_a_year_and_a_unit_we_do_not_have_are_only_theirs(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    theirs: Given = {("ludnosc", 2019, "020101"): 5, ("ludnosc", 2023, "999999"): 5}
    found = check(tmp_path, catalogue, theirs, ours({}))
    assert kinds_of(found) == {
        ("tylko-krajowa", "ludnosc", 2019, "020101"),
        ("tylko-krajowa", "ludnosc", 2023, "999999"),
    }
    assert {one.ours_status for one in found.differences} == {""}


def test_thousands_of_differences_are_one_finding_and_a_table(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    units, years = ("020201", "020202", "020203"), (2020, 2021, 2022)
    cells = [("ludnosc", year, unit) for year in years for unit in units]
    theirs = {cell: 1000.0 + 2 * i for i, cell in enumerate(cells)}
    found = check(tmp_path, catalogue, theirs, ours(dict.fromkeys(cells, 990.0)))
    told = findings(found, catalogue, country())
    assert [one.code for one in told] == ["inna-niz-krajowa"]
    assert told[0].message == (
        "Ludność: 9 z 9 porównanych wartości różni się o więcej niż zaokrąglenie; największa "
        "różnica 26. Lasek (020203) w 2022: krajowa 1\u00a0016, nasza 990; Las (020202) w 2022: "
        "krajowa 1\u00a0014, nasza 990; Lipa (020201) w 2022: krajowa 1\u00a0012, nasza 990"
    )
    assert (told[0].unit, told[0].year) == ("020203", 2022)
    written = differences_bytes(found.differences, country()).decode()
    rows = list(csv.DictReader(io.StringIO(written)))
    assert len(rows) == 9
    assert rows[-1]["name"] == "Lasek"
    assert (rows[-1]["theirs"], rows[-1]["ours"], rows[-1]["difference"]) == ("1016", "990", "26")


def test_the_whole_check_agrees_with_one_in_plain_dictionaries(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    chance = random.Random(7)
    units, years = ["020101", "020102", CITY, "0201", "02"], (2021, 2022, 2023)
    gaps = [Status.MISSING, Status.CONFIDENTIAL, Status.BELOW_FORMAT]
    theirs: dict[tuple[str, int, str], float | Status | None] = {}
    mine: dict[tuple[str, int, str], float | Status] = {}
    for cell in itertools.product(ITEMS, years, units):
        if chance.random() < 0.8 and cell[2] in units[:3]:
            theirs[cell] = chance.choice([chance.randint(1, 9), chance.choice(gaps), None])
        if chance.random() < 0.8:
            mine[cell] = chance.choice([chance.randint(10, 90) / 10, chance.choice(gaps)])
            if cell[0] == "ludnosc" and not isinstance(mine[cell], Status):
                mine[cell] = float(round(float(mine[cell])))
    expected = set()
    for cell in itertools.product(ITEMS, years, units):
        left, right = theirs.get(cell, "none"), mine.get(cell)
        known, ours_known = type(left) is int, isinstance(right, float)
        places = 1 if cell[0] == "udzial-uczniow" else 0
        if known and ours_known:
            if differ(Decimal(str(left)), Decimal(str(right)), 0, places):
                expected.add(("inna-niz-krajowa", *cell))
        elif known:
            expected.add(("tylko-krajowa", *cell))
        elif ours_known and left is not None and cell[2] in units[:3]:
            expected.add(("tylko-nasza", *cell))
    found = kinds_of(check(tmp_path, catalogue, theirs, ours(mine)))
    assert found == expected
    assert {code for code, *_ in found} == {"inna-niz-krajowa", "tylko-krajowa", "tylko-nasza"}


def test_a_release_is_held_against_what_was_fetched(tmp_path: Path) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    people = root / "catalogue" / "indicators" / "kontekst" / "ludnosc.yaml"
    people.write_text(people.read_text("utf-8") + "smup: [{id: 16, kinds: [gmina]}]\n", "utf-8")
    build_release(root, home)
    release = Releases(home).current()
    with pytest.raises(NothingToCompare, match="smup sync smup"):
        check_release(home, release)
    figures = {"020101": 110.0, "020102": 51.0}
    lines = [
        Line("ludnosc", unit, year, 16, 1, value, Status.OBSERVED, 0)
        for unit, value in figures.items()
        for year in (2021, 2022)
    ]
    published.write(home, [("source", "smup")], lines)
    told = check_release(home, release)
    # 2021: 100 and 50 of ours; 2022: 110, and a figure kept secret
    assert [one.code for one in told.findings] == ["inna-niz-krajowa", "tylko-krajowa"]
    rows = list(csv.DictReader(io.StringIO(told.file.read_text("utf-8"))))
    assert [
        (row["what"], row["unit"], row["year"], row["theirs"], row["ours"]) for row in rows
    ] == [
        ("inna-niz-krajowa", "020101", "2021", "110", "100"),
        ("inna-niz-krajowa", "020102", "2021", "51", "50"),
        ("tylko-krajowa", "020102", "2022", "51", ""),
    ]


def test_invented_figures_are_not_held_against_official_ones(tmp_path: Path) -> None:
    release = Releases(tmp_path).open(make_release(tmp_path, synthetic=True))
    with pytest.raises(NothingToCompare, match="zmyślone"):
        check_release(tmp_path, release)
