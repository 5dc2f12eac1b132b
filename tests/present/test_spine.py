"""The spine chart: better to the right, a mark for every value, nothing drawn for a gap."""

from xml.etree import ElementTree as ET

import pytest

from smup.compare.positions import Summary
from smup.present.charts.mark import place_mark
from smup.present.charts.spark import sparkline
from smup.present.charts.spine import SpineRow, SpineSpec, SpineWords, spine
from smup.present.figure import Heading

SVG = "{http://www.w3.org/2000/svg}"
WORDS = SpineWords(
    "Z oceną", "gorzej", "lepiej", "Bez oceny", "mniej", "więcej", "Wskaźnik", "Med."
)
FIVE = Summary(20, 20, 0.0, 2.0, 5.0, 8.0, 10.0)


def row(
    values: tuple[float | None, ...], *, downward: bool = False, summary: Summary | None = FIVE
) -> SpineRow:
    shown = tuple("brak" if v is None else f"{v:g}" for v in values)
    return SpineRow("Nazwa <b> & długa", "2024", summary, values, shown, "5", downward)


def spec(
    units: tuple[str, ...], judged: tuple[SpineRow, ...], neutral: tuple[SpineRow, ...] = ()
) -> SpineSpec:
    heading = Heading("profil", "Tytuł", "Zakres", "Źródło.")
    return SpineSpec(heading, units, judged, neutral, WORDS, "Zdanie.")


def places(svg: str, name: str) -> list[float]:
    """Horizontal places, in per cent, of the circles whose title begins with the name."""
    root = ET.fromstring(svg)
    return [
        float(mark.attrib["cx"][:-1])
        for mark in root.iter(f"{SVG}circle")
        if (mark.findtext(f"{SVG}title") or "").startswith(name)
    ]


def test_better_is_to_the_right_in_both_directions() -> None:
    assert places(spine(spec(("Hel",), (row((9.0,)),))).svg, "Hel") == [90.0]
    assert places(spine(spec(("Hel",), (row((9.0,), downward=True),))).svg, "Hel") == [10.0]


def test_a_value_outside_the_range_is_still_on_the_line() -> None:
    made = spine(spec(("Hel",), (row((20.0,)),)))
    assert places(made.svg, "Hel") == [100.0]


def test_a_gap_has_no_mark_and_its_reason_in_the_table() -> None:
    made = spine(spec(("Hel", "Reda"), (row((None, 4.0)),)))
    assert places(made.svg, "Hel") == []
    assert made.table.head == ("Wskaźnik", "Med.", "Hel", "Reda")
    assert made.table.rows == (("Nazwa <b> & długa (2024)", "5", "brak", "4"),)


def test_rows_without_a_direction_stand_apart_and_an_empty_part_is_not_headed() -> None:
    both = spine(spec(("Hel",), (row((1.0,)),), (row((2.0,)),))).svg
    assert both.index("Z oceną") < both.index("Bez oceny")
    assert "Z oceną" not in spine(spec(("Hel",), (), (row((2.0,)),))).svg


def test_an_indicator_without_a_range_is_in_the_table_only() -> None:
    made = spine(spec(("Hel",), (row((1.0,)), row((2.0,), summary=None))))
    assert len(made.table.rows) == 2
    assert made.svg.count("2024</text>") == 1


def test_ten_units_have_ten_marks_of_their_own() -> None:
    names = tuple(f"Jednostka {n}" for n in range(10))
    made = spine(spec(names, (row(tuple(float(n) for n in range(10))),)))
    classes = [f"c-k{n % 5} c-k" for n in range(10)]
    assert all(made.svg.count(f'class="{one}"') == 4 for one in set(classes))  # legend and line
    assert all(f"{name}: " in made.svg for name in names)


def test_marks_on_one_place_stand_one_above_the_other() -> None:
    root = ET.fromstring(spine(spec(("Hel",) * 5, (row((5.0,) * 5),))).svg)
    heights = [
        mark.attrib["cy"]
        for mark in root.iter(f"{SVG}circle")
        if mark.find(f"{SVG}title") is not None
    ]
    assert len(heights) == len(set(heights)) == 2  # of five marks two are circles


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 10 units"):
        spine(spec(("x",) * 11, (row((1.0,) * 11),)))
    with pytest.raises(ValueError, match="1 to 10 units"):
        spine(spec((), (row(()),)))
    with pytest.raises(ValueError, match="at least one indicator"):
        spine(spec(("Hel",), (row((1.0,), summary=None),)))


def test_the_mark_of_a_place_runs_from_last_to_first() -> None:
    assert 'cx="6"' in place_mark(0.0, judged=True)
    assert 'cx="58"' in place_mark(1.0, judged=True)
    assert "circle" not in place_mark(0.5, judged=False)


def test_a_sparkline_breaks_at_a_gap_and_needs_two_values() -> None:
    assert sparkline([(2020, 1.0), (2021, None)], "x") == ""
    drawn = sparkline([(2020, 1.0), (2021, 2.0), (2022, None), (2023, 3.0)], "Opis")
    assert drawn.count("<path") == 1
    assert drawn.count("<circle") == 2  # the year alone, and the newest
    assert 'aria-label="Opis"' in drawn
    assert "<path" not in sparkline([(2020, 1.0), (2021, 2.0)], "x", connected=False)
