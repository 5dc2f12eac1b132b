"""Tables put together into one panel, against the same rules written cell by cell."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.build import BuildError
from smup.build.variables import assemble_variables
from smup.catalogue import Catalogue, Text, load_catalogue
from smup.catalogue.models import SeriesBreak
from smup.panel import Flag, Status
from smup.store.tidy import Fact, TidyTable, read_tables
from smup.territory import Kind, Territory, load_territory
from tests.helpers.stored import UNITS
from tests.helpers.tiny_root import number, write_data, write_root

LUDNOSC_KINDS = {"gmina-miejska", "gmina-wiejska", "miasto-na-prawach-powiatu", "powiat"}
HA_KINDS = LUDNOSC_KINDS - {"powiat"}
FIRST_DAY_OF_020103 = 2022


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalogue, Territory]:
    root = write_root(tmp_path_factory.mktemp("root"))
    return root, load_catalogue(root / "catalogue"), load_territory(root / "territory")


def tables(root: Path, spis: list[Fact], rejestr: list[Fact]) -> list[TidyTable]:
    write_data(root / "data", spis, rejestr)
    return read_tables(root / "data")


def naive(
    facts: dict[str, list[Fact]], variable: str, year: int, unit: str, territory: Territory
) -> tuple[float | None, Status]:
    """The rules of a cell, one after another; ``spis`` is preferred to ``rejestr``."""
    kind = territory.units[unit].kind
    if unit == "020103" and year < FIRST_DAY_OF_020103:
        return None, Status.NOT_EXISTING
    mine = [
        fact
        for source in ("spis", "rejestr")
        for fact in facts[source]
        if (fact.variable, fact.year, fact.unit) == (variable, year, unit)
    ]
    for fact in [f for f in mine if f.status != Status.MISSING] + mine:
        return fact.value, fact.status
    single = kind in {Kind.POWIAT, Kind.MIASTO, Kind.GMINA_MIEJSKA, Kind.GMINA_WIEJSKA}
    if single and kind.value not in (LUDNOSC_KINDS if variable == "ludnosc" else HA_KINDS):
        return None, Status.NOT_APPLICABLE
    level = {Kind.GMINA_MIEJSKA: "gmina", Kind.GMINA_WIEJSKA: "gmina"}
    asked = {
        level.get(territory.units[f.unit].kind, territory.units[f.unit].kind.value)
        for source in facts.values()
        for f in source
        if f.variable == variable
        and f.year == year
        and not (f.unit == "020103" and year < FIRST_DAY_OF_020103)
    }
    wanted = {level.get(kind, kind.value)}
    if kind is Kind.MIASTO:
        wanted |= {"gmina", "powiat"}
    return None, Status.MISSING if asked & wanted else Status.NOT_COLLECTED


CELLS = [(5.0,), (7.0,), (0.0,), (None,), (None, Status.CONFIDENTIAL)]


@st.composite
def one_table(draw: st.DrawFn, variables: tuple[str, ...]) -> list[Fact]:
    units = st.sampled_from([unit for unit in UNITS if unit != "0201G"])
    key = st.tuples(st.sampled_from(variables), units, st.integers(2020, 2022))
    keys = draw(st.lists(key, unique=True, max_size=14))
    return [number(*key, *draw(st.sampled_from(CELLS))) for key in keys]


@settings(max_examples=120, deadline=None)
@given(spis=one_table(("ludnosc", "powierzchnia_ha")), rejestr=one_table(("ludnosc",)))
def test_against_the_rules_cell_by_cell(
    tiny: tuple[Path, Catalogue, Territory], spis: list[Fact], rejestr: list[Fact]
) -> None:
    root, catalogue, territory = tiny
    spis = [*spis, number("powierzchnia_ha", "PL", 2023, 1.0)]  # somebody published both
    rejestr = [*rejestr, number("ludnosc", "PL", 2023, 1.0)]
    panel, *_ = assemble_variables(tables(root, spis, rejestr), catalogue, territory)
    facts = {"spis": spis, "rejestr": rejestr}
    assert (panel.items, panel.units) == (("ludnosc", "powierzchnia_ha"), UNITS)
    assert panel.years[-1] == 2023
    for item in panel.items:
        for year in panel.years:
            for unit in panel.units:
                found = panel.cell(item, year, unit)[:2]
                assert found == naive(facts, item, year, unit, territory), (item, year, unit)


def test_years_have_no_holes(tiny: tuple[Path, Catalogue, Territory]) -> None:
    root, catalogue, territory = tiny
    spis = [number("ludnosc", "PL", 2016, 1.0)]
    rejestr = [number("ludnosc", "PL", 2020, 2.0)]
    panel, *_ = assemble_variables(tables(root, spis, rejestr), catalogue, territory)
    assert panel.years == (2016, 2017, 2018, 2019, 2020)


def test_flags_travel_with_the_value_taken(tiny: tuple[Path, Catalogue, Territory]) -> None:
    root, catalogue, territory = tiny
    spis = [number("ludnosc", "020101", 2022, 5.0, flags=Flag.BREAK | Flag.PROVISIONAL)]
    rejestr = [number("ludnosc", "020101", 2022, 5.0, flags=Flag.ESTIMATED)]
    panel, findings, _ = assemble_variables(tables(root, spis, rejestr), catalogue, territory)
    assert panel.cell("ludnosc", 2022, "020101")[2] == Flag.BREAK | Flag.PROVISIONAL
    assert findings == []


def test_sources_that_disagree_are_a_finding_and_the_preferred_one_is_taken(
    tiny: tuple[Path, Catalogue, Territory],
) -> None:
    root, catalogue, territory = tiny
    spis = [number("ludnosc", "020101", 2022, 5.0), number("ludnosc", "020102", 2022, None)]
    rejestr = [number("ludnosc", "020101", 2022, 6.0), number("ludnosc", "020102", 2022, 9.0)]
    panel, findings, _ = assemble_variables(tables(root, spis, rejestr), catalogue, territory)
    assert panel.cell("ludnosc", 2022, "020101")[0] == 5.0
    assert panel.cell("ludnosc", 2022, "020102")[0] == 9.0, "a value goes before a missing one"
    (finding,) = findings
    assert (finding.code, finding.source, finding.unit, finding.year) == (
        "niezgodne-zrodla",
        "rejestr",
        "020101",
        2022,
    )
    assert "6" in finding.message
    assert "5" in finding.message


def test_a_confidential_value_is_not_filled_from_elsewhere(
    tiny: tuple[Path, Catalogue, Territory],
) -> None:
    root, catalogue, territory = tiny
    spis = [number("ludnosc", "020101", 2022, None, Status.CONFIDENTIAL)]
    rejestr = [number("ludnosc", "020101", 2022, 6.0)]
    panel, *_ = assemble_variables(tables(root, spis, rejestr), catalogue, territory)
    assert panel.cell("ludnosc", 2022, "020101") == (None, Status.CONFIDENTIAL, 0)


def test_a_figure_of_a_unit_that_did_not_exist_is_left_out_with_a_finding(
    tiny: tuple[Path, Catalogue, Territory],
) -> None:
    root, catalogue, territory = tiny
    spis = [number("ludnosc", "020103", 2021, 5.0), number("ludnosc", "020103", 2022, 6.0)]
    panel, findings, _ = assemble_variables(tables(root, spis, []), catalogue, territory)
    assert panel.cell("ludnosc", 2021, "020103") == (None, Status.NOT_EXISTING, 0)
    assert panel.cell("ludnosc", 2022, "020103")[0] == 6.0
    assert [(f.code, f.unit, f.year) for f in findings] == [("przyszla-jednostka", "020103", 2021)]


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (number("nieznana", "PL", 2022, 1.0), "nieznana"),
        (number("ludnosc", "9999", 2022, 1.0), "9999"),
        (number("powierzchnia_ha", "PL", 2022, 1.0), "nie wymienia tego źródła"),
    ],
)
def test_what_the_definitions_do_not_know_is_refused(
    tiny: tuple[Path, Catalogue, Territory], fact: Fact, said: str
) -> None:
    root, catalogue, territory = tiny
    with pytest.raises(BuildError, match=rf"rejestr\.csv.*{said}"):
        assemble_variables(tables(root, [], [fact]), catalogue, territory)


def test_an_empty_folder_is_refused(tiny: tuple[Path, Catalogue, Territory]) -> None:
    _, catalogue, territory = tiny
    with pytest.raises(BuildError, match="smup ingest"):
        assemble_variables([], catalogue, territory)


def test_two_figures_for_one_cell_in_a_table_are_refused(
    tiny: tuple[Path, Catalogue, Territory], tmp_path: Path
) -> None:
    root, catalogue, territory = tiny
    tables(root, [number("ludnosc", "020101", 2022, 5.0)], [])
    path = root / "data" / "spis.csv"
    last = path.read_text("utf-8").splitlines()[-1]
    path.write_text(path.read_text("utf-8") + last.replace(",5,", ",6,") + "\n", "utf-8")
    with pytest.raises(BuildError, match=r"ludnosc, 020101, 2022 stoi dwa razy"):
        assemble_variables(read_tables(root / "data"), catalogue, territory)


def test_years_in_which_a_series_breaks_are_flagged(
    tiny: tuple[Path, Catalogue, Territory],
) -> None:
    root, catalogue, territory = tiny
    a_break = SeriesBreak(year=2022, reason=Text(pl="spis", en="census"))
    variables = dict(catalogue.variables)
    variables["ludnosc"] = variables["ludnosc"].model_copy(update={"breaks": (a_break,)})
    broken = catalogue.model_copy(update={"variables": variables})
    facts = [number("ludnosc", "020101", year, 5.0) for year in (2021, 2022)]
    panel, *_ = assemble_variables(tables(root, facts, []), broken, territory)
    assert panel.cell("ludnosc", 2022, "020101")[2] == Flag.BREAK
    assert panel.cell("ludnosc", 2021, "020101")[2] == Flag.NONE
    assert panel.cell("ludnosc", 2022, "020102")[2] == Flag.NONE
