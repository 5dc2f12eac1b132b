"""The shipped tables against facts known from elsewhere, and against the official files."""

import csv
import gzip
import os
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from smup.catalogue import Catalogue
from smup.ingest import run
from smup.panel import Flag, Status
from smup.quality.findings import read_findings
from smup.store.tidy import TidyTable, read_table
from smup.territory import Level, Territory

ROOT = Path(__file__).resolve().parents[2]


@cache
def table(source: str) -> TidyTable:
    return read_table(ROOT / "data" / f"{source}.csv")


def series(source: str, variable: str, year: int) -> dict[str, float]:
    """Values by unit; gaps left out."""
    t = table(source)
    mine = t.variable.reads(variable) & (t.year == year) & np.isfinite(t.value)
    return {t.unit[row]: float(t.value[row]) for row in np.flatnonzero(mine).tolist()}


def units(t: TidyTable, rows: NDArray[np.bool_]) -> list[str]:
    """The unit of each row for which ``rows`` holds."""
    return [t.unit[row] for row in np.flatnonzero(rows).tolist()]


def gminas(values: dict[str, float], territory: Territory) -> dict[str, float]:
    known = {u.code for u in territory.of_level(Level.GMINA)}
    return {unit: value for unit, value in values.items() if unit in known}


@pytest.fixture(scope="module")
def findings(root):
    return read_findings((root / "data" / "findings.csv").read_bytes())


def of(findings, source, code):
    return [f for f in findings if f.source == source and f.code == code]


# What other publications say of the same figures.


def test_the_population_of_2024_sums_to_that_of_the_country(territory):
    people = series("gus-ludnosc-2024", "ludnosc", 2024)
    assert len(gminas(people, territory)) == 2477
    assert sum(gminas(people, territory).values()) == 37_489_087
    assert people["PL"] == 37_489_087
    assert sum(people[u.code] for u in territory.of_level(Level.WOJEWODZTWO)) == 37_489_087


def test_the_area_sums_to_that_of_the_country_at_every_level(territory):
    area = series("gus-powierzchnia-2025", "powierzchnia_ha", 2024)
    assert sum(gminas(area, territory).values()) == 31_393_293
    powiats = [u.code for u in territory.of_level(Level.POWIAT) if u.exists_in(2024)]
    assert sum(area[code] for code in powiats) == 31_393_293
    assert area["PL"] == 31_393_293
    assert len(gminas(area, territory)) == 2477


def test_land_of_the_gminas_of_2025_stays_with_those_it_belonged_to_in_2024(findings):
    area = series("gus-powierzchnia-2025", "powierzchnia_ha", 2024)
    assert "120713" not in area
    assert "200216" not in area
    assert {f.unit for f in of(findings, "gus-powierzchnia-2025", "doliczony-wiersz")} == {
        "120705",
        "200209",
    }


def test_published_rates_are_those_of_the_yearbook():
    assert series("gus-ludnosc-2024", "urodzenia_na_1000", 2024)["PL"] == 6.7029
    assert series("gus-ludnosc-2024", "saldo_wewnetrzne", 2024)["PL"] == 0  # printed as "-"


def test_parts_of_urban_rural_gminas_are_not_counted_twice(findings):
    assert len(of(findings, "gus-ludnosc-2024", "czesc-gminy")) == 2 * 711
    assert len(of(findings, "gus-powierzchnia-2025", "czesc-gminy")) == 2 * 718
    assert len(of(findings, "bdl-gmina-2020", "czesc-gminy")) == 2 * 642


def test_turnout_of_each_election_is_the_official_one(territory):
    """PKW gives 50.92, 61.74 and 74.38 per cent with voters abroad, who lie in no gmina."""
    for year, low, high in ((2015, 50.5, 50.92), (2019, 61.2, 61.74), (2023, 73.8, 74.38)):
        entitled = series(f"pkw-sejm-{year}", "wyborcy_sejm", year)
        voters = series(f"pkw-sejm-{year}", "glosujacy_sejm", year)
        assert len(gminas(entitled, territory)) == len(entitled) == 2478 - (year > 2018)
        assert low < 100 * sum(voters.values()) / sum(entitled.values()) < high


def test_examination_means_are_those_of_cke():
    """CKE announced 60, 60, 66 and 61 per cent in Polish for 2021-2024."""
    for year, announced in ((2021, 60), (2022, 60), (2023, 66), (2024, 61)):
        points = series(f"cke-e8-{year}", "e8_polski_punkty", year)
        pupils = series(f"cke-e8-{year}", "e8_polski_zdajacy", year)
        assert round(points["PL"] / pupils["PL"]) == announced
        regions = [code for code in pupils if code != "PL"]
        assert len(regions) == 16
        assert sum(pupils[c] for c in regions) == pupils["PL"]
        assert sum(points[c] for c in regions) == pytest.approx(points["PL"], abs=0.01)


