"""Official files nobody described go through the assistant and end in their known sums.

The catalogue is the shipped one, whose sources the assistant does not look at: it knows variables
by their names only. Every proposal is accepted, as ``--yes`` does.
"""

import csv
import gzip
import io
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from smup.catalogue import Source
from smup.ingest.guess import understand
from smup.ingest.importing import described, import_file
from smup.ingest.pipeline import surroundings
from smup.store.tidy import read_table
from smup.territory import Level

pytestmark = pytest.mark.sources
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def imported(official, catalogue, territory, root, tmp_path_factory):
    """A function: the file of official data -> (figures by variable, year and unit, findings)."""
    around = surroundings(root, territory)
    home = tmp_path_factory.mktemp("home")

    @cache
    def one(name, **told):
        path = Path(official) / name
        answers = dict(told)
        while True:
            found = understand(path, path.read_bytes(), catalogue, around.units, TODAY, answers)
            proposed = {q.id: q.proposal for q in found.questions if q.proposal is not None}
            if not proposed:
                break
            answers |= proposed
        assert found.questions == ()
        how = described(Source.model_validate({**found.source, "id": found.id}), found.id)
        done = import_file(path, how, around, catalogue, home)
        assert done.written == found.id
        table = read_table(home / "tables" / f"{done.written}.csv")
        values: dict[tuple[str, int], dict[str, float]] = {}
        cells = zip(table.variable, table.year.tolist(), table.unit, table.value, strict=True)
        for variable, year, unit, value in cells:
            if np.isfinite(value):
                values.setdefault((variable, year), {})[unit] = float(value)
        return values, done.findings

    return one


@pytest.fixture(scope="module")
def gmina_codes(territory):
    return {unit.code for unit in territory.of_level(Level.GMINA)}


def test_population_of_2024(imported, gmina_codes):
    values, _ = imported("gus_2024/population_data.xls")
    people = values["ludnosc", 2024]
    assert sum(v for u, v in people.items() if u in gmina_codes) == 37_489_087
    assert people["PL"] == 37_489_087
    assert len(people.keys() & gmina_codes) == 2477
    # Variables with a name in the catalogue are that; the rest is proposed under new ids.
    assert values["zgony_deaths_ogolem_total", 2024]["PL"] == 408_504
    assert values["urodzenia_zywe", 2024]["PL"] == 251_782


def test_area_of_2025(imported, territory, gmina_codes):
    values, findings = imported("gus_2024/area_data.xlsx")
    (hectares,) = [v for k, v in values.items() if v.get("PL") == 31_393_293]
    powiats = [u.code for u in territory.of_level(Level.POWIAT) if u.exists_in(2024)]
    assert sum(hectares[code] for code in powiats) == 31_393_293
    # Two gminas were created on 1 January 2025, and the figures are taken as of 2024.
    future = {f.unit for f in findings if f.code == "przyszla-jednostka"}
    assert future == {"120713", "200216"}
    assert len(hectares.keys() & gmina_codes) == 2477


def test_density_income_and_pit_of_2020(imported, territory):
    tables = [
        imported(f"bdl_2020/teryt_{name}.csv.gz")[0][f"teryt_{name}", 2020]
        for name in ("density", "income_per_person", "pit_per_person")
    ]
    assert [len(table) for table in tables] == [2477, 2477, 2477]
    _, income, pit = tables
    assert territory.units[max(income, key=income.__getitem__)].name == "Kleszczów"
    assert all(pit[unit] <= income[unit] for unit in income)


def naive_rows(official, name):
    """Rows of a gzipped CSV with semicolons, by the standard library."""
    text = gzip.decompress((Path(official) / name).read_bytes()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.nightly
def test_voters_of_2023(imported, official):
    """Eligible 29,531,622 with Warszawa in districts, and abroad and ships without codes."""
    name = "elections/dhondt_2023_by_community.csv.gz"
    column = "Liczba wyborców uprawnionych do głosowania"
    rows = [(row["TERYT Gminy"], int(row[column] or 0)) for row in naive_rows(official, name)]
    assert sum(voters for _, voters in rows) == 29_531_622
    values, findings = imported(name)
    landed = values["liczba_wyborcow_uprawnionych_do_glosowania", 2023]
    outside = sum(voters for code, voters in rows if not code or code.startswith("1465"))
    assert sum(landed.values()) + outside == 29_531_622
    assert {f.unit for f in findings if f.code == "tylko-czesci"} == {"1465"}
    values, _ = imported(name, parts="sumować części")
    landed = values["liczba_wyborcow_uprawnionych_do_glosowania", 2023]
    assert sum(landed.values()) == sum(voters for code, voters in rows if code)
    assert len(landed) == 2477


def test_powiats_through_the_years(imported, official):
    """The same sums as of the rows of the file itself, and the population of 2022."""
    values, _ = imported("bdl_powiat/Number_of_people.xlsx")
    years = sorted(year for _, year in values)
    assert (years[0], years[-1], len(years)) == (1995, 2022, 28)
    assert len(values["number_of_people", 2022]) == 380
    # GUS, 31 December 2022
    assert sum(values["number_of_people", 2022].values()) == 37_766_327


@pytest.mark.nightly
def test_the_unemployed_by_twelve_digit_ids(imported):
    values, _ = imported("bdl_powiat/Number_of_unemployed.xlsx")
    assert len(values["number_of_unemployed", 2022]) == 380
    # GUS, 31 December 2022: 812.3 thousand
    assert round(sum(values["number_of_unemployed", 2022].values()), -2) == 812_300


def test_ages_of_powiats_with_years_in_headers(imported):
    """In every row total = pp + pr + po."""
    values, _ = imported("bdl_powiat/population_by_age_powiat_2012_2017.csv.gz")
    for year in range(2012, 2018):
        total = values["total", year]
        assert len(total) >= 379
        for unit, people in total.items():
            assert people == sum(values[part, year][unit] for part in ("pp", "pr", "po"))
    assert ("total", 2018) not in values


def test_fire_service_events_by_year(imported):
    values, findings = imported("gus_2024/fire_incidents.xlsx")
    fires = values["pozary", 2024]
    assert {year for _, year in values} == {2023, 2024}
    doubled = {f.unit for f in findings if f.code == "zdublowany-klucz"}
    both = {f.unit for f in findings if f.code == "miasto-i-czesci"}
    assert len(doubled) >= 15
    assert {"1465", "1061", "1261", "0264", "3064"} <= both
    assert not (doubled | both) & fires.keys()


def test_pupils_per_teacher_by_type_of_school(imported):
    values, _ = imported("schools/students_per_teacher_by_gmina_type_2018.csv.gz")
    primary = values["avg_ratio_szkola_podstawowa", 2018]
    assert len(primary) == 2477
    assert {variable for variable, _ in values} >= {"avg_ratio_przedszkole", "max_ratio_technikum"}
