"""What changed for a unit: since a year, between two sets of figures."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from smup.compare import ComparisonError, Frame
from smup.compare.change import change_of
from smup.compare.changes import KINDS, Noted, changes_between_releases, changes_since_year
from smup.panel import Status
from smup.territory import Change, Level, Succession, Territory
from smup.territory.successions import What
from tests.compare.series import GMINAS, START, figures
from tests.helpers.country import ABOLISHED, CITY, CREATED, country

UNIT = "020101"


def kinds(noted: list[Noted]) -> dict[str, int]:
    return dict(Counter(one.kind for one in noted))


def only(noted: list[Noted]) -> Noted:
    (one,) = noted
    return one


def series(*row: Any) -> Frame:
    """The same row for every unit but ours, whose row it is."""
    calm = [10.0, 11.0, 10.0, 12.0, 11.0, 10.0, 11.0, 12.0, 10.0, 11.0][: len(row)]
    return figures({**dict.fromkeys((*GMINAS, CITY, ABOLISHED), calm), UNIT: list(row)})


def test_the_newest_value_beside_that_of_the_year() -> None:
    frame = series(1.0, 2.0, 3.0, 4.0, 5.0, 60.0)
    one = only(changes_since_year(frame, UNIT, START + 2))
    assert (one.indicator, one.before, one.after) == ("x", 3.0, 60.0)
    assert (one.year_before, one.year_after) == (START + 2, START + 5)
    asked = replace(change_of(frame, UNIT, "x", START + 2, START + 5), among=())
    assert (one.change, one.real) == (asked, asked.real)
    assert one.kind == "change_real"


def test_where_the_year_has_no_value_the_last_one_before_it_stands() -> None:
    one = only(changes_since_year(series(1.0, 2.0, None, 4.0), UNIT, START + 2))
    assert (one.year_before, one.before) == (START + 1, 2.0)


def test_what_did_not_change_is_left_out() -> None:
    assert changes_since_year(series(1.0, 5.0, 1.0), UNIT, START) == []


def test_a_value_where_there_was_none() -> None:
    one = only(changes_since_year(series(None, None, 3.0, 4.0), UNIT, START + 1))
    assert (one.kind, one.before, one.after, one.year_after) == ("new_value", None, 4.0, START + 3)


def test_no_value_where_others_have_one() -> None:
    noted = changes_since_year(series(1.0, 2.0, Status.CONFIDENTIAL), UNIT, START + 1)
    one = only(noted)
    assert (one.kind, one.before, one.after) == ("newly_missing", 2.0, None)
    assert (one.status, one.year_after) == (Status.CONFIDENTIAL, START + 2)


def test_a_break_makes_a_change_that_cannot_be_told() -> None:
    frame = figures({unit: [1.0, 2.0, 3.0, 9.0] for unit in GMINAS}, breaks={"a": [START + 2]})
    one = only(changes_since_year(frame, UNIT, START))
    assert (one.kind, one.real) == ("change_unclear", None)
    record = one.to_dict()
    assert record["unsure"] == "break"
    assert [each["year"] for each in record["breaks"]] == [START + 2]  # type: ignore[attr-defined]


def test_the_record_has_the_keys_that_others_rely_on() -> None:
    record = only(changes_since_year(series(1.0, 9.0), UNIT, START)).to_dict()
    assert {"indicator", "kind", "before", "after", "real"} <= set(record)
    assert record["kind"] in KINDS


def test_a_unit_without_any_data_has_no_changes() -> None:
    assert changes_since_year(figures({UNIT: [1.0, 2.0]}), "020102", START) == []
    secret = figures({unit: [Status.CONFIDENTIAL] * 3 for unit in GMINAS})
    assert changes_since_year(secret, UNIT, START) == []


def test_a_unit_created_since_is_said_to_be() -> None:
    frame = figures({unit: [1.0, 2.0, 3.0, 4.0, 5.0] for unit in (*GMINAS, CREATED)}, start=2020)
    noted = changes_since_year(frame, CREATED, 2021)
    assert kinds(noted) == {"territory": 1, "new_value": 1}
    assert (noted[0].what, noted[0].after, noted[0].year_after) == ("utworzenie", "Granica", 2023)
    assert "territory" not in kinds(changes_since_year(frame, CREATED, 2023))


@pytest.mark.parametrize("since", [START - 1, START + 3, 1900])
def test_a_year_without_a_later_one_is_refused(since: int) -> None:
    with pytest.raises(ComparisonError, match=f"{START}–{START + 2}"):
        changes_since_year(series(1.0, 2.0, 3.0, 4.0), UNIT, since)


def test_an_unknown_unit_is_refused() -> None:
    frame = series(1.0, 2.0)
    for ask in (
        lambda: changes_since_year(frame, "999999", START),
        lambda: changes_between_releases(frame, frame, "999999"),
    ):
        with pytest.raises(ComparisonError, match="Nie ma jednostki"):
            ask()


def test_a_release_beside_itself_has_no_changes() -> None:
    frame = series(1.0, 2.0, None, 4.0)
    assert changes_between_releases(frame, frame, UNIT) == []


def test_revisions_new_values_and_values_gone() -> None:
    before = series(1.0, 2.0, 3.0, None)
    after = series(1.0, 2.5, None, 7.0)
    noted = changes_between_releases(before, after, UNIT)
    told = {(one.kind, one.year_after): (one.before, one.after) for one in noted}
    assert told == {
        ("revision", START + 1): (2.0, 2.5),
        ("newly_missing", START + 2): (3.0, None),
        ("new_value", START + 3): (None, 7.0),
    }


def test_a_new_year_is_held_against_the_newest_known_before() -> None:
    before = figures({unit: [1.0, 2.0, 3.0] for unit in GMINAS})
    after = figures({unit: [1.0, 2.0, 3.0, 8.0] for unit in GMINAS})
    noted = changes_between_releases(before, after, UNIT)
    assert kinds(noted) == {"new_value": 1, "change_unclear": 1}
    assert (noted[1].year_before, noted[1].year_after) == (START + 2, START + 3)


def test_a_unit_new_in_the_later_release() -> None:
    frame = series(1.0, 2.0)
    held = [code for code in frame.indicators.units if code != UNIT]
    before = replace(frame, indicators=frame.indicators.select(units=held))
    assert kinds(changes_between_releases(before, frame, UNIT)) == {"new_value": 2}


def test_a_definition_that_means_something_else() -> None:
    before = figures({UNIT: [1.0, 2.0]}, breaks={"a": []})
    after = figures({UNIT: [1.0, 2.0]}, breaks={"a": [START + 1]}, formula="2 * a / 2")
    one = only(changes_between_releases(before, after, UNIT))
    assert (one.kind, one.indicator, one.real) == ("definition_changed", "x", None)
    assert one.what.split() == ["formula", "a.breaks"]
    words = {"what_it_shows": {"pl": "Inny opis.", "en": "Another text."}}
    told = figures({UNIT: [1.0, 2.0]}, breaks={"a": []}, **words)
    assert changes_between_releases(before, told, UNIT) == []


def test_an_indicator_that_is_no_more() -> None:
    before = figures({UNIT: [1.0, 2.0]})
    empty = before.catalogue.model_copy(update={"indicators": {}})
    after = Frame(empty, before.territory, before.indicators.select(items=[]), before.variables)
    one = only(changes_between_releases(before, after, UNIT))
    assert (one.kind, one.indicator, one.what) == ("definition_changed", "x", "removed")


def test_a_renamed_indicator_keeps_its_past() -> None:
    before = figures({UNIT: [1.0, 2.0]})
    renamed = before.catalogue.indicators["x"].model_copy(
        update={"id": "y", "renamed_from": ("x",)}
    )
    catalogue = before.catalogue.model_copy(update={"indicators": {"y": renamed}})
    panel = replace(before.indicators, items=("y",))
    after = Frame(catalogue, before.territory, panel, before.variables)
    assert changes_between_releases(before, after, UNIT) == []


def test_other_peers_and_another_order_of_the_same() -> None:
    frame = series(1.0, 2.0)
    peers = {
        "oswiata": (("a", "b"), ("b", "c")),
        "kultura": (("a", "b"), ("b", "a")),
    }
    one = only(changes_between_releases(frame, frame, UNIT, peers))
    assert (one.kind, one.what, one.before, one.after) == ("peers_changed", "oswiata", "a b", "b c")


def test_land_that_moved_between_releases() -> None:
    def moved(day: date) -> Succession:
        return Succession(Level.GMINA, UNIT, "020102", day, What.PART, None, None, None, "x", "")

    plain, first, second = country(), moved(date(2014, 1, 1)), moved(date(2024, 1, 1))
    before, after = (
        replace(
            series(1.0, 2.0),
            territory=Territory(plain.units, plain.changes, plain.neighbours, moves),
        )
        for moves in ((first,), (first, second))
    )
    one = only(changes_between_releases(before, after, UNIT))
    names = plain.units[UNIT].name, plain.units["020102"].name
    assert (one.kind, one.what, one.before, one.after) == ("territory", "granice", *names)
    assert one.year_after == 2024
    assert kinds(changes_between_releases(before, after, "020102")) == {"territory": 1}
    assert changes_between_releases(before, after, "020103") == []


def test_a_change_of_the_register_between_releases() -> None:
    plain = country()
    day = date(2024, 1, 1)
    change = Change(UNIT, "zmiana-nazwy", day, day, day, "Brzeg", "Nowy Brzeg", "wymyślone")
    renamed = Territory(plain.units, (*plain.changes, change), plain.neighbours)
    before, after = series(1.0, 2.0), replace(series(1.0, 2.0), territory=renamed)
    one = only(changes_between_releases(before, after, UNIT))
    assert (one.kind, one.before, one.after, one.what) == (
        "territory", "Brzeg", "Nowy Brzeg", "zmiana-nazwy",
    )  # fmt: skip
