"""Systems of fixed groups: partitions, the year that decides, and why a unit is in none."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.catalogue import DEFAULT_SYSTEM, Catalogue, Group, GroupSystem
from smup.catalogue.methods import TableSource
from smup.compare import ComparisonError, Frame, compare_unit
from smup.compare.group_systems import membership, population_year, populations_in, why_none
from smup.compute.evaluate import evaluate
from smup.panel import Status
from smup.territory import Kind, Level
from tests.helpers.country import ABOLISHED, CITY, CREATED, country, panel_of
from tests.helpers.definitions import TEXT, a_catalogue, a_group, an_indicator

RURAL = [u.code for u in country() if u.kind is Kind.GMINA_WIEJSKA]
BY_SIZE = (
    a_group("male", "gmina-wiejska", below=1000).model_copy(update={"system": "wielkosc"}),
    a_group("duze", "gmina-wiejska", low=1000).model_copy(update={"system": "wielkosc"}),
)
BY_TABLE = (
    a_group("gory", "gmina-wiejska", "gmina-miejska").model_copy(update={"system": "krajobraz"}),
    a_group("doliny", "gmina-wiejska").model_copy(update={"system": "krajobraz"}),
)
DEFAULT = (a_group("wiejskie", "gmina-wiejska"), a_group("miejskie", "gmina-miejska"))


def a_system(name: str, table: dict[str, str] | None = None) -> GroupSystem:
    source = TableSource(publisher="Urząd", title=TEXT, year=2018, licence="wolna")
    return GroupSystem(
        id=name, name=TEXT, rule=TEXT, since=date(2026, 1, 1),
        source=source if table else None, table=table or {},
    )  # fmt: skip


def definitions(*groups: Group, systems: tuple[GroupSystem, ...] = ()) -> Catalogue:
    made = a_catalogue(an_indicator("x", "a"), groups=groups)
    return made.model_copy(update={"systems": {one.id: one for one in systems}})


BOTH = definitions(
    *DEFAULT,
    *BY_SIZE,
    *BY_TABLE,
    systems=(
        a_system("wielkosc"),
        a_system("krajobraz", {"020102": "gory", "020202": "doliny", "020101": "doliny"}),
    ),
)


def people(year: int, **counts: float | Status) -> dict[tuple[str, int, str], float | Status]:
    return {("ludnosc", year, code.removeprefix("u")): count for code, count in counts.items()}


def test_the_newest_year_known_for_most_decides() -> None:
    every = {f"u{code}": 500.0 for code in RURAL if code not in (ABOLISHED, CREATED)}
    cells = people(2022, **every) | people(2023, **every) | people(2024, u020102=5000.0)
    figures = panel_of(cells, ("ludnosc",))
    assert population_year(figures, country()) == 2023
    assert populations_in(figures, 2023)["020102"] == 500.0
    found = membership(BOTH, country(), figures, "wielkosc")
    assert found.year == 2023
    assert found.units["020102"] == "male", "not the newer figure of a year few are known in"


def test_without_population_nobody_has_a_class_and_the_reason_is_told() -> None:
    territory = country()
    for figures in (panel_of({}, ("a",)), panel_of({}, ("ludnosc",))):
        assert population_year(figures, territory) is None
        found = membership(BOTH, territory, figures, "wielkosc")
        assert (found.units, found.year) == ({}, None)
        why = why_none(BOTH, found, "wielkosc", territory.units["020102"])
        assert why == "population"


def test_created_last_year_abolished_and_another_kind() -> None:
    territory = country()
    every = {f"u{code}": 500.0 for code in RURAL if code not in (ABOLISHED, CREATED)}
    figures = panel_of(people(2021, **{f"u{ABOLISHED}": 9.0}) | people(2024, **every), ("ludnosc",))
    found = membership(BOTH, territory, figures, "wielkosc")
    assert found.year == 2024
    for code in (CREATED, ABOLISHED):
        assert why_none(BOTH, found, "wielkosc", territory.units[code]) == "population"
    assert why_none(BOTH, found, "wielkosc", territory.units[CITY]) == "kind"
    assert why_none(BOTH, found, "wielkosc", territory.units["02"]) == "kind"
    assert why_none(BOTH, found, "wielkosc", territory.units["020102"]) is None


def test_a_table_decides_and_only_for_the_kinds_of_the_group() -> None:
    territory = country()
    found = membership(BOTH, territory, panel_of({}, ("a",)), "krajobraz")
    assert dict(found.units) == {"020102": "gory", "020202": "doliny"}, "020101 is no rural gmina"
    assert found.members("gory") == ["020102"]
    assert why_none(BOTH, found, "krajobraz", territory.units["020203"]) == "table"


@given(st.lists(st.floats(0, 3000), min_size=len(RURAL), max_size=len(RURAL)))
def test_classes_divide_units_as_in_words(counts: list[float]) -> None:
    there = [c for c in RURAL if c not in (ABOLISHED,)]
    given_people = dict(zip(there, counts, strict=False))
    figures = panel_of({("ludnosc", 2024, c): n for c, n in given_people.items()}, ("ludnosc",))
    found = membership(BOTH, country(), figures, "wielkosc").units
    expected = {c: "male" if n < 1000 else "duze" for c, n in given_people.items()}
    assert dict(found) == expected


def a_frame(catalogue: Catalogue = BOTH) -> Frame:
    values = {("a", 2024, c): float(n) for n, c in enumerate(RURAL) if c != ABOLISHED}
    sizes = {("ludnosc", 2024, c): 900.0 + 50 * n for n, c in enumerate(RURAL) if c != ABOLISHED}
    variables = panel_of(values | sizes, ("a", "ludnosc"))
    return Frame(catalogue, country(), evaluate(catalogue, variables, country()), variables)


def test_a_comparison_may_ask_for_another_system() -> None:
    frame = a_frame()
    usual, sized = (compare_unit(frame, "020102", "x", groups=g) for g in ("rodzaj", "wielkosc"))
    assert usual == compare_unit(frame, "020102", "x")
    assert (usual.groups, sized.groups) == (DEFAULT_SYSTEM, "wielkosc")
    by_size = frame.membership("wielkosc").units
    group = sized.comparator("group")
    assert group is not None
    assert group.members == tuple(c for c in RURAL if by_size.get(c) == by_size["020102"])
    whole = usual.comparator("group")
    assert whole is not None
    assert set(group.members) < set(whole.members)
    assert usual.comparator("kraj") == sized.comparator("kraj")


def test_without_a_group_there_is_no_such_comparator() -> None:
    found = compare_unit(a_frame(), "020203", "x", groups="krajobraz")
    assert found.comparator("group") is None
    assert found.comparator("kraj") is not None


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(ComparisonError, match=r"krajobrazek.*wielkosc"):
        compare_unit(a_frame(), "020102", "x", groups="krajobrazek")
    with pytest.raises(KeyError):
        a_frame().membership("krajobrazek")


def test_what_was_frozen_goes_before_what_would_be_worked_out() -> None:
    frame = a_frame()
    frozen = {name: frame.membership(name) for name in frame.systems}
    moved = definitions(*DEFAULT[:1])
    later = Frame(moved, frame.territory, frame.indicators, frame.variables, frozen)
    assert later.groups == frame.groups
    assert later.systems == ("rodzaj", "wielkosc", "krajobraz")
    labels = later.group_labels("wielkosc", Level.GMINA)
    assert sorted(set(labels.tolist())) == ["", "duze", "male"]


def test_the_shipped_systems_are_partitions(catalogue: Catalogue) -> None:
    """Every kind of local unit stands in the first two, and at any population in one class."""
    local = {kind.value for kind in Kind if kind.levels} - {"wojewodztwo", "kraj"}
    for system in ("rodzaj", "rodzaj-i-ludnosc"):
        for kind in local:
            groups = [g for g in catalogue.groups_of(system).values() if kind in g.kinds]
            limits = [(g.population_from or 0, g.population_below) for g in groups]
            limits.sort(key=lambda pair: pair[0])
            assert limits[0][0] == 0
            assert [high for _, high in limits[:-1]] == [low for low, _ in limits[1:]]
            assert limits[-1][1] is None
    degurba = catalogue.systems["degurba"]
    assert degurba.source is not None
    assert (degurba.source.publisher, degurba.source.year) == ("Eurostat", 2018)
    assert len(degurba.table) == 2478


@pytest.mark.sources
def test_the_shipped_table_says_what_eurostat_published(
    official: Path, root: Path, catalogue: Catalogue
) -> None:
    from smup.ingest.lau import FILE, TABLE, degurba_table
    from smup.territory import load_territory

    text = degurba_table(official / FILE, load_territory(root / "territory"))
    assert text == (root / "catalogue" / TABLE).read_text("utf-8")
    assert catalogue.systems["degurba"].table["1465"] == "degurba-1"  # Warsaw
