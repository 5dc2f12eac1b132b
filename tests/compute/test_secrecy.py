"""Nothing hidden can be found out: not by sums, ratios, years, lists, nor by knowing the method.

The proof is by twin worlds. Whatever value a hidden count may have by its rule, there is a country
in which it has it and of which exactly the same numbers are published. Who holds these numbers, and
knows the method too, cannot tell the two apart. That the guard is needed is shown by an attacker
(linear programming) who finds hidden counts as soon as all totals are told.
"""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from smup.catalogue import Catalogue, SecrecyRule, Variable
from smup.compare.frame import Frame
from smup.compare.weighted import weighted_value
from smup.compute.evaluate import Evaluation, evaluate_with_coverage
from smup.compute.secrecy import Secret, about_persons, suppress
from smup.compute.secrecy_lines import Sum
from smup.compute.secrecy_rows import told_totals
from smup.panel import Panel, Status
from smup.territory import Kind, Territory, Unit
from tests.helpers.definitions import TEXT, a_catalogue, an_indicator

YEARS = (2020, 2021, 2022)
CLIENTS, PEOPLE, MONEY, OTHERS, ALL = "klienci", "ludnosc", "kwota", "inni", "wszyscy"
ITEMS = (CLIENTS, PEOPLE, MONEY, OTHERS, ALL)


def a_country(powiats: int = 2, gminas: int = 4) -> Territory:
    """Two województwa, each with powiats of some gminas and one city with powiat rights."""
    units = [Unit("PL", "Kraj", Kind.KRAJ, None, None)]
    for w in ("02", "04"):
        units.append(Unit(w, w, Kind.WOJEWODZTWO, None, w))
        units.append(Unit(f"{w}61", f"{w}61", Kind.MIASTO, None, w))
        for p in (f"{w}0{number + 1}" for number in range(powiats)):
            units.append(Unit(p, p, Kind.POWIAT, None, w))
            units.append(Unit(f"{p}G", p, Kind.GMINY_POWIATU, None, w))
            codes = [f"{p}0{number + 1}" for number in range(gminas)]
            units += [Unit(code, code, Kind.GMINA_WIEJSKA, p, w) for code in codes]
    return Territory({unit.code: unit for unit in units}, (), {})


def a_variable(name: str) -> Variable:
    return Variable.model_validate(
        {
            "id": name,
            "name": TEXT,
            "unit": "os",
            "additive": True,
            "scope": "territory",
            "kinds": ("gmina", "miasto-na-prawach-powiatu", "powiat"),
            "reference_day": "12-31",
        }
    )


def rules(below: int = 3) -> dict[str, SecrecyRule]:
    rule = {
        "id": "osoby",
        "name": TEXT,
        "below": below,
        "levels": ["gmina"],
        "counts": {CLIENTS: [MONEY]},
        "reason": TEXT,
    }
    return {"osoby": SecrecyRule.model_validate(rule)}


def the_catalogue(below: int = 3) -> Catalogue:
    indicators = (
        an_indicator("na-tysiac", f"1000 * {CLIENTS} / {PEOPLE}", decimals=6),
        an_indicator("razem", CLIENTS, aggregate="sum"),
        an_indicator("trzy-lata", f"sum({CLIENTS}, 2)", aggregate="sum"),
        an_indicator("zmiana", f"100 * ({CLIENTS} / {CLIENTS}[-1] - 1)", decimals=4),
        an_indicator("na-osobe", f"{MONEY} / {CLIENTS}", decimals=4),
        an_indicator("udzial", f"100 * {CLIENTS} / {ALL}", decimals=4),
        an_indicator("wazona", f"{CLIENTS} / {PEOPLE}", aggregate=f"weighted: {PEOPLE}"),
    )
    return a_catalogue(*indicators).model_copy(
        update={"variables": {n: a_variable(n) for n in ITEMS}, "secrecy": rules(below)}
    )


COUNTRY = a_country()
UNITS = tuple(COUNTRY.units)
SMALL = np.array([COUNTRY.units[u].kind in (Kind.GMINA_WIEJSKA, Kind.MIASTO) for u in UNITS])
ROWS = {
    unit.code: np.isin(UNITS, [m.code for m in COUNTRY.members(unit.code)])
    for unit in COUNTRY
    if unit.kind not in (Kind.GMINA_WIEJSKA, Kind.MIASTO)
}

