"""The country as the territory files describe it, against figures that others published."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from smup.territory import GMINA_KINDS, Kind, Level, Territory, Unit, load_parts

HISTORICAL = {"0263", "1431"}  # older than the register: known only from tables that go back


@pytest.mark.parametrize(
    ("year", "gminas"), [(2017, 2478), (2020, 2477), (2022, 2477), (2024, 2477), (2026, 2479)]
)
def test_units_on_the_first_of_january(territory: Territory, year: int, gminas: int) -> None:
    day = date(year, 1, 1)
    assert len(territory.of_level(Level.GMINA, day)) == gminas
    assert len(territory.of_kind([Kind.POWIAT], day)) == 314
    assert len(territory.of_kind([Kind.MIASTO], day)) == 66
    assert len(territory.of_level(Level.POWIAT, day)) == 380
    assert len(territory.of_level(Level.WOJEWODZTWO, day)) == 16


def test_historical_units_ended_before_the_register(territory: Territory) -> None:
    assert {u.code for u in territory if u.valid_to and u.valid_to.year < 2017} == HISTORICAL
    assert [one(territory, "0263").exists_in(year) for year in (2002, 2003)] == [True, False]
    assert [one(territory, "1431").exists_in(year) for year in (2001, 2002)] == [True, False]


def test_kinds_of_gminas_in_2026(territory: Territory) -> None:
    # address variant of TERC for 1 January 2026: 297 town codes without the 61 cities that stand
    # in it with kind 1 (five more stand as delegatury and districts), 1,453 rural, 724 mixed
    kinds = Counter(u.kind for u in territory if u.valid_to is None)
    assert kinds[Kind.GMINA_MIEJSKA] == 297 - 61
    assert kinds[Kind.GMINA_WIEJSKA] == 1453
    assert kinds[Kind.GMINA_MIEJSKO_WIEJSKA] == 724


def test_order_country_wojewodztwa_powiats_sum_rows_gminas(territory: Territory) -> None:
    codes = [unit.code for unit in territory]
    assert codes[0] == "PL"
    assert [len(code) for code in codes[1:]] == [2] * 16 + [4] * 382 + [5] * 314 + [6] * 2414
    for start, end in ((1, 17), (17, 399), (399, 713), (713, len(codes))):
        assert codes[start:end] == sorted(codes[start:end])


def test_three_boleslawiec(territory: Territory) -> None:
    found = {u.code: u for u in territory if u.name == "Bolesławiec"}
    assert {code: (u.kind, u.powiat) for code, u in found.items()} == {
        "020101": (Kind.GMINA_MIEJSKA, "0201"),
        "020102": (Kind.GMINA_WIEJSKA, "0201"),
        "101801": (Kind.GMINA_MIEJSKO_WIEJSKA, "1018"),
    }
    alternatives = territory.alternatives(found["020101"])
    assert [u.code for u in alternatives] == ["020102", "101801"]


def test_ostrowice_ended_in_2019(territory: Territory) -> None:
    unit = one(territory, "320304")
    assert (unit.name, unit.valid_to) == ("Ostrowice", date(2019, 1, 1))
    assert unit.exists_in(2018)
    assert not unit.exists_in(2019)
    (change,) = territory.changes_of("320304")
    assert (change.what, change.day) == ("zniesienie", date(2019, 1, 1))


@pytest.mark.parametrize(("code", "name"), [("120713", "Szczawa"), ("200216", "Grabówka")])
def test_gminas_created_in_2025_have_no_outline(territory: Territory, code: str, name: str) -> None:
    unit = one(territory, code)
    assert (unit.name, unit.valid_from) == (name, date(2025, 1, 1))
    assert not unit.exists_in(2024)
    assert not unit.outline
    assert (code, Level.GMINA) not in territory.neighbours


def test_every_other_gmina_has_an_outline_a_point_and_neighbours(territory: Territory) -> None:
    without = {
        u.code
        for u in territory.of_level(Level.GMINA)
        if u.code not in HISTORICAL
        and not (u.outline and u.lon and u.lat and territory.neighbours.get((u.code, Level.GMINA)))
    }
    assert without == {"320304", "120713", "200216"}


def test_warsaw_is_one_unit_in_both_roles(territory: Territory) -> None:
    warsaw = one(territory, "1465")
    assert (warsaw.name, warsaw.kind, warsaw.parents) == ("Warszawa", Kind.MIASTO, ("14",))
    assert warsaw.levels == (Level.GMINA, Level.POWIAT)
    for alias in ("146501", "1465011", "071412865000", "071412865011"):
        assert territory.get(alias) is warsaw
    assert territory.members("1465") == (warsaw,)
    assert warsaw.nuts3 == "PL911"


def test_warsaw_has_eighteen_districts_and_four_cities_nineteen_delegatury(
    territory: Territory, root: Path
) -> None:
    parts = load_parts(root / "territory")
    cities = Counter(unit for part, unit in parts.items() if len(part) == 6)
    assert cities == {"1465": 18, "0264": 5, "1061": 5, "1261": 4, "3064": 5}
    assert parts["146502"] == "1465" == parts["1465028"]  # Bemowo
    assert parts["0201044"] == "020104" == parts["0201045"]  # Nowogrodziec, town and rural part
    assert all(unit in territory.units for unit in parts.values())


def test_parts_are_no_units(territory: Territory) -> None:
    assert territory.get("146502") is None
    assert territory.get("0201044") is None


def test_names_are_those_of_the_register_wojewodztwa_in_small_letters(
    territory: Territory,
) -> None:
    wojewodztwa = [u.name for u in territory.of_level(Level.WOJEWODZTWO)]
    assert wojewodztwa[:3] == ["dolnośląskie", "kujawsko-pomorskie", "lubelskie"]
    assert one(territory, "1408").name == "legionowski"
    assert one(territory, "1006").name == "łódzki wschodni"
    assert one(territory, "1006G").name == "gminy powiatu łódzkiego wschodniego"
    assert one(territory, "1061").name == "Łódź"


def test_a_renamed_powiat_is_in_the_ledger(territory: Territory) -> None:
    assert one(territory, "0206").name == "karkonoski"
    (change,) = territory.changes_of("0206")
    assert (change.what, change.before, change.now) == (
        "zmiana-nazwy",
        "jeleniogórski",
        "karkonoski",
    )
    assert change.day is None
    assert (change.after, change.by) == (date(2020, 1, 1), date(2022, 1, 1))


def test_seven_digit_codes_of_every_time_lead_to_the_unit(territory: Territory) -> None:
    unit = one(territory, "101801")  # rural until 2022, mixed since
    assert unit.teryt7 == "1018013"
    assert territory.get("1018012") is unit is territory.get("1018013")


def test_no_alias_names_two_units(territory: Territory) -> None:
    aliases = Counter(alias for unit in territory for alias in unit.aliases)
    assert [alias for alias, times in aliases.items() if times > 1] == []
    assert not aliases.keys() & territory.units.keys()


def test_bdl_ids_hold_the_seven_digit_code(territory: Territory) -> None:
    # the documented structure: TERYT = id[2:4] + id[7:12]
    for unit in territory.of_level(Level.GMINA):
        if unit.bdl_gmina:
            assert unit.bdl_gmina[2:4] + unit.bdl_gmina[7:] == unit.teryt7
            assert territory.get(unit.bdl_gmina) is unit
    for unit in territory.of_level(Level.POWIAT, date(2026, 1, 1)):
        assert unit.bdl_powiat is not None
        assert unit.bdl_powiat[2:4] + unit.bdl_powiat[7:9] == unit.code
        assert territory.get(unit.bdl_powiat) is unit
    without = [u.code for u in territory.of_level(Level.GMINA) if not u.bdl_gmina]
    assert without == ["0263", "320304"]
    # ids verified against the service, quoted in its documentation
    assert one(territory, "1261").bdl_gmina == "011212161011"
    assert one(territory, "3064").bdl_powiat == "023016264000"
    assert one(territory, "12").aliases == ("1200000", "011200000000")


def test_neighbours_are_symmetric_and_of_the_level(territory: Territory) -> None:
    for (code, level), others in territory.neighbours.items():
        assert level in one(territory, code).levels
        assert list(others) == sorted(set(others))
        assert code not in others
        for other in others:
            assert code in territory.neighbours[other, level]


def test_warsaw_borders_the_powiats_around_it(territory: Territory) -> None:
    names = {one(territory, c).name for c in territory.neighbours["1465", Level.POWIAT]}
    assert names == {
        "legionowski", "miński", "otwocki", "piaseczyński", "pruszkowski",
        "warszawski zachodni", "wołomiński",
    }  # fmt: skip


def test_sopot_borders_two_cities_at_both_levels(territory: Territory) -> None:
    for level in (Level.GMINA, Level.POWIAT):
        assert territory.neighbours["2264", level] == ("2261", "2262")


def test_wojewodztwo_borders(territory: Territory) -> None:
    lodzkie = {one(territory, c).name for c in territory.neighbours["10", Level.WOJEWODZTWO]}
    assert lodzkie == {
        "kujawsko-pomorskie", "mazowieckie", "opolskie", "śląskie", "świętokrzyskie",
        "wielkopolskie",
    }  # fmt: skip


def test_members_count_every_piece_of_land_once(territory: Territory) -> None:
    now = [u for u in territory.members("PL") if u.valid_to is None]
    assert len(now) == len({u.code for u in now}) == 2479
    by_wojewodztwo = [
        m for w in territory.of_level(Level.WOJEWODZTWO) for m in territory.members(w.code)
    ]
    assert sorted(u.code for u in by_wojewodztwo) == sorted(u.code for u in territory.members("PL"))
    assert territory.members("1408G") == territory.members("1408")
    assert {u.kind for u in territory.members("1408")} <= set(GMINA_KINDS)


def test_points_lie_in_poland(territory: Territory) -> None:
    for unit in territory:
        if unit.lon is not None and unit.lat is not None:
            assert 14.1 < unit.lon < 24.2
            assert 49.0 < unit.lat < 54.9


def test_each_nuts3_region_lies_in_one_wojewodztwo(territory: Territory) -> None:
    regions: dict[str, set[str | None]] = {}
    for unit in territory.of_level(Level.POWIAT, date(2026, 1, 1)):
        regions.setdefault(str(unit.nuts3), set()).add(unit.wojewodztwo)
    assert len(regions) == 73  # subregions of NUTS 2018
    assert all(len(found) == 1 for found in regions.values())
    assert one(territory, "120713").nuts3 == one(territory, "1207").nuts3


def one(territory: Territory, code: str) -> Unit:
    unit = territory.get(code)
    assert unit is not None, code
    return unit