def test_the_incomplete_year_of_examinations_is_flagged():
    assert set(table("cke-e8-2024").flags) == {int(Flag.LOW_PRECISION)}
    assert set(table("cke-e8-2023").flags) == {0}


def test_mazowieckie_gminas_powiats_and_region_agree(territory):
    pupils = series("cke-e8-2025", "e8_matematyka_zdajacy", 2025)
    lands = gminas(pupils, territory)
    hidden = pupils["14"] - sum(lands.values())
    assert hidden == 8  # Czerwonka, below ten
    cities = [u.code for u in territory.of_level(Level.POWIAT) if u.code in pupils]
    assert len(cities) == 42
    assert sum(pupils[c] for c in cities) == pupils["14"]
    t = table("cke-e8-2025")
    assert set(units(t, t.status == Status.SUPPRESSED_SMALL)) == {"141102"}


def test_own_income_and_pit_of_2020(territory):
    income = series("bdl-gmina-2020", "dochody_wlasne_na_mieszkanca", 2020)
    pit = series("bdl-gmina-2020", "pit_na_mieszkanca", 2020)
    assert len(income) == len(pit) == 2477
    assert territory.units[max(income, key=income.__getitem__)].name == "Kleszczów"
    assert all(pit[unit] <= income[unit] for unit in income)


def test_social_care_homes_match_the_national_figures_of_gus():
    """GUS: 47.6 % of 1,837 stationary facilities in 2019, over 43 % of 2,082 in 2022."""
    totals = {
        year: sum(series("bdl-powiat-pomoc-spoleczna", "domy_pomocy_spolecznej", year).values())
        for year in (2019, 2022)
    }
    assert round(100 * totals[2019] / 1837, 1) == 47.6
    assert 43 < 100 * totals[2022] / 2082 < 44


def test_fire_service_events_miss_only_the_duplicated_codes(territory, findings):
    """KG PSP: 486,055 events in 2023, of which 70,294 in Mazowieckie."""
    events = series("psp-zdarzenia", "zdarzenia_psp", 2023)
    missing = {u.code for u in territory.of_level(Level.GMINA) if u.exists_in(2023)} - set(events)
    doubled = {f.unit for f in of(findings, "psp-zdarzenia", "zdublowany-klucz")}
    assert len(doubled) == 17
    assert missing == doubled - {"200216", "320304"}  # these two did not exist in 2023
    assert 0.98 < sum(events.values()) / 486_055 < 1
    mazowieckie = sum(events[u.code] for u in territory.members("14") if u.code in events)
    assert 0.995 < mazowieckie / 70_294 < 1
    assert events["1465"] == 20_214
    assert {f.unit for f in of(findings, "psp-zdarzenia", "zniesiona-jednostka")} == {"320304"}


def test_historical_powiats_land_for_the_years_they_existed():
    t = table("bdl-powiat-ludnosc")
    had = {u: sorted(t.year[t.unit.reads(u) & np.isfinite(t.value)]) for u in ("0263", "1431")}
    assert had == {"0263": list(range(1995, 2003)), "1431": list(range(1995, 2002))}
    assert (t.year[0], set(t.unit) >= {"0265", "1465"}) == (1995, True)
    not_there = units(t, t.status == Status.NOT_EXISTING)
    assert Counter(not_there)["0265"] == 18  # 1995-2012
    assert Counter(not_there)["1465"] == 7  # 1995-2001


def test_the_population_of_powiats_has_no_lost_units(territory):
    for year in (2002, 2013, 2022):
        people = series("bdl-powiat-ludnosc", "ludnosc", year)
        powiats = {u.code for u in territory.of_level(Level.POWIAT) if u.exists_in(year)}
        absent = powiats - set(people)
        assert absent == ({"0265"} if year == 2002 else set())


def test_an_empty_last_year_is_not_in_the_table(findings):
    assert max(table("bdl-powiat-regon").year) == 2022
    assert max(table("bdl-powiat-wiek").year) == 2017
    assert len(of(findings, "bdl-powiat-regon", "pusty-rok")) == 381  # and Wałbrzych do 2002
    assert len(of(findings, "bdl-powiat-wiek", "pusty-rok")) == 380


def test_a_wage_of_zero_is_no_wage(findings):
    (one,) = of(findings, "bdl-powiat-wynagrodzenia", "zero-zamiast-braku")
    assert (one.unit, one.year) == ("2467", 2022)
    assert "2467" not in series("bdl-powiat-wynagrodzenia", "wynagrodzenie_przecietne", 2022)


