"""Charts are well-formed SVG; marks stand where the numbers say; the numbers are a table too."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.charts import (
    Bar,
    BarSpec,
    HistogramSpec,
    LineSpec,
    Point,
    Series,
    StripSpec,
    bar_ranking,
    histogram,
    line_chart,
    strip,
)
from smup.present.figure import Heading
from smup.present.svg import broken
from smup.present.tables import Table, html

SVG = "{http://www.w3.org/2000/svg}"
HEADING = Heading("c", "Wzrost <o> & 5%", "Miara, os., 2020–2023", "Źródło: X. Wydanie 1.")
# As published: to 6 decimals at most.
VALUES = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 6))


def parse(svg: str) -> ET.Element:
    root = ET.fromstring(svg)
    for element in root.iter():
        assert "style" not in element.attrib
        for name, value in element.attrib.items():
            if name in ("x", "y", "x1", "x2", "cx", "cy", "width", "height"):
                assert re.fullmatch(r"-?[\d.]+%?", value), (name, value)
    return root


def share(element: ET.Element, name: str) -> float:
    return float(element.attrib[name].removesuffix("%"))


def marks(root: ET.Element, tag: str, cls: str) -> list[ET.Element]:
    return [e for e in root.iter(f"{SVG}{tag}") if cls in e.get("class", "").split()]


def series(*values: float | None, ours: bool = True) -> Series:
    points = (Point(2020 + i, v, "brak" if v is None else str(v)) for i, v in enumerate(values))
    return Series("Hel" if ours else "mediana", tuple(points), ours)


def line(*many: Series, connected: bool = True) -> LineSpec:
    return LineSpec(HEADING, many, "Zdanie.", "Rok", connected=connected)


def test_a_line_is_named_described_and_has_its_table() -> None:
    figure = line_chart(line(series(1, 2, None, 4)))
    root = parse(figure.svg)
    assert root.get("role") == "img"
    ids = {e.get("id"): e.text for e in root if e.get("id")}
    assert [ids[name] for name in root.attrib["aria-labelledby"].split()] == [
        HEADING.title,
        "Zdanie.",
    ]
    assert figure.table.rows == (("2023", "4"), ("2022", "brak"), ("2021", "2"), ("2020", "1"))
    assert "Wzrost &lt;o&gt; &amp; 5%" in figure.svg


def test_a_gap_interrupts_the_line() -> None:
    root = parse(line_chart(line(series(1, 2, None, 4, 5))).svg)
    assert len(marks(root, "line", "c-ours-line")) == 2
    assert len(marks(root, "circle", "c-ours")) == 4


def test_years_on_different_scales_are_not_joined() -> None:
    root = parse(line_chart(line(series(1, 2, 3), connected=False)).svg)
    assert marks(root, "line", "c-ours-line") == []
    assert len(marks(root, "circle", "c-ours")) == 3


@given(st.lists(VALUES, min_size=2, max_size=12))
def test_higher_values_stand_higher_and_later_ones_further_right(values: list[float]) -> None:
    root = parse(line_chart(line(series(*values))).svg)
    dots = marks(root, "circle", "c-ours")
    places = [(share(d, "cx"), float(d.attrib["cy"])) for d in dots]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    for (one, (_, y1)), (two, (_, y2)) in zip(
        zip(values, places, strict=True), list(zip(values, places, strict=True))[1:], strict=False
    ):
        assert (one <= two) == (y1 >= y2) or abs(y1 - y2) < 0.011
    assert all(0 <= y <= 244 for _, y in places)


def test_a_line_needs_a_value() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        line_chart(line(series(None, None)))


@given(st.lists(VALUES, min_size=5, max_size=5), st.none() | VALUES)
def test_a_strip_keeps_the_order_of_its_marks(five: list[float], value: float | None) -> None:
    low, q1, median, q3, high = sorted(five)
    root = parse(strip(StripSpec(low, q1, median, q3, high, value, "opis")))
    assert root.get("aria-label") == "opis"
    box = marks(root, "rect", "c-box")[0]
    tick = share(marks(root, "line", "c-median")[0], "x1")
    start, end = share(box, "x"), share(box, "x") + share(box, "width")
    assert start - 0.02 <= tick <= end + 0.02
    dots = marks(root, "circle", "c-ours")
    assert len(dots) == (value is not None)
    if value is not None:
        place = share(dots[0], "cx")
        assert 0 <= place <= 100
        assert (value >= median) <= (place >= tick - 0.02)
        assert (value <= median) <= (place <= tick + 0.02)


def test_a_long_tail_is_cut_and_marked() -> None:
    tail = strip(StripSpec(0, 10, 12, 14, 1000, 12, "x"))
    plain = strip(StripSpec(0, 10, 12, 14, 30, 12, "x"))
    # one axis line, then two strokes for the break
    assert len(marks(parse(tail), "line", "c-axis")) == 3
    assert len(marks(parse(plain), "line", "c-axis")) == 1


def test_bars_start_at_zero_and_are_as_long_as_their_values() -> None:
    bars = (Bar("Hel", 50.0, "50", True), Bar("B", 100.0, "100"), Bar("C", None, "Brak danych"))
    figure = bar_ranking(BarSpec(HEADING, bars, "Zdanie.", ("Jednostka", "Wartość")))
    root = parse(figure.svg)
    ours, peers = marks(root, "rect", "c-ours"), marks(root, "rect", "c-peer")
    assert (share(ours[0], "x"), share(ours[0], "width")) == (0, 50)
    assert (share(peers[0], "x"), share(peers[0], "width")) == (0, 100)
    assert len(peers) == 1
    assert figure.table.rows[2] == ("C", "Brak danych")


def test_negative_bars_run_left_of_zero() -> None:
    bars = (Bar("A", -50.0, "−50"), Bar("B", 50.0, "50"))
    root = parse(bar_ranking(BarSpec(HEADING, bars, "", ("a", "b"))).svg)
    one, two = marks(root, "rect", "c-peer")
    assert (share(one, "x"), share(one, "width")) == (0, 50)
    assert (share(two, "x"), share(two, "width")) == (50, 50)


def spec(values: list[float]) -> HistogramSpec:
    middle = sorted(values)[len(values) // 2]
    words = ("mediana", "i więcej", ("Przedział", "Liczba"), "Zdanie.")
    return HistogramSpec(HEADING, values, middle, *words, marked=[("Hel", values[0])])


@given(st.lists(st.integers(0, 10_000).map(float), min_size=1, max_size=300))
def test_a_histogram_counts_every_value_once(values: list[float]) -> None:
    figure = histogram(spec(values))
    parse(figure.svg)
    assert sum(int(row[1]) for row in figure.table.rows) == len(values)


def test_a_histogram_with_a_long_tail_has_an_open_last_column() -> None:
    values = [float(v) for v in range(100, 400)] + [1_000_000.0]
    figure = histogram(spec(values))
    rows = figure.table.rows
    assert rows[-1][0].endswith("i więcej")
    assert f">{rows[-1][0]}</text>" in figure.svg  # the axis names it as the table does
    assert sum(int(row[1]) for row in rows) == 301


def test_a_long_note_below_a_chart_stands_in_lines_that_fit_a_phone() -> None:
    note = "Linia kropkowana: przerwa w porównywalności (1999, 2010, 2020)."
    lines = broken(note)
    assert " ".join(lines) == note
    assert max(map(len, lines)) <= 46
    assert broken("") == []


def test_a_table_escapes_and_scopes() -> None:
    table = Table("a < b", ("Rok", "W"), (("2020", "<1>"),), frozenset({1}))
    assert html(table) == (
        "<table><caption>a &lt; b</caption><thead><tr>"
        '<th scope="col">Rok</th><th scope="col" class="num">W</th></tr></thead><tbody>'
        '<tr><th scope="row">2020</th><td class="num">&lt;1&gt;</td></tr></tbody></table>'
    )
    with pytest.raises(ValueError, match="differ in length"):
        Table("x", ("a", "b"), (("1",),))
