"""Situation and change: dots where the numbers say, every unit counted in one quarter."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.changing import quarter_names
from smup.present.charts import QuadrantSpec, quadrant, quarter
from smup.present.figure import Heading
from tests.present.making import indicator

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {(1, 1): "A", (1, -1): "B", (-1, 1): "C", (-1, -1): "D"}
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=40)


def spec(
    points: list[tuple[float, float]],
    ours: tuple[float, float] = (1.0, 1.0),
    medians: tuple[float, float] = (0.0, 0.0),
) -> QuadrantSpec:
    return QuadrantSpec(
        Heading("q", "Tytuł <o>", "Miara, 2019–2024", "Źródło."),
        points, medians, ours, "Hel & Jastarnia", NAMES, ("wartość", "zmiana"),
        ("Położenie", "Jednostek"), "Na linii", "ta jednostka", "Zdanie.",
    )  # fmt: skip


@given(POINTS, st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
def test_every_unit_stands_in_one_row_and_every_mark_inside_the_picture(
    points: list[tuple[float, float]], ours: tuple[float, float], medians: tuple[float, float]
) -> None:
    made = quadrant(spec(points, ours, medians))
    assert sum(int(row[1].replace("\u00a0", "")) for row in made.table.rows) == len(points)
    assert sum("ta jednostka" in row[0] for row in made.table.rows) == 1
    for circle in ET.fromstring(made.svg).iter(f"{SVG}circle"):
        assert re.fullmatch(r"\d+(\.\d+)?%", circle.attrib["cx"])
        assert 0 <= float(circle.attrib["cx"][:-1]) <= 100
        assert 29 <= float(circle.attrib["cy"]) <= 291


@pytest.mark.parametrize(
    ("point", "expected"),
    [((1, 1), (1, 1)), ((1, -1), (1, -1)), ((-1, 1), (-1, 1)), ((-1, -1), (-1, -1)),
     ((0, 1), None), ((1, 0), None), ((0, 0), None)],
)  # fmt: skip
def test_a_unit_on_a_line_is_in_no_quarter(
    point: tuple[float, float], expected: tuple[int, int] | None
) -> None:
    assert quarter(point, (0, 0)) == expected


def test_our_unit_is_marked_named_and_right_of_a_smaller_one() -> None:
    made = quadrant(spec([(0.0, 0.0), (10.0, 10.0)], ours=(8.0, 2.0), medians=(5.0, 5.0)))
    root = ET.fromstring(made.svg)
    circles = list(root.iter(f"{SVG}circle"))
    (mine,) = [c for c in circles if "c-ours" in c.attrib.get("class", "")]
    low, high = sorted((c for c in circles if c is not mine), key=lambda c: c.attrib["cx"])
    assert float(low.attrib["cx"][:-1]) < float(mine.attrib["cx"][:-1])
    assert float(high.attrib["cy"]) < float(mine.attrib["cy"]) < float(low.attrib["cy"])
    assert "Hel & Jastarnia" in "".join(root.itertext())
    assert made.table.rows[3] == ("B (ta jednostka)", "0")


def test_one_value_for_all_and_no_point_at_all() -> None:
    made = quadrant(spec([(3.0, 3.0)] * 5, ours=(3.0, 3.0), medians=(3.0, 3.0)))
    assert made.table.rows[-1] == ("Na linii (ta jednostka)", "5")
    with pytest.raises(ValueError, match="at least one"):
        quadrant(spec([]))


def test_quarters_are_good_and_bad_only_where_there_is_a_better() -> None:
    higher = quarter_names(indicator(better="higher"), "pl")
    lower = quarter_names(indicator(better="lower"), "pl")
    neither = quarter_names(indicator(better="neither"), "pl")
    assert higher[1, 1] == lower[-1, -1] == "Przoduje i zyskuje"
    assert higher[-1, 1] == lower[1, -1] == "Nadrabia"
    assert set(neither.values()).isdisjoint(higher.values())
    for names in (higher, lower, neither):
        assert len(set(names.values())) == 4