Counts = NDArray[np.float64]  # [year, small unit]


def a_panel(counts: Counts, published: bool) -> Panel:
    """Figures of units and, where ``published``, of the territory of larger units."""
    rng = np.random.default_rng(5)
    panel = Panel.empty(ITEMS, YEARS, UNITS)
    values = np.full(panel.values.shape, np.nan)
    values[0][:, SMALL] = counts
    values[1][:, SMALL] = rng.integers(50, 5000, counts.shape)
    values[2][:, SMALL] = np.where(counts > 0, rng.integers(100, 9000, counts.shape), 0)
    values[3][:, SMALL] = rng.integers(0, 40, counts.shape)
    values[4] = values[0] + values[3]
    for code, members in ROWS.items() if published else ():
        values[:, :, UNITS.index(code)] = values[:, :, members].sum(axis=2)
    status = np.where(values > 0, Status.OBSERVED, Status.ZERO)
    status = np.where(np.isnan(values), Status.NOT_COLLECTED, status).astype(np.uint8)
    return replace(panel, values=values, status=status)


def told(catalogue: Catalogue, secret: Secret) -> Evaluation:
    """All indicators as a release tells them."""
    found = evaluate_with_coverage(catalogue, secret.variables, COUNTRY, 1)
    more = told_totals(catalogue, secret, COUNTRY, found, 1)
    at = [found.panel.item_index[name] for name in more.panel.items]
    for part in ("values", "status", "flags"):
        getattr(found.panel, part)[at] = getattr(more.panel, part)
    found.coverage[at] = more.coverage
    return found


def publication(panel: Panel, sums: tuple[Sum, ...] = ()) -> list[bytes]:
    """Everything anybody can get out of a release, lists of their own included."""
    catalogue = the_catalogue()
    secret = suppress(catalogue, panel, COUNTRY, sums)
    evaluation = told(catalogue, secret)
    frame = Frame(catalogue, COUNTRY, evaluation.panel, secret.variables)
    lists = [
        weighted_value(frame, catalogue.indicators[name], np.array(columns), YEARS[-1])
        for name in ("na-tysiac", "na-osobe", "udzial")
        for size in (1, 2, 3)
        for columns in itertools.combinations(np.flatnonzero(SMALL)[:6], size)
    ]
    return [
        *(getattr(p, part).tobytes() for p in (secret.variables, evaluation.panel)
          for part in ("values", "status", "flags")),
        evaluation.coverage.tobytes(),
        repr(lists).encode(),
    ]  # fmt: skip


some_counts = st.lists(
    st.sampled_from([0, 1, 1, 2, 2, 3, 4, 30]), min_size=3 * 18, max_size=3 * 18
).map(lambda found: np.array(found, float).reshape(3, 18))


def another_world(secret: Secret, year: int, unit: int) -> Panel:
    """True figures of which the same is told, with the other value in one hidden count."""
    hidden, opened = secret.hidden[CLIENTS][year], secret.opened[CLIENTS][year]
    values = secret.true.values.copy()
    mine = values[0, year]
    closed = np.zeros(len(UNITS), bool)
    for region in ("02", "04"):
        if ROWS[region][unit] and opened[UNITS.index(region)]:
            closed = hidden & ROWS[region]
            break
        if not opened[UNITS.index(region)]:
            closed |= hidden & ROWS[region]
    if (ROWS[region][unit] and opened[UNITS.index(region)]) or opened[UNITS.index("PL")]:
        other = np.flatnonzero(closed & (mine != mine[unit]))[0]  # the sum stays
        mine[[unit, other]] = mine[[other, unit]]
    else:
        mine[closed] = 3 - mine[closed]  # no sum is told
    return replace(secret.true, values=values)


