"""The funnel chart: marks stand on their values, differ in shape, and the numbers are a table."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.charts import FunnelPoint, FunnelSpec, funnel_chart
from smup.present.charts.funnel import BOTTOM, TOP
from smup.present.figure import Figure
from tests.present.test_charts import HEADING, SVG, marks, parse

POINTS = (
    FunnelPoint("Hel", 100.0, 30.0, 0, "30,0"),
    FunnelPoint("Gaj", 1000.0, 50.0, 1, "50,0"),
    FunnelPoint("Buk <i>", 10000.0, 60.0, 2, "60,0"),
    FunnelPoint("Las", 10000.0, 5.0, -2, "5,0"),
)


def chart(*points: FunnelPoint, marked: FunnelPoint | None = None) -> Figure:
    bases = [min(p.base for p in points), max(p.base for p in points)] if points else [1.0, 10.0]
    return funnel_chart(
        FunnelSpec(
            heading=HEADING,
            points=points,
            bases=bases,
            limits=([10.0, 25.0], [15.0, 28.0], [45.0, 32.0], [50.0, 35.0]),
            target=30.0,
            target_words="razem: 30,0",
            base_words="Podstawa: ludność",
            legend=("w granicach", "poza 95%", "poza 99,8%"),
            standings=("dużo niżej", "niżej", "w granicach", "wyżej", "dużo wyżej"),
            head=("Jednostka", "Podstawa", "Wartość", "Położenie"),
            whole=("razem", "21 100", "30,0"),
            sentence="Zdanie.",
            marked=marked,
        )
    )


def test_each_standing_has_a_mark_of_its_own() -> None:
    root = parse(chart(*POINTS).svg)
    dots = [p.get("d", "") for p in marks(root, "path", "c-peer-line")]
    assert dots == ["M0 120h0"]  # 30 of 0-60, 240 high, at the left end
    squares = [p for p in marks(root, "path", "c-median") if p.get("stroke-linecap") == "square"]
    assert [p.get("d") for p in squares] == ["M349.2 40h0"]  # half way on a logarithmic axis
    titles = {t.text for t in root.iter(f"{SVG}title")}
    assert {"Buk <i>: 60,0", "Las: 5,0"} <= titles
    assert len(list(root.iter(f"{SVG}polygon"))) == 3  # two units and the legend


def test_triangles_point_away_from_the_target() -> None:
    root = parse(chart(*POINTS).svg)
    tips = []
    for one in list(root.iter(f"{SVG}polygon"))[1:]:
        (_, tip), (_, base), _ = (map(float, p.split(",")) for p in one.attrib["points"].split())
        tips.append(tip < base)
    assert sorted(tips) == [False, True]


def test_the_limits_are_four_curves_two_of_them_dashed() -> None:
    curves = marks(parse(chart(*POINTS).svg), "path", "c-ours-line")
    assert [c.get("stroke-dasharray") for c in curves] == [None, "5 4", "5 4", None]
    assert all(c.get("vector-effect") == "non-scaling-stroke" for c in curves)


def test_our_unit_is_marked_named_and_first_in_the_table() -> None:
    figure = chart(*POINTS, marked=POINTS[1])
    root = parse(figure.svg)
    (ours,) = marks(root, "circle", "c-ours")
    assert ours.get("cx") == "50%"
    assert any(t.text == "Gaj" for t in marks(root, "text", "c-ours-text"))
    assert figure.table.rows == (
        ("razem", "21 100", "30,0", "–"),
        ("Gaj", "1\xa0000", "50,0", "wyżej"),
        ("Buk <i>", "10\xa0000", "60,0", "dużo wyżej"),
        ("Las", "10\xa0000", "5,0", "dużo niżej"),
    )


def test_namesakes_are_told_apart() -> None:
    """Two units of one name outside the limits: our own is listed once, the other stays."""
    other = FunnelPoint("Las", 100.0, 6.0, -2, "6,0")
    rows = chart(*POINTS, other, marked=POINTS[3]).table.rows
    assert [row[2] for row in rows if row[0] == "Las"] == ["5,0", "6,0"]


def test_a_value_far_beyond_the_rest_stands_on_the_edge() -> None:
    many = [FunnelPoint(f"u{i}", 100.0 + i, 10.0 + i % 5, 0, "") for i in range(400)]
    far = FunnelPoint("daleko", 150.0, 900.0, 2, "900,0")
    root = parse(chart(*many, far).svg)
    heights = [
        float(pair.split(",")[1])
        for one in list(root.iter(f"{SVG}polygon"))[1:]
        for pair in one.attrib["points"].split()
    ]
    assert min(heights) == pytest.approx(TOP - 6)


@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 1e7).map(lambda v: round(v, 2)),
            st.floats(0, 1e5).map(lambda v: round(v, 3)),
            st.integers(-2, 2),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_mark_is_inside_the_picture(rows: list[tuple[float, float, int]]) -> None:
    figure = chart(*(FunnelPoint(f"u{i}", *row, "") for i, row in enumerate(rows)))
    for path in parse(figure.svg).iter(f"{SVG}path"):
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d", "")):
            assert -0.01 <= float(x) <= 698.41
            assert -0.01 <= float(y) <= BOTTOM - TOP + 0.01


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="positive base"):
        chart()
    with pytest.raises(ValueError, match="positive base"):
        chart(FunnelPoint("zero", 0.0, 1.0, 0, ""))
