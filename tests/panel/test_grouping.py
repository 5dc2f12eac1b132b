"""Rows that stand for several others, on the country of ``tests.helpers.country``."""

import numpy as np
import pytest

from smup.panel import Status
from smup.panel.grouping import Grouping, existence, gmina_grouping, powiat_grouping
from smup.territory import GMINA_KINDS, Kind
from tests.helpers.country import ABOLISHED, CITY, CREATED, YEARS, country

UNITS = tuple(country().units)
COLUMNS = {code: at for at, code in enumerate(UNITS)}
ALL_KINDS = (*GMINA_KINDS, Kind.MIASTO, Kind.POWIAT)


def members_of(grouping: Grouping) -> dict[str, list[str]]:
    ends = [*grouping.starts[1:], len(grouping.members)]
    return {
        UNITS[row]: [UNITS[m] for m in grouping.members[start:end]]
        for row, start, end in zip(grouping.rows, grouping.starts, ends, strict=True)
    }


def test_city_is_a_member_once_and_no_row() -> None:
    found = members_of(gmina_grouping(country(), COLUMNS, ALL_KINDS, powiats=True))
    assert CITY not in found
    assert found["PL"].count(CITY) == found["04"].count(CITY) == 1
    assert found["0401"] == found["0401G"] == ["040101", "040102", "040103", "040104"]
    assert len(found["PL"]) == len(set(found["PL"])) == 12


def test_powiat_rows_stay_their_own_where_they_are_bodies() -> None:
    found = members_of(gmina_grouping(country(), COLUMNS, ALL_KINDS, powiats=False))
    assert set(found) == {"PL", "02", "04", "0201G", "0202G", "0401G"}


def test_powiats_and_the_city_make_up_the_wojewodztwo() -> None:
    found = members_of(powiat_grouping(country(), COLUMNS, ALL_KINDS))
    assert found == {
        "02": ["0201", "0202"],
        "04": ["0401", CITY],
        "PL": ["0201", "0202", "0401", CITY],
    }


def test_kinds_choose_the_members() -> None:
    found = members_of(gmina_grouping(country(), COLUMNS, [Kind.MIASTO], powiats=True))
    assert found == {"04": [CITY], "PL": [CITY]}


def test_rows_without_members_and_unknown_units_are_left_out() -> None:
    grouping = Grouping.of({"a": ["b", "nowhere"], "empty": [], "absent": ["b"]}, {"a": 0, "b": 1})
    assert grouping.rows.tolist() == [0]
    assert grouping.members.tolist() == [1]


GROUPING = Grouping.of(
    {"x": ["a", "b", "c"], "y": ["c"]}, {name: at for at, name in enumerate("abcxy")}
)


def test_sums_and_counts_take_only_what_the_mask_holds() -> None:
    values = np.array([[1.0, np.nan, 4.0, 0.0, 0.0], [2.0, 3.0, np.nan, 0.0, 0.0]])
    known = ~np.isnan(values)
    assert GROUPING.sums(values, known).tolist() == [[5.0, 4.0], [5.0, 0.0]]
    assert GROUPING.counts(known).tolist() == [[2, 1], [2, 0]]


def test_union_of_flags() -> None:
    flags = np.array([[1, 2, 8, 64, 64]], np.uint8)
    held = np.array([[True, False, True, True, True]])
    assert GROUPING.union(flags, held).tolist() == [[9, 8]]


def test_common_code_or_the_other() -> None:
    codes = np.array([[18, 18, 13, 0, 0], [18, 18, 18, 0, 0]], np.uint8)
    everywhere = np.ones(codes.shape, bool)
    assert GROUPING.common(codes, everywhere, Status.MISSING).tolist() == [[19, 13], [18, 18]]
    assert GROUPING.common(codes, ~everywhere, Status.MISSING).tolist() == [[19, 19], [19, 19]]


def test_existence_follows_the_registers() -> None:
    found = existence(country(), YEARS, UNITS)
    assert [y for y, here in zip(YEARS, found[:, COLUMNS[ABOLISHED]], strict=True) if here] == [
        2020, 2021,
    ]  # fmt: skip
    assert [y for y, here in zip(YEARS, found[:, COLUMNS[CREATED]], strict=True) if here] == [
        2023, 2024,
    ]  # fmt: skip
    assert found.sum() == len(YEARS) * len(UNITS) - 3 - 3


def test_a_unit_that_no_register_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="999999"):
        existence(country(), YEARS, ("PL", "999999"))