@pytest.mark.parametrize("published", [False, True])
@given(counts=some_counts, data=st.data())
@settings(max_examples=15)
def test_every_hidden_count_may_be_anything_the_rule_hides(
    published: bool, counts: Counts, data: st.DataObject
) -> None:
    panel = a_panel(counts, published)
    secret = suppress(the_catalogue(), panel, COUNTRY)
    if not secret.hidden:
        return
    cells = np.argwhere(secret.hidden[CLIENTS])
    year, unit = data.draw(st.sampled_from(cells.tolist()))
    twin = another_world(secret, year, unit)
    assert twin.values[0, year, unit] == 3 - panel.values[0, year, unit]
    values = panel.values.copy()
    values[0] = twin.values[0]
    world = replace(panel, values=np.where(np.isnan(panel.values), np.nan, values))
    for code, members in ROWS.items() if published else ():  # what sources tell of the other world
        world.values[0][:, UNITS.index(code)] = world.values[0][:, members].sum(axis=1)
    assert publication(world) == publication(panel)


@given(counts=some_counts)
@settings(max_examples=25)
def test_counts_below_the_limit_are_hidden_and_others_stay(counts: Counts) -> None:
    panel = a_panel(counts, False)
    secret = suppress(the_catalogue(), panel, COUNTRY)
    found = secret.variables
    few = (counts > 0) & (counts < 3)
    for at in (0, 2):
        assert np.array_equal(np.isnan(found.values[at][:, SMALL]), few)
        assert (found.status[at][:, SMALL][few] == Status.SUPPRESSED_SMALL).all()
    for at in (1, 3, 4):
        assert np.array_equal(found.values[at], panel.values[at], equal_nan=True)
    assert secret.counted.primary == few.sum()


def bounds(
    panel: Panel, secret: Secret, opened: NDArray[np.bool_], year: int, most: int = 2
) -> NDArray[np.int64]:
    """The attacker: the least and greatest value of each hidden count that told totals allow."""
    hidden = secret.hidden[CLIENTS][year]
    at = np.flatnonzero(hidden)
    rows = [m for code, m in ROWS.items() if opened[year, UNITS.index(code)]]
    equations = np.array([m[at] for m in rows], float).reshape(len(rows), len(at))
    totals = np.array([panel.values[0, year][m & hidden].sum() for m in rows])
    given_ = {"A_eq": equations, "b_eq": totals} if rows else {}
    found = []
    for cell in np.eye(len(at)):
        ends = [linprog(sign * cell, bounds=(1, most), **given_).fun for sign in (1, -1)]
        found.append((np.ceil(ends[0] - 1e-6), np.floor(-ends[1] + 1e-6)))
    return np.array(found, np.int64).reshape(-1, 2)


def test_the_attacker_fails_with_the_guard_and_succeeds_without() -> None:
    rng = np.random.default_rng(3)
    opened = found_out = guarded = 0
    for _ in range(20):
        counts = rng.choice([0, 1, 2, 3, 50], size=(3, 18), p=[0.2, 0.2, 0.2, 0.2, 0.2])
        panel = a_panel(counts.astype(float), True)
        secret = suppress(the_catalogue(), panel, COUNTRY)
        mine = secret.opened[CLIENTS]
        opened += int(mine[:, [UNITS.index(code) for code in ROWS]].sum())
        for year in range(3):
            low, high = bounds(panel, secret, mine, year).T
            guarded += int((low == high).sum())
            low, high = bounds(panel, secret, np.ones_like(mine), year).T
            found_out += int((low == high).sum())
    assert guarded == 0
    assert found_out > 100
    assert opened > 100  # and yet many totals are told


@given(counts=some_counts, below=st.integers(3, 6))
@settings(max_examples=15)
def test_every_hidden_count_keeps_its_whole_range(counts: Counts, below: int) -> None:
    panel = a_panel(counts, False)
    secret = suppress(the_catalogue(below), panel, COUNTRY)
    for year in range(3) if secret.hidden else ():
        found = bounds(panel, secret, secret.opened[CLIENTS], year, below - 1)
        assert (found == (1, below - 1)).all()


