"""The ledger of changes between editions."""

import csv
from datetime import date
from pathlib import Path

import pytest

from smup.ingest.ledger import KnownYear, changes, history, read_known_years
from smup.ingest.terc import Edition, Entry, read_editions
from smup.territory import Kind, Territory


def edition(year: int, *entries: tuple[str, str, Kind]) -> Edition:
    units = {
        code: Entry(code, name, kind, f"{code}{2 if kind is Kind.GMINA_WIEJSKA else 3}")
        for code, name, kind in entries
    }
    return Edition(date(year, 1, 1), f"terc_{year}", units, {})


W, MW = Kind.GMINA_WIEJSKA, Kind.GMINA_MIEJSKO_WIEJSKA
OLD = edition(2017, ("020101", "Buk", W), ("020102", "Bór", W), ("020103", "Lipa", W))
NEW = edition(2020, ("020101", "Buk", MW), ("020103", "Lipowo", MW), ("020104", "Gaj", W))


def test_every_kind_of_change_with_its_window() -> None:
    found = changes([OLD, NEW], [])
    assert [(c.unit, c.what, c.before, c.now) for c in found] == [
        ("020101", "zmiana-rodzaju", "gmina-wiejska", "gmina-miejsko-wiejska"),
        ("020102", "zniesienie", "Bór", ""),
        ("020103", "zmiana-nazwy", "Lipa", "Lipowo"),
        ("020103", "zmiana-rodzaju", "gmina-wiejska", "gmina-miejsko-wiejska"),
        ("020104", "utworzenie", "", "Gaj"),
    ]
    assert {(c.after, c.by, c.day) for c in found} == {(date(2017, 1, 1), date(2020, 1, 1), None)}


def test_a_known_year_narrows_the_window_to_one_year() -> None:
    known = KnownYear("020102", "zniesienie", date(2019, 1, 1), None, "gazeta")
    found = {c.unit: c for c in changes([OLD, NEW], [known])}
    narrowed = found["020102"]
    assert (narrowed.after, narrowed.by, narrowed.day) == (
        date(2018, 1, 1),
        date(2019, 1, 1),
        date(2019, 1, 1),
    )
    assert narrowed.source.endswith("rok: gazeta")
    assert found["020104"].day is None


@pytest.mark.parametrize("year", [2017, 2021])
def test_a_known_year_outside_the_window_is_refused(year: int) -> None:
    known = KnownYear("020102", "zniesienie", date(year, 1, 1), None, "plotka")
    with pytest.raises(ValueError, match="poza okresem"):
        changes([OLD, NEW], [known])


def test_history_has_a_row_for_each_new_state_only() -> None:
    third = edition(2022, ("020101", "Buk", MW), ("020103", "Lipa", MW), ("020104", "Gaj", W))
    rows = [(r.unit, r.since.year, r.name, r.teryt7) for r in history([OLD, NEW, third])]
    assert rows == [
        ("020101", 2017, "Buk", "0201012"),
        ("020101", 2020, "Buk", "0201013"),
        ("020102", 2017, "Bór", "0201022"),
        ("020103", 2017, "Lipa", "0201032"),
        ("020103", 2020, "Lipowo", "0201033"),
        ("020103", 2022, "Lipa", "0201033"),
        ("020104", 2020, "Gaj", "0201042"),
    ]


def test_without_the_table_no_year_is_known(tmp_path: Path) -> None:
    assert read_known_years(tmp_path / "known_years.csv") == []


def test_known_years_of_the_project_name_their_source(root: Path) -> None:
    facts = read_known_years(root / "territory/known_years.csv")
    assert {(f.unit, f.what, f.day.year) for f in facts} == {
        ("320304", "zniesienie", 2019),
        ("120713", "utworzenie", 2025),
        ("200216", "utworzenie", 2025),
    }
    assert all(fact.source for fact in facts)


NAMES = {"zniesiona": "zniesienie", "utworzona": "utworzenie"}


@pytest.mark.sources
def test_official_changes_of_gminas_agree_with_the_list_that_others_derived(
    official: Path, territory: Territory
) -> None:
    with (official / "teryt/derived_changes_2017_2026.csv").open(encoding="utf-8") as file:
        expected = {
            (row["od"], row["do"], row["teryt6"], NAMES.get(row["zmiana"], row["zmiana"]))
            for row in csv.DictReader(file)
        }
    ours = {
        (str(c.after.year), str(c.by.year), c.unit, c.what.replace("-", " "))
        for c in changes(read_editions(official / "teryt"), [])
        if len(c.unit) == 6
    }
    assert len(ours) == 110
    assert ours == expected
    stored = {(c.unit, c.what, c.before, c.now) for c in territory.changes}
    assert len(stored) == 111  # and one powiat renamed
