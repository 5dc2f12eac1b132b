"""Everything at once: the same places as for one unit, and labels that can be stored."""

from collections.abc import Callable

import numpy as np

from smup.compare import COMPARATORS, STATISTICS, Frame, all_positions, compare_unit, positions
from smup.panel import Status
from smup.territory import Level
from tests.helpers.country import CITY, YEARS, country
from tests.helpers.definitions import a_group, an_indicator

MakeFrame = Callable[..., Frame]

INDICATORS = (
    an_indicator("both", "a"),
    an_indicator("apart", "a", cities="apart", better="lower"),
    an_indicator("powiats", "b", cities="with_powiats", decimals=0),
    an_indicator("gminas", "100 * a / b", kinds=("gmina",)),
)
GROUPS = (a_group("wiejskie", "gmina-wiejska"), a_group("miasta", "miasto-na-prawach-powiatu"))


def figures(frame: MakeFrame) -> Frame:
    random = np.random.default_rng(11)
    given: dict[tuple[str, int, str], float | Status] = {
        (item, year, unit.code): float(random.integers(1, 9))
        for unit in country()
        if unit.levels[:1] == (Level.GMINA,)
        for item in ("a", "b")
        for year in YEARS
        if random.random() < 0.95
    }
    return frame(*INDICATORS, given=given, groups=GROUPS)


def test_parts_have_names(frame: MakeFrame) -> None:
    found = positions(figures(frame), Level.GMINA)
    assert found.parts == (
        "kraj", "kraj:miasta", "wojewodztwo:02", "wojewodztwo:04", "wojewodztwo:04:miasta",
        "group:miasta", "group:miasta:miasta", "group:wiejskie",
    )  # fmt: skip


def test_every_place_is_the_one_that_a_unit_is_told(frame: MakeFrame) -> None:
    made = figures(frame)
    for role, found in all_positions(made).items():
        for item, name in enumerate(found.items):
            for year_at, year in enumerate(found.years):
                for at, unit in enumerate(found.units):
                    told = compare_unit(made, unit, name, year, role)
                    for c, comparator in enumerate(COMPARATORS):
                        one = told.comparator(comparator)
                        place = (one.rank.position if one else None) or 0
                        assert found.position[item, c, year_at, at] == place


def test_statistics_of_a_part(frame: MakeFrame) -> None:
    made = figures(frame)
    found = positions(made, Level.GMINA)
    item, year = found.items.index("both"), found.years.index(2024)
    part = found.parts.index("wojewodztwo:02")
    told = compare_unit(made, "020101", "both", 2024).comparator("wojewodztwo")
    assert told is not None
    row = dict(zip(STATISTICS, found.statistics[item, year, part].tolist(), strict=True))
    assert row == {name: getattr(told, name) for name in STATISTICS}
    assert found.members[item, year, part] == told.n
    assert found.with_data[item, year, part] == told.with_data


def test_a_role_in_which_nobody_takes_part_is_empty(frame: MakeFrame) -> None:
    found = positions(figures(frame), Level.POWIAT)
    gminas = found.items.index("gminas")
    assert not found.position[gminas].any()
    assert not found.members[gminas].any()
    assert CITY in found.units


def test_arrays_and_labels_fit_together(frame: MakeFrame) -> None:
    found = positions(figures(frame), Level.WOJEWODZTWO)
    sizes = {axis: len(names) for axis, names in found.labels.items()}
    shapes = {name: array.shape for name, array in found.arrays.items()}
    assert shapes == {
        "position": tuple(sizes[a] for a in ("item", "comparator", "year", "unit")),
        "percentile": tuple(sizes[a] for a in ("item", "year", "unit")),
        "quartile": tuple(sizes[a] for a in ("item", "year", "unit")),
        "members": tuple(sizes[a] for a in ("item", "year", "part")),
        "with_data": tuple(sizes[a] for a in ("item", "year", "part")),
        "statistics": tuple(sizes[a] for a in ("item", "year", "part", "statistic")),
    }


def test_without_indicators(frame: MakeFrame) -> None:
    found = positions(frame(given={}), Level.GMINA)
    assert found.items == found.parts == ()
    assert found.position.shape == (0, 3, 5, 12)