def naive_opened(counts: list[float], below: int) -> dict[str, bool]:
    """Which totals are told, by plain loops over one year."""
    codes = [unit for unit, small in zip(UNITS, SMALL, strict=True) if small]
    hidden = {c: n for c, n in zip(codes, counts, strict=True) if 0 < n < below}

    def fits(cells: list[float]) -> bool:
        slack = min(sum(n - 1 for n in cells), sum(below - 1 - n for n in cells))
        return len(cells) >= 3 and slack >= below - 2

    inside = {row: [n for c, n in hidden.items() if ROWS[row][UNITS.index(c)]] for row in ROWS}
    found = {row: not cells for row, cells in inside.items()}
    few = [w for w in ("02", "04") if 0 < len(inside[w]) < 3]
    if 0 < sum(len(inside[w]) for w in few) < 3:
        many = [w for w in ("02", "04") if len(inside[w]) >= 3]
        few += sorted(many, key=lambda w: len(inside[w]))[:1]
    for region in ("02", "04"):
        found[region] = not inside[region] or (region not in few and fits(inside[region]))
    rest = [n for w in few for n in inside[w]]
    found["PL"] = (not rest or fits(rest)) and all(found[w] or w in few for w in ("02", "04"))
    return found


@given(counts=some_counts, below=st.integers(3, 6))
@settings(max_examples=40)
def test_the_totals_told_are_those_of_plain_loops(counts: Counts, below: int) -> None:
    secret = suppress(the_catalogue(below), a_panel(counts, False), COUNTRY)
    for year in range(3) if secret.hidden else ():
        told_ = {c: bool(secret.opened[CLIENTS][year, UNITS.index(c)]) for c in ROWS}
        assert told_ == naive_opened(counts[year].tolist(), below)


def test_a_part_whose_rest_is_small_is_hidden() -> None:
    counts = np.full((3, 18), 50.0)
    panel = a_panel(counts, False)
    at = np.flatnonzero(SMALL)[4]
    panel.values[4][:, SMALL] = 90.0
    panel.values[4, 1, at] = 52.0  # of 52 persons 50 are clients
    rule = rules()["osoby"].model_copy(
        update={"counts": {CLIENTS: (MONEY,), ALL: ()}, "parts": {CLIENTS: ALL}}
    )
    catalogue = the_catalogue().model_copy(update={"secrecy": {"osoby": rule}})
    secret = suppress(catalogue, panel, COUNTRY)
    assert np.argwhere(secret.hidden[CLIENTS]).tolist() == [[1, at]]
    assert secret.variables.cell(ALL, 2021, UNITS[at])[0] == 52
    assert secret.variables.cell(MONEY, 2021, UNITS[at])[0] is None


def test_figures_public_elsewhere_are_hidden_alone() -> None:
    counts = np.full((3, 18), 50.0)
    counts[1, 4] = 2
    panel = a_panel(counts, True)
    rule = rules()["osoby"].model_copy(update={"complementary": False})
    catalogue = the_catalogue().model_copy(update={"secrecy": {"osoby": rule}})
    secret = suppress(catalogue, panel, COUNTRY)
    assert (secret.counted.primary, secret.counted.totals) == (1, 0)
    assert secret.variables.cell(CLIENTS, 2021, "02")[0] == panel.cell(CLIENTS, 2021, "02")[0]
    assert about_persons(catalogue) == frozenset()


def test_a_published_total_that_would_give_a_source_secret_goes() -> None:
    counts = np.full((3, 18), 50.0)
    panel = a_panel(counts, True)
    one = UNITS.index("020101")
    panel.values[1, :, one] = np.nan
    panel.status[1, :, one] = Status.CONFIDENTIAL
    found = suppress(the_catalogue(), panel, COUNTRY).variables
    for code in ("0201", "0201G", "02", "PL"):
        assert found.cell(PEOPLE, 2021, code)[1] is Status.SUPPRESSED_SMALL
    assert found.cell(PEOPLE, 2021, "020101")[1] is Status.CONFIDENTIAL
    for code in ("0202", "04"):
        assert found.cell(PEOPLE, 2021, code)[0] == panel.cell(PEOPLE, 2021, code)[0]


def test_three_secrets_of_a_source_share_a_total() -> None:
    panel = a_panel(np.full((3, 18), 50.0), True)
    for code in ("020101", "020102", "020103"):
        panel.values[1, :, UNITS.index(code)] = np.nan
        panel.status[1, :, UNITS.index(code)] = Status.CONFIDENTIAL
    found = suppress(the_catalogue(), panel, COUNTRY).variables
    assert found.cell(PEOPLE, 2021, "0201")[0] == panel.cell(PEOPLE, 2021, "0201")[0]


