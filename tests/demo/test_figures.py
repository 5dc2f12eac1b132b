"""Invented figures on the real territory: plausible, the same for the same seed, with every gap."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from smup.catalogue import Catalogue, Variable, load_catalogue
from smup.demo.figures import synthetic_figures
from smup.demo.gaps import EVERY
from smup.demo.sizes import ANCHORED, real_sizes
from smup.panel import Flag, Panel, Status
from smup.store.draft import silent
from smup.store.tidy import read_tables
from smup.territory import GMINA_KINDS, Kind, Territory
from tests.helpers.invented import variable, write_invented

BODY = {"scope": "body", "unit": "os", "day": "rok"}
SHAPES = {
    "dzieci": (variable("dzieci"), "{of: ludnosc, rate: 0.2, at_most: 1.0, whole: true}"),
    "w_zlobkach": (
        variable("w_zlobkach"),
        "{of: dzieci, rate: 0.4, spread: 0.6, zero: 0.3, at_most: 1.0, whole: true}",
    ),
    "wydatki": (variable("wydatki", **BODY), "{of: ludnosc, rate: 5000, trend: 0.05}"),
    "cena": (variable("cena", additive=False), "{of: 1, rate: 12.5, cities: 2, rural: 0.5}"),
    "co_cztery": (
        variable("co_cztery", cadence="wybory", since=2011),
        "{of: ludnosc, rate: 0.5, at_most: 1.0, whole: true}",
    ),
    "co_piec": (variable("co_piec", cadence="wybory", since=2014), "{of: 1, rate: 5, every: 5}"),
    "raz": (variable("raz", cadence="jednorazowo", since=2018), "{of: 1, rate: 5}"),
    "spisowa": (variable("spisowa", cadence="spis"), "{of: 1, rate: 5}"),
    "co_dwa": (variable("co_dwa", cadence="co-2-lata", since=2013, until=2019), "{of: 1, rate: 5}"),
    "od_2020": (variable("od_2020", since=2020), "{of: ludnosc, rate: 0.01}"),
    "powiatowa": (variable("powiatowa", kinds="powiat", **BODY), "{of: ludnosc, rate: 1}"),
    "gminna": (variable("gminna", kinds="gmina"), "{of: ludnosc, rate: 0.1, whole: true}"),
    "zlamana": (
        variable("zlamana", breaks="[{year: 2017, reason: {pl: zmiana, en: change}}]"),
        "{of: ludnosc, rate: 0.1}",
    ),
}
# many of each sort, so that every habit of a source is met
MANY = {
    f"{name}_{i}": (text.replace(f"{name}:", f"{name}_{i}:", 1), profile)
    for i in range(12)
    for name, (text, profile) in SHAPES.items()
    if name in ("dzieci", "wydatki", "cena")
}


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, root: Path, territory: Territory
) -> Callable[..., Panel]:
    """Figures of shapes by name, with the real sizes as anchors."""

    def make(shapes: dict[str, tuple[str, str]], seed: int = 1) -> Panel:
        folder = written(tmp_path_factory.mktemp("demo"), root, shapes)
        catalogue = load_catalogue(folder / "catalogue")
        return synthetic_figures(folder, folder, catalogue, territory, silent, seed=seed).variables

    return make


def written(folder: Path, root: Path, shapes: dict[str, tuple[str, str]]) -> Path:
    lines = "".join(f"{name}: {profile}\n" for name, (_, profile) in shapes.items())
    write_invented(folder, "".join(text for text, _ in shapes.values()), lines)
    for name in ("spis", "rejestr"):
        (folder / "data" / f"{name}.csv").unlink()
    for name in ("gus-ludnosc-2024.csv", "gus-powierzchnia-2025.csv"):
        (folder / "data" / name).symlink_to(root / "data" / name)
    return folder


@pytest.fixture(scope="module")
def panel(made: Callable[..., Panel]) -> Panel:
    return made(SHAPES | MANY)


def of(panel: Panel, item: str, year: int) -> np.ndarray:
    return panel.values[panel.item_index[item], panel.year_index[year]]


def known(panel: Panel, item: str) -> dict[tuple[str, int], float]:
    """(unit, year) -> value, as plain numbers."""
    cells = panel.values[panel.item_index[item]]
    return {
        (panel.units[unit], panel.years[year]): float(cells[year, unit])
        for year, unit in np.argwhere(np.isfinite(cells))
    }


def test_every_reason_and_the_flags_of_real_publications_appear(panel: Panel) -> None:
    later = {Status.NO_DENOMINATOR}  # made by dividing, see the shipped catalogue
    assert set(Status) - later == {Status(int(s)) for s in np.unique(panel.status)}
    flags = int(np.bitwise_or.reduce(panel.flags, axis=None))
    for flag in (Flag.PROVISIONAL, Flag.ESTIMATED, Flag.LOW_PRECISION, Flag.BREAK):
        assert flags & flag


def test_years_are_those_of_editions(panel: Panel) -> None:
    years = {
        item: [y for y in panel.years if np.isfinite(of(panel, item, y)).any()]
        for item in ("co_cztery", "co_piec", "raz", "od_2020", "spisowa", "co_dwa")
    }
    assert years["co_cztery"] == [2011, 2015, 2019, 2023]
    assert years["co_piec"] == [2014, 2019, 2024]
    assert years["raz"] == [2018]
    assert years["spisowa"] == [2011, 2021]
    assert years["co_dwa"] == [2013, 2015, 2017, 2019]
    assert years["od_2020"][:5] == [2020, 2021, 2022, 2023, 2024]
    assert panel.years == tuple(range(2010, 2026))


def test_every_cadence_is_known() -> None:
    cadences = set(get_args(Variable.model_fields["cadence"].annotation))
    assert set(EVERY) == cadences - {"jednorazowo"}


def test_kinds_without_the_variable_say_so(panel: Panel) -> None:
    assert panel.cell("powiatowa", 2020, "020101")[1] is Status.NOT_APPLICABLE
    assert panel.cell("gminna", 2020, "0201")[1] is Status.NOT_APPLICABLE
    assert panel.cell("gminna", 2020, "1465")[1] is Status.NOT_APPLICABLE
    for larger in ("PL", "14", "1408G"):
        assert panel.cell("dzieci", 2020, larger)[1] is Status.NOT_COLLECTED


def test_units_exist_in_their_years_only(panel: Panel) -> None:
    assert panel.cell("ludnosc", 2018, "320304")[0] is not None
    assert panel.cell("ludnosc", 2019, "320304")[1] is Status.NOT_EXISTING
    assert panel.cell("ludnosc", 2024, "120713")[1] is Status.NOT_EXISTING
    assert panel.cell("ludnosc", 2025, "120713")[0] is not None


def test_a_zero_is_a_true_zero(panel: Panel) -> None:
    zero = panel.values == 0
    assert zero.any()
    assert np.array_equal(zero, panel.status == Status.ZERO)


@pytest.mark.parametrize("item", ["dzieci", "w_zlobkach", "gminna", "co_cztery", "ludnosc"])
def test_counts_are_whole_and_not_negative(panel: Panel, item: str) -> None:
    for value in known(panel, item).values():
        assert value >= 0
        assert value.is_integer()


@pytest.mark.parametrize(
    ("part", "whole"), [("dzieci", "ludnosc"), ("w_zlobkach", "dzieci"), ("co_cztery", "ludnosc")]
)
def test_a_part_is_never_more_than_its_whole(panel: Panel, part: str, whole: str) -> None:
    wholes = known(panel, whole)
    pairs = [(value, wholes[at]) for at, value in known(panel, part).items() if at in wholes]
    assert len(pairs) > 5_000
    assert all(value <= limit for value, limit in pairs)


def test_typical_values_are_those_of_the_profile(panel: Panel) -> None:
    people, children = of(panel, "ludnosc", 2024), of(panel, "dzieci", 2024)
    assert np.nanmedian(children / people) == pytest.approx(0.2, rel=0.1)
    spending = of(panel, "wydatki", 2024) / people
    assert np.nanmedian(spending) == pytest.approx(5000, rel=0.1)
    earlier = of(panel, "wydatki", 2014) / of(panel, "ludnosc", 2014)
    assert np.nanmedian(spending / earlier) == pytest.approx(1.05**10, rel=0.05)


def test_kinds_differ_as_the_profile_says(panel: Panel, territory: Territory) -> None:
    def median(*kinds: Kind) -> float:
        columns = [i for i, u in enumerate(panel.units) if territory.units[u].kind in kinds]
        return float(np.nanmedian(of(panel, "cena", 2020)[columns]))

    assert median(Kind.MIASTO) == pytest.approx(2 * median(Kind.GMINA_MIEJSKA), rel=0.15)
    assert median(Kind.GMINA_WIEJSKA) == pytest.approx(0.5 * median(Kind.GMINA_MIEJSKA), rel=0.15)


def test_some_have_nothing_as_the_profile_says(panel: Panel, territory: Territory) -> None:
    columns = [i for i, u in enumerate(panel.units) if territory.units[u].kind in GMINA_KINDS]
    status = panel.status[panel.item_index["w_zlobkach"], panel.year_index[2020]][columns]
    told = np.isin(status, [Status.OBSERVED, Status.ZERO])
    assert 0.25 < (status[told] == Status.ZERO).mean() < 0.45


def test_a_powiat_is_the_sum_of_its_gminas(panel: Panel, territory: Territory) -> None:
    """A naive twin: plain numbers, added one by one."""
    for item in ("ludnosc", "dzieci"):
        values = known(panel, item)
        compared = 0
        for unit in territory.of_kind([Kind.POWIAT]):
            for year in (2010, 2018, 2025):
                members = [m for m in territory.members(unit.code) if m.exists_in(year)]
                parts = [values.get((m.code, year)) for m in members]
                if (unit.code, year) in values and parts and None not in parts:
                    assert values[unit.code, year] == sum(p for p in parts if p is not None)
                    compared += 1
        assert compared > 400


def test_what_a_powiat_itself_spends_is_no_sum(panel: Panel, territory: Territory) -> None:
    values = known(panel, "wydatki")
    sums = [
        (
            values.get((unit.code, 2020)),
            [values.get((m.code, 2020)) for m in territory.members(unit.code)],
        )
        for unit in territory.of_kind([Kind.POWIAT])
    ]
    told = [(own, parts) for own, parts in sums if own is not None and None not in parts]
    assert len(told) > 100
    assert not any(own == pytest.approx(sum(parts)) for own, parts in told)


@pytest.mark.parametrize("item", ANCHORED)
def test_sizes_are_like_the_real_ones_and_visibly_not_them(
    panel: Panel, item: str, root: Path, territory: Territory
) -> None:
    real = real_sizes(read_tables(root / "data"), item)
    ours = known(panel, item)
    pairs = np.array(
        [
            (ours[u.code, 2024], real[u.code])
            for u in territory
            if u.levels and (u.code, 2024) in ours and u.code in real and u.kind is not Kind.POWIAT
        ]
    )
    assert len(pairs) > 2_400
    assert np.corrcoef(np.log(pairs.T))[0, 1] > 0.9
    assert np.all(np.abs(pairs[:, 0] / pairs[:, 1] - 1) > 0.03)
    assert abs(pairs[:, 0].sum() / pairs[:, 1].sum() - 1) > 0.05


def test_figures_that_depend_on_wealth_and_towns_go_together(made: Callable[..., Panel]) -> None:
    """Of many levels, some pairs are clearly correlated, and none is a copy of another."""
    shapes = {
        f"cena_{i}": (variable(f"cena_{i}", additive=False), "{of: 1, rate: 1}") for i in range(12)
    }
    panel = made(shapes)
    rows = np.log(np.stack([of(panel, item, 2020) for item in shapes]))
    whole = rows[:, np.isfinite(rows).all(axis=0)]
    pairs = np.corrcoef(whole)[np.triu_indices(len(shapes), 1)]
    assert np.abs(pairs).max() > 0.3
    assert np.abs(pairs).max() < 0.95


def test_a_break_is_flagged(panel: Panel) -> None:
    value, _, flags = panel.cell("zlamana", 2017, "0201")
    assert value is not None
    assert flags & Flag.BREAK
    assert not panel.cell("zlamana", 2016, "0201")[2] & Flag.BREAK


def test_the_same_seed_gives_the_same_figures_and_another_gives_others(
    made: Callable[..., Panel],
) -> None:
    shapes = {name: SHAPES[name] for name in ("dzieci", "w_zlobkach", "cena")}
    first, again, other = made(shapes), made(shapes), made(shapes, seed=2)
    for part in ("values", "status", "flags"):
        assert getattr(first, part).tobytes() == getattr(again, part).tobytes()
    for item in (*shapes, *ANCHORED):
        both = np.isfinite(of(first, item, 2024)) & np.isfinite(of(other, item, 2024))
        assert (of(first, item, 2024) != of(other, item, 2024))[both].mean() > 0.5


def test_adding_a_variable_leaves_the_others_as_they_were(made: Callable[..., Panel]) -> None:
    few = made({"cena": SHAPES["cena"], "dzieci": SHAPES["dzieci"]})
    more = made({"dzieci": SHAPES["dzieci"], "wydatki": SHAPES["wydatki"], "cena": SHAPES["cena"]})
    for item in few.items:
        at, now = few.item_index[item], more.item_index[item]
        assert few.values[at].tobytes() == more.values[now].tobytes()
        assert few.status[at].tobytes() == more.status[now].tobytes()
        assert few.flags[at].tobytes() == more.flags[now].tobytes()


def test_without_any_real_size_the_profile_decides(tmp_path: Path) -> None:
    """The tiny country has people of three units only; others are like them."""
    from smup.territory import load_territory

    root = write_invented(tmp_path, SHAPES["cena"][0], f"cena: {SHAPES['cena'][1]}\n")
    catalogue: Catalogue = load_catalogue(root / "catalogue")
    territory = load_territory(root / "territory")
    figures = synthetic_figures(root, root, catalogue, territory, silent, seed=1)
    assert figures.synthetic
    assert figures.sources[0]["files"][0]["file"] == "demo/profiles/kontekst.yaml"
    assert np.isfinite(figures.variables.values[:, -2, 2:]).any()
