"""What makes up a unit on the borders of another year, against the land cell by cell."""

from collections.abc import Mapping
from datetime import date
from math import isnan

import pytest
from hypothesis import given

from smup.territory import Level, Succession
from smup.territory.bridge import (
    CURRENT,
    Borders,
    How,
    Made,
    NoBorders,
    asked_borders,
)
from smup.territory.pieces import BrokenLedger
from smup.territory.successions import What
from tests.helpers.histories import FIRST, Happened, histories


def passed(
    from_unit: str,
    to_unit: str,
    year: int,
    what: str,
    share: float | None = None,
    of: str | None = None,
    area: float | None = None,
) -> Succession:
    day = date(year, 1, 1)
    return Succession(Level.GMINA, from_unit, to_unit, day, What(what), of, share, area, "", "")


def bridge(rows: list[Succession], borders: int, year: int) -> Mapping[str, Made]:
    return Borders(rows, []).bridge(Level.GMINA, borders, year, "population")


def test_a_merger_is_a_sum_afterwards_and_impossible_to_undo() -> None:
    rows = [passed("A", "B", 2010, "merge")]
    assert bridge(rows, 2010, 2009) == {"B": Made(How.SUMMED, {"A": 1, "B": 1})}
    undone = bridge(rows, 2009, 2010)
    assert {unit: made.how for unit, made in undone.items()} == dict.fromkeys(
        ("A", "B"), How.IMPOSSIBLE
    )


def test_a_split_is_divided_by_its_share_and_summed_back() -> None:
    rows = [passed("A", "N", 2010, "split", 0.3)]
    assert bridge(rows, 2010, 2009) == {
        "A": Made(How.APPORTIONED, {"A": 0.7}),
        "N": Made(How.APPORTIONED, {"A": 0.3}),
    }
    assert bridge(rows, 2009, 2010) == {"A": Made(How.SUMMED, {"A": 1, "N": 1})}


def test_without_a_share_nothing_is_divided() -> None:
    made = bridge([passed("A", "N", 2010, "split")], 2010, 2009)
    assert {one.how for one in made.values()} == {How.IMPOSSIBLE}
    assert all(isnan(share) for one in made.values() for share in one.of.values())


def test_a_new_code_changes_nothing() -> None:
    rows = [passed("A", "B", 2010, "renumbered")]
    assert bridge(rows, 2010, 2009) == {"B": Made(How.EXACT, {"A": 1})}
    assert bridge(rows, 2009, 2010) == {"A": Made(How.EXACT, {"B": 1})}


def test_shares_of_a_chain_are_multiplied() -> None:
    """0.3 of A became N, half of N became M, M joined C: C has 0.15 of the first A."""
    rows = [
        passed("A", "N", 2010, "split", 0.3),
        passed("N", "M", 2012, "split", 0.5),
        passed("M", "C", 2014, "merge"),
    ]
    made = bridge(rows, 2014, 2009)
    assert made["C"] == Made(How.APPORTIONED, {"A": 0.15, "C": 1})
    assert made["A"].of == {"A": 0.7}


def test_a_share_that_does_not_follow_is_not_known() -> None:
    """Half of B went to C after 0.3 of A had joined B: was it A's half? Nobody says."""
    rows = [passed("A", "B", 2010, "part", 0.3), passed("B", "C", 2012, "part", 0.5)]
    made = bridge(rows, 2012, 2009)
    assert made["A"] == Made(How.APPORTIONED, {"A": 0.7})
    assert made["B"].how is How.IMPOSSIBLE
    assert made["C"].how is How.IMPOSSIBLE


def test_who_leaves_with_its_old_territory_is_exact() -> None:
    """Wałbrzych: in a powiat for ten years and out of it again."""
    rows = [passed("W", "P", 2003, "merge"), passed("P", "V", 2013, "split", 0.67, of="W")]
    assert bridge(rows, 2020, 2002) == {
        "P": Made(How.EXACT, {"P": 1}),
        "V": Made(How.EXACT, {"W": 1}),
    }
    assert bridge(rows, 2020, 2005)["V"] == Made(How.APPORTIONED, {"P": 0.67})
    assert bridge(rows, 2002, 2005)["W"] == Made(How.APPORTIONED, {"P": 0.67})
    assert bridge(rows, 2005, 2020) == {"P": Made(How.SUMMED, {"P": 1, "V": 1})}