def test_a_sum_of_parts_gives_no_hidden_part() -> None:
    counts = np.full((3, 18), 50.0)
    counts[1, 4] = 2
    panel = a_panel(counts, False)
    parts = Sum(ALL, (CLIENTS, OTHERS))
    open_ = suppress(the_catalogue(), panel, COUNTRY)
    assert open_.counted.lines == 0
    secret = suppress(the_catalogue(), panel, COUNTRY, (parts,))
    at = np.flatnonzero(SMALL)[4]
    hidden = [
        name
        for name in (OTHERS, ALL)
        if np.isnan(secret.variables.cell(name, 2021, UNITS[at])[0] or np.nan)
    ]
    assert len(hidden) == 1
    assert secret.counted.lines == 1
    assert not secret.opened[hidden[0]][1, UNITS.index("PL")]


def test_rows_without_secrets_are_as_ever() -> None:
    catalogue, panel = the_catalogue(), a_panel(np.full((3, 18), 7.0), True)
    secret = suppress(catalogue, panel, COUNTRY)
    assert secret.variables is panel
    plain = evaluate_with_coverage(catalogue, panel, COUNTRY, 1).panel
    assert np.array_equal(told(catalogue, secret).panel.values, plain.values, equal_nan=True)


def test_an_open_total_holds_the_hidden_members() -> None:
    counts = np.full((3, 18), 50.0)
    counts[:, [1, 2, 3, 4]] = (1, 2, 1, 2)  # all gminas of 0201
    catalogue, panel = the_catalogue(), a_panel(counts, False)
    found = told(catalogue, suppress(catalogue, panel, COUNTRY)).panel
    plain = evaluate_with_coverage(catalogue, panel, COUNTRY, 1).panel
    for name in ("razem", "na-tysiac"):
        for code in ("02", "04", "0202", "PL"):
            assert found.cell(name, 2022, code) == plain.cell(name, 2022, code)
        for code in ("0201", "0201G", "020101"):
            assert found.cell(name, 2022, code)[1] is Status.SUPPRESSED_SMALL


def test_two_hidden_members_keep_a_total_closed() -> None:
    counts = np.full((3, 18), 50.0)
    counts[:, [1, 6]] = (1, 2)
    catalogue, panel = the_catalogue(), a_panel(counts, False)
    found = told(catalogue, suppress(catalogue, panel, COUNTRY)).panel
    for code in ("02", "PL"):
        assert found.cell("razem", 2022, code)[1] is Status.SUPPRESSED_SMALL


def test_the_order_of_units_changes_nothing() -> None:
    counts = np.random.default_rng(1).choice([0.0, 1, 2, 3, 9], size=(3, 18))
    panel = a_panel(counts, True)
    turned = panel.select(units=UNITS[::-1])
    one = suppress(the_catalogue(), panel, COUNTRY)
    other = suppress(the_catalogue(), turned, COUNTRY)
    assert np.array_equal(other.variables.status[:, :, ::-1], one.variables.status)
    assert one.counted == other.counted


def test_a_list_about_persons_needs_three_units() -> None:
    catalogue, panel = the_catalogue(), a_panel(np.full((3, 18), 50.0), False)
    assert about_persons(catalogue) == {CLIENTS, MONEY}
    evaluation = told(catalogue, suppress(catalogue, panel, COUNTRY))
    frame = Frame(catalogue, COUNTRY, evaluation.panel, panel)
    columns = np.flatnonzero(SMALL)
    indicator = catalogue.indicators["na-tysiac"]
    assert weighted_value(frame, indicator, columns[:2], 2021) is None
    assert weighted_value(frame, indicator, columns[:3], 2021) is not None


def test_everything_confidential_stays_so() -> None:
    panel = a_panel(np.full((3, 18), 50.0), False)
    values = np.full_like(panel.values, np.nan)
    status = np.full_like(panel.status, Status.CONFIDENTIAL)
    secret = suppress(the_catalogue(), replace(panel, values=values, status=status), COUNTRY)
    assert (secret.variables.status == Status.CONFIDENTIAL).all()