def test_age_groups_sum_to_the_population():
    for year in range(2012, 2018):
        people = series("bdl-powiat-ludnosc", "ludnosc", year)
        groups = [
            series("bdl-powiat-wiek", f"ludnosc_{name}produkcyjna", year)
            for name in ("przed", "", "po")
        ]
        assert {u: sum(g[u] for g in groups) for u in groups[0]} == people


def test_warsaw_has_no_turnout_where_only_its_districts_have(findings):
    assert "1465" not in series("pkw-pe-2019", "frekwencja_pe", 2019)
    assert len(of(findings, "pkw-pe-2019", "tylko-czesci")) == 18


def test_the_only_errors_are_keys_given_twice(findings):
    assert {f.code for f in findings if f.severity == "error"} == {"zdublowany-klucz"}


def test_every_unit_of_every_table_is_known_and_existed(root, territory):
    for path in sorted((root / "data").glob("*.csv")):
        if path.name == "findings.csv":
            continue
        t = read_table(path)
        for unit, year, status in set(zip(t.unit, t.year.tolist(), t.status.tolist(), strict=True)):
            assert territory.units[unit].exists_in(year) or status == Status.NOT_EXISTING


# The official files themselves.


@pytest.mark.sources
def test_ingesting_the_official_files_again_gives_the_same_bytes(
    root: Path, official: Path, catalogue: Catalogue, territory: Territory, tmp_path: Path
):
    for name in ("territory", "catalogue"):
        os.symlink(root / name, tmp_path / name)
    run(None, official, catalogue, territory, tmp_path / "data", tmp_path / "migawki")
    made = {p.name: p.read_bytes() for p in (tmp_path / "data").iterdir()}
    shipped = {p.name: p.read_bytes() for p in (root / "data").iterdir() if p.suffix == ".csv"}
    assert made.keys() == shipped.keys()
    assert [name for name in made if made[name] != shipped[name]] == []


def official_rows(path: Path, delimiter: str = ";") -> list[dict[str, str]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=delimiter))


@pytest.mark.sources
def test_entitled_voters_of_2023_are_those_that_landed_and_those_abroad(official, findings):
    rows = official_rows(official / "elections/dhondt_2023_by_community.csv.gz")
    entitled = "Liczba wyborców uprawnionych do głosowania"
    assert sum(int(row[entitled] or 0) for row in rows) == 29_531_622
    outside = {f.row for f in of(findings, "pkw-sejm-2023", "wiersz-spoza-podzialu")}
    abroad = sum(int(row[entitled] or 0) for n, row in enumerate(rows, 2) if n in outside)
    landed = sum(series("pkw-sejm-2023", "wyborcy_sejm", 2023).values())
    assert landed + abroad == 29_531_622


@pytest.mark.sources
@pytest.mark.parametrize(
    ("year", "file", "code"),
    [(2019, "2019_pl_gminy", "Kod TERYT"), (2023, "2023_pl_gminy", "TERYT Gminy")],
)
def test_valid_papers_over_the_entitled_are_the_published_turnout(
    official, territory, year, file, code
):
    """The definition of turnout, checked in every gmina against the file of percentages."""
    entitled = series(f"pkw-sejm-{year}", "wyborcy_sejm", year)
    voters = series(f"pkw-sejm-{year}", "glosujacy_sejm", year)
    published = {
        territory.get(row[code].zfill(6)).code: float(row["Frekwencja"].replace(",", "."))
        for row in official_rows(official / f"elections/{file}.csv.gz")
        if row[code] and territory.get(row[code].zfill(6))
    }
    assert len(published) == 2476  # Warszawa stands there as districts
    for unit, turnout in published.items():
        assert 100 * voters[unit] / entitled[unit] == pytest.approx(turnout, abs=0.0051)


@pytest.mark.sources
def test_schools_without_a_mean_are_what_lowers_it(official):
    """Divided by all pupils the means are 57.1, 59.7, 65.6 and 59.9: gaps counted as zeros."""
    for year, lowered in ((2021, 57.1), (2022, 59.7), (2023, 65.6), (2024, 59.9)):
        rows = official_rows(official / f"exams/e8-schools-{year}.csv.gz")
        everyone = sum(int(row["polish_candidates"] or 0) for row in rows)
        points = series(f"cke-e8-{year}", "e8_polski_punkty", year)["PL"]
        told = sum(int(r["polish_candidates"]) for r in rows if r["polish_average"])
        assert round(points / everyone, 1) == lowered
        assert series(f"cke-e8-{year}", "e8_polski_zdajacy", year)["PL"] == told