def test_shares_of_area_serve_area_alone() -> None:
    rows = [passed("A", "N", 2010, "split", area=0.4)]
    borders = Borders(rows, [])
    assert borders.bridge(Level.GMINA, 2010, 2009, "area")["N"].of == {"A": 0.4}
    assert borders.bridge(Level.GMINA, 2010, 2009, "population")["N"].how is How.IMPOSSIBLE


def test_shares_that_contradict_each_other_tell_nothing() -> None:
    rows = [
        passed("W", "P", 2003, "merge"),
        passed("P", "V", 2013, "split", 0.6, of="W"),
        passed("V", "P", 2014, "merge"),
        passed("P", "U", 2015, "split", 0.5, of="W"),
    ]
    assert bridge(rows, 2015, 2005)["U"].how is How.IMPOSSIBLE


@given(histories())
def test_wholes_and_shares_are_those_of_the_land(happened: Happened) -> None:
    borders = Borders(happened.rows, happened.units)
    for to, wanted in enumerate(happened.years):
        for of, there in enumerate(happened.years):
            made = borders.bridge(Level.GMINA, FIRST + to, FIRST + of, "population")
            for unit, one in made.items():
                check(happened, one, wanted[unit], there)


def check(happened: Happened, made: Made, wanted: frozenset[int], there: dict) -> None:  # type: ignore[type-arg]
    if made.how in (How.EXACT, How.SUMMED):
        assert frozenset().union(*(there[code] for code in made.of)) == wanted
        assert (len(made.of) == 1) == (made.how is How.EXACT)
    assert (made.how is How.IMPOSSIBLE) == any(isnan(share) for share in made.of.values())
    for code, share in made.of.items():
        if not isnan(share):
            true = happened.size(there[code] & wanted) / happened.size(there[code])
            assert share == pytest.approx(true, abs=1e-9)


@given(histories())
def test_every_unit_is_used_up_exactly_once(happened: Happened) -> None:
    """Where all shares of a unit are known they are the whole unit: totals are conserved."""
    borders = Borders(happened.rows, happened.units)
    last = FIRST + len(happened.years) - 1
    for to, of in ((last, FIRST), (FIRST, last)):
        used: dict[str, list[float]] = {}
        for made in borders.bridge(Level.GMINA, to, of, "population").values():
            for code, share in made.of.items():
                used.setdefault(code, []).append(share)
        for shares in used.values():
            assert any(map(isnan, shares)) or sum(shares) == pytest.approx(1, abs=1e-9)


@given(histories(whole_only=True))
def test_nothing_is_missed_where_only_whole_units_move(happened: Happened) -> None:
    borders = Borders(happened.rows, happened.units)
    for to, wanted in enumerate(happened.years):
        for of, there in enumerate(happened.years):
            made = borders.bridge(Level.GMINA, FIRST + to, FIRST + of, "population")
            for unit, one in made.items():
                same = [code for code, land in there.items() if land == wanted[unit]]
                assert (one.how is How.EXACT) == bool(same)


def test_impossible_histories_are_refused() -> None:
    with pytest.raises(BrokenLedger, match="wtedy nie było"):
        bridge([passed("A", "B", 2010, "merge"), passed("A", "C", 2012, "part")], 2012, 2009)
    with pytest.raises(BrokenLedger, match="już była"):
        bridge([passed("A", "B", 2010, "split"), passed("C", "B", 2012, "split")], 2012, 2009)
    rows = [passed("W", "P", 2003, "merge"), passed("P", "V", 2005, "split", of="W")]
    with pytest.raises(BrokenLedger, match="nie ma już czego"):
        bridge([*rows, passed("P", "U", 2006, "split", of="W")], 2010, 2009)
    with pytest.raises(ValueError, match="nie jest częścią"):
        passed("A", "B", 2010, "merge", 0.5)
    with pytest.raises(ValueError, match="w samą siebie"):
        passed("A", "A", 2010, "merge")


def test_borders_are_asked_for_by_word_or_year() -> None:
    assert asked_borders("published", (2010, 2011)) is None
    assert asked_borders("current", (2010, 2011)) == CURRENT
    assert asked_borders("2011", (2010, 2011)) == 2011
    for wrong in ("2012", "dziś", "", "٢٠١١"):
        with pytest.raises(NoBorders, match="2010–2011"):
            asked_borders(wrong, (2010, 2011))
