"""The ledger of successions: what it may say, and what the repository's own says."""

from pathlib import Path

import pytest

from smup.store.tidy import read_table
from smup.territory import Level, Territory, TerritoryError, load_territory
from smup.territory.bridge import CURRENT, How
from smup.territory.successions import What
from tests.helpers.stored import write_territory

HEADER = "level,from_unit,to_unit,date,what,territory_of,share_population,share_area,source,note\n"
# Years in which the Local Data Bank begins to count from another census
REBASED = {1999, 2010, 2020}


@pytest.fixture(scope="module")
def real(root: Path) -> Territory:
    return load_territory(root / "territory")


@pytest.fixture(scope="module")
def people(root: Path) -> dict[tuple[str, int], float]:
    table = read_table(root / "data" / "bdl-powiat-ludnosc.csv")
    rows = zip(table.variable, table.unit, table.year, table.value, strict=True)
    return {(u, int(y)): float(v) for item, u, y, v in rows if item == "ludnosc" and v == v}


def test_every_unit_that_ended_has_successors_and_every_new_one_an_origin(real: Territory) -> None:
    receiving = {row.to_unit for row in real.successions}
    for unit in real:
        if unit.valid_to is not None:
            assert real.successors_of(unit.code), unit.code
        assert unit.valid_from is None or unit.code in receiving, unit.code


def test_land_that_leaves_a_powiat_leaves_it_at_both_levels(real: Territory) -> None:
    powiats = {(r.from_unit, r.to_unit, r.day) for r in real.successions if r.level is Level.POWIAT}
    for row in real.successions:
        if row.level is Level.GMINA and row.what is not What.RENUMBERED:
            one, other = row.from_unit[:4], row.to_unit[:4]
            assert one == other or (one, other, row.day) in powiats, row


def test_every_row_names_its_source(real: Territory) -> None:
    assert all(row.source and row.note for row in real.successions)


def test_shares_of_population_are_those_of_the_first_year_after(
    real: Territory, people: dict[tuple[str, int], float]
) -> None:
    checked = 0
    for row in real.successions:
        if row.share_population is not None:
            new, rest = (people[unit, row.day.year] for unit in (row.to_unit, row.from_unit))
            assert row.share_population == pytest.approx(new / (new + rest), abs=0.00005)
            checked += 1
    assert checked == 5


def test_every_leap_of_population_is_a_known_change_of_borders(
    real: Territory, people: dict[tuple[str, int], float]
) -> None:
    """More than 6 % in a year is no natural change, outside the years of a new census."""
    moved = {(c, row.day.year) for row in real.successions for c in (row.from_unit, row.to_unit)}
    leaps = {
        (unit, year)
        for (unit, year), now in people.items()
        if year not in REBASED and abs(now / people.get((unit, year - 1), now) - 1) > 0.06
    }
    assert len(leaps) >= 15
    assert leaps - moved == set()


def test_a_new_powiat_and_the_rest_are_the_old_powiat(
    real: Territory, people: dict[tuple[str, int], float]
) -> None:
    made = real.borders.bridge(Level.POWIAT, 2001, 2002, "population")
    for code in ("0804", "1006", "1801", "2209"):
        assert made[code].how is How.SUMMED
        together = sum(people[one, 2002] for one in made[code].of)
        assert together == pytest.approx(people[code, 2001], rel=0.01)


def test_walbrzych_is_the_same_city_before_and_after_its_ten_years_in_the_powiat(
    real: Territory,
) -> None:
    made = real.borders.bridge(Level.POWIAT, CURRENT, 2002, "population")
    assert made["0265"].how is How.EXACT
    assert dict(made["0265"].of) == {"0263": 1.0}
    assert made["0221"].how is How.EXACT


def written(folder: Path, *lines: str) -> Path:
    write_territory(folder)
    (folder / "successions.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines))
    return folder


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("gmina,020104,999999,2022-01-01,merge,,,,x,y", "nieczytelne następstwo"),
        ("gmina,020104,020103,2022,merge,,,,x,y", "nieczytelne następstwo"),
        ("gmina,020104,020103,2022-01-01,zjedzona,,,,x,y", "nieczytelne następstwo"),
        ("wieś,020104,020103,2022-01-01,merge,,,,x,y", "nieczytelne następstwo"),
        ("gmina,020104,020103,2022-01-01,part,,1.5,,x,y", "nie jest częścią"),
        ("gmina,020104,020103,2022-01-01,split,,,,x,y\n"
         "gmina,020103,020102,2022-01-01,part,,,,x,y", "wtedy nie było"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_its_place(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(TerritoryError, match=reason) as refused:
        load_territory(written(tmp_path / "territory", line))
    assert "successions.csv" in str(refused.value)


def test_a_folder_without_a_ledger_has_no_successions(tmp_path: Path) -> None:
    write_territory(tmp_path / "territory")
    assert load_territory(tmp_path / "territory").successions == ()
